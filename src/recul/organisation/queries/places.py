"""Places that wait for somebody, as organisers see them."""

from typing import Any
from uuid import UUID

from piccolo.querystring import QueryString

from recul.database import fetch
from recul.organisation.queries.shapes import PlaceRow

PLACES = """
SELECT p.id, p.organisation, p.team, coalesce(t.name, o.name) AS leads_into, p.kind,
       p.display_name, p.email, p.invitation, p.valid_until
FROM place p JOIN organisation o ON o.id = p.organisation LEFT JOIN team t ON t.id = p.team
"""
ORGANISED = """
JOIN role r ON r.organisation = p.organisation AND r.account = {} AND r.kind = 'organiser'
    AND r.ended_on IS NULL
"""
ORDER = " ORDER BY lower(p.display_name), p.id"


async def of_team(team: UUID) -> list[PlaceRow]:
    """Whoever asks has made sure that the viewer organises it."""
    return await _places(PLACES + "WHERE p.team = {}" + ORDER, team)


async def of_organisation(organisation: UUID) -> list[PlaceRow]:
    """Places that are of no team. Whoever asks has made sure that the viewer organises it."""
    return await _places(
        PLACES + "WHERE p.organisation = {} AND p.team IS NULL" + ORDER, organisation
    )


async def place(viewer: UUID, wanted: UUID) -> PlaceRow | None:
    """A place in what the viewer organises."""
    found = await _places(PLACES + ORGANISED + "WHERE p.id = {}", viewer, wanted)
    return found[0] if found else None


async def of_invitation(invitation: UUID) -> list[PlaceRow]:
    """Where an invitation leads: its place, and the others of the same person, by her address,
    in the same organisation."""
    statement = """
        JOIN place i ON i.invitation = {} AND i.organisation = p.organisation
        WHERE p.id = i.id OR (p.email <> '' AND p.email = i.email)
    """
    return await _places(PLACES + statement, invitation)


async def _places(statement: str, *args: Any) -> list[PlaceRow]:
    return [PlaceRow(**row) for row in await fetch(QueryString(statement, *args))]
