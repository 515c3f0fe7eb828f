"""What attendance sheets need: dates that somebody leads, and who has a seat. FACILITATING."""

import unicodedata
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from piccolo.querystring import QueryString

from recul.accounts.queries import PERSON
from recul.booking.queries.raw import slot_of
from recul.booking.wall import Slot
from recul.database import fetch

_LED = """
FROM meeting m JOIN meeting_cycle c ON c.id = m.cycle
JOIN meeting_group g ON g.id = c.meeting_group
"""
DATES = f"""
SELECT m.id, m.day, m.starts, m.minutes, c.zone, COALESCE(m.place, c.place) AS place,
    g.kind, g.name, o.name AS organisation_name,
    (SELECT count(*) FROM meeting n WHERE n.cycle = m.cycle AND (n.starts_at < m.starts_at
        OR (n.starts_at = m.starts_at AND n.id <= m.id))) AS number
{_LED} JOIN organisation o ON o.id = g.organisation
WHERE g.facilitator = {{}} AND NOT m.cancelled AND (wanted)
ORDER BY m.starts_at, m.id
"""
NAMES = f"""
SELECT DISTINCT m.id, e.account, p.display_name
{_LED} JOIN enrolment e ON e.cycle = c.id JOIN {PERSON} p ON p.account = e.account
WHERE g.facilitator = {{}} AND NOT m.cancelled AND (wanted) AND (e.state = 'seated'
    OR (m.noted_on IS NOT NULL AND EXISTS (SELECT 1 FROM attendance a
        WHERE a.meeting = m.id AND a.account = e.account)))
UNION ALL SELECT m.id, a.id AS account, a.name AS display_name
{_LED} JOIN attendance a ON a.meeting = m.id AND a.account IS NULL
WHERE g.facilitator = {{}} AND NOT m.cancelled AND (wanted)
"""
"""Those who have a seat, and who was there; an erased account left its name on the sheet."""
ONE = "m.id = {}"
BETWEEN = "m.ends_at > {} AND m.starts_at < {}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One date that takes place, and the names of those who have a seat, in their order."""

    slot: Slot
    number: int
    """Of the date in its cycle, from 1, cancelled ones counted too."""
    kind: str
    name: str
    organisation_name: str
    place: str
    names: list[str] = field(default_factory=list)


async def sheet(viewer: UUID, meeting: UUID) -> Sheet | None:
    """Of one date; none when it is cancelled, or out of reach."""
    found = await _sheets(ONE, viewer, meeting)
    return found[0] if found else None


async def sheets(viewer: UUID, since: datetime, until: datetime) -> list[Sheet]:
    """Of every date between two instants that somebody is expected at."""
    return [one for one in await _sheets(BETWEEN, viewer, since, until) if one.names]


async def _sheets(wanted: str, *args: Any) -> list[Sheet]:
    rows = await fetch(QueryString(DATES.replace("(wanted)", wanted), *args))
    found = {row.pop("id"): _sheet(row) for row in rows}
    for row in await fetch(QueryString(NAMES.replace("(wanted)", wanted), *args, *args)):
        found[row["id"]].names.append(row["display_name"])
    for one in found.values():
        one.names.sort(key=as_filed)
    return list(found.values())


def _sheet(row: dict[str, Any]) -> Sheet:
    return Sheet(slot=slot_of(row), **row)


def as_filed(name: str) -> tuple[str, str]:
    """The order of names on paper: letters first, whatever accents and capitals they have."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c)), name
