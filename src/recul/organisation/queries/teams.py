"""Teams as those who are in them, or answer for them, reach them; and what other slices ask."""

from datetime import date
from typing import Any
from uuid import UUID

from piccolo.querystring import QueryString

from recul.accounts.queries import PERSON
from recul.database import fetch
from recul.organisation.queries import trust
from recul.organisation.queries.shapes import Manager, Member, MyTeam, OrganisationRow, TeamRow
from recul.organisation.rules import TRUST_SETTINGS

TEAM = """
t.id, t.name, u.id AS unit, u.name AS unit_name, o.id AS organisation, o.name AS organisation_name
FROM team t JOIN unit u ON u.id = t.unit JOIN organisation o ON o.id = u.organisation
"""
ANSWERS = """EXISTS (SELECT 1 FROM line_manager l
    WHERE l.team = m.team AND l.account = m.account AND l.ended_on IS NULL)"""
MINE = f"""
SELECT m.id AS membership, m.home, m.started_on, {ANSWERS} AS answers, {TEAM}
JOIN membership m ON m.team = t.id AND m.account = {{}} AND m.ended_on IS NULL
"""
MINE_WITH_TRUST = MINE.replace("SELECT", f"SELECT {trust.OF_ORGANISATION},", 1)
MANAGED = f"""
SELECT {TEAM}
JOIN line_manager l ON l.team = t.id AND l.account = {{}} AND l.ended_on IS NULL
WHERE t.closed_on IS NULL
"""
MEMBERS = f"""
SELECT m.id AS membership, m.account, p.display_name, p.email, m.home, m.started_on,
       {ANSWERS} AS answers
FROM membership m JOIN {PERSON} p ON p.account = m.account
WHERE m.team = {{}} AND m.ended_on IS NULL
ORDER BY lower(p.display_name), m.id
"""
VOTERS = f"SELECT m.team, m.account FROM membership m WHERE m.ended_on IS NULL AND NOT {ANSWERS}"
"""What other slices may join: who is in a team, without those who answer for it."""
MANAGERS = f"""
SELECT l.id AS link, l.account, p.display_name, l.started_on
FROM line_manager l JOIN {PERSON} p ON p.account = l.account
WHERE l.team = {{}} AND l.ended_on IS NULL
ORDER BY lower(p.display_name), l.id
"""
BELONGS = """
SELECT o.id, o.name FROM organisation o WHERE o.id IN (
    SELECT u.organisation FROM membership m JOIN team t ON t.id = m.team
    JOIN unit u ON u.id = t.unit WHERE m.account = {} AND m.ended_on IS NULL
    UNION SELECT u.organisation FROM line_manager l JOIN team t ON t.id = l.team
    JOIN unit u ON u.id = t.unit WHERE l.account = {} AND l.ended_on IS NULL
    UNION SELECT r.organisation FROM role r WHERE r.account = {} AND r.ended_on IS NULL
) ORDER BY lower(o.name), o.id
"""


async def my_teams(viewer: UUID) -> list[MyTeam]:
    """The teams that the viewer is in now, the home team first."""
    order = "ORDER BY m.home DESC, lower(t.name), t.id"
    return [_mine(row) for row in await fetch(QueryString(MINE + order, viewer))]


async def my_team(viewer: UUID, team: UUID) -> MyTeam | None:
    """A team that the viewer is in now; none when she is not, or no more."""
    rows = await fetch(QueryString(MINE + "WHERE t.id = {}", viewer, team))
    return _mine(rows[0]) if rows else None


async def my_team_with_trust(viewer: UUID, team: UUID) -> tuple[MyTeam, dict[str, int]] | None:
    """The same, and the trust settings of its organisation."""
    rows = await fetch(QueryString(MINE_WITH_TRUST + "WHERE t.id = {}", viewer, team))
    if not rows:
        return None
    settings = trust.taken(rows[0])
    return _mine(rows[0]), settings


def _mine(row: dict[str, Any]) -> MyTeam:
    own = {name: row.pop(name) for name in ("membership", "home", "started_on", "answers")}
    return MyTeam(team=TeamRow(**row), **own)


async def managed_teams(viewer: UUID) -> list[TeamRow]:
    """The teams that the viewer answers for now."""
    rows = await fetch(QueryString(MANAGED + "ORDER BY lower(t.name), t.id", viewer))
    return [TeamRow(**row) for row in rows]


async def managed_team(viewer: UUID, team: UUID) -> TeamRow | None:
    rows = await fetch(QueryString(MANAGED + "AND t.id = {}", viewer, team))
    return TeamRow(**rows[0]) if rows else None


async def home_team(account: UUID) -> TeamRow | None:
    """The one team whose trends this person may take part in."""
    mine = (await my_teams(account))[:1]
    return mine[0].team if mine and mine[0].home else None


async def members(team: UUID) -> list[Member]:
    """Who is in a team now, by name. Whoever asks has made sure that the viewer reaches it."""
    return [Member(**row) for row in await fetch(QueryString(MEMBERS, team))]


async def managers(team: UUID) -> list[Manager]:
    """Who answers for a team now. Whoever asks has made sure that the viewer reaches it."""
    return [Manager(**row) for row in await fetch(QueryString(MANAGERS, team))]


async def organisations_of(viewer: UUID) -> list[OrganisationRow]:
    """Where the viewer belongs, by a team or by a role."""
    rows = await fetch(QueryString(BELONGS, viewer, viewer, viewer))
    return [OrganisationRow(**row) for row in rows]


async def open_teams() -> list[TeamRow]:
    """Every open team of the installation, for work that no viewer asked for."""
    rows = await fetch(QueryString(f"SELECT {TEAM} WHERE t.closed_on IS NULL ORDER BY t.id"))
    return [TeamRow(**row) for row in rows]


async def home_cells(on: date) -> list[tuple[UUID, UUID, UUID]]:
    """(account, team, unit) of everybody who has a home team on that day; each account once."""
    statement = """
        SELECT m.account, m.team, t.unit FROM membership m JOIN team t ON t.id = m.team
        WHERE m.home AND m.ended_on IS NULL AND m.started_on <= {}
    """
    rows = await fetch(QueryString(statement, on))
    return [(row["account"], row["team"], row["unit"]) for row in rows]


async def units() -> dict[UUID, tuple[UUID, str, int]]:
    """(organisation, name, roster minimum of the organisation) of every unit, closed ones too."""
    statement = """
        SELECT u.id, u.organisation, u.name, coalesce(max(c.value), {}) AS minimum
        FROM unit u LEFT JOIN trust_change c
            ON c.organisation = u.organisation AND c.setting = 'roster_minimum'
        GROUP BY u.id, u.organisation, u.name
    """
    rows = await fetch(QueryString(statement, TRUST_SETTINGS["roster_minimum"].softest))
    return {row["id"]: (row["organisation"], row["name"], int(row["minimum"])) for row in rows}
