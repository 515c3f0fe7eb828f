"""Hours: one's own, one by one; those of an organisation, by group and without a name."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from piccolo.querystring import QueryString

from recul.accounts.queries import PERSON
from recul.booking import areas
from recul.booking.queries.raw import day_of
from recul.booking.queries.within import SELF_MANAGED
from recul.booking.rule_packs import Attended
from recul.database import fetch

OWN = """
SELECT m.day, m.minutes, g.kind, g.name FROM attendance a
JOIN meeting m ON m.id = a.meeting JOIN meeting_cycle c ON c.id = m.cycle
JOIN meeting_group g ON g.id = c.meeting_group
WHERE a.account = {} AND a.state = 'present' AND m.noted_on IS NOT NULL AND NOT m.cancelled
    AND g.organisation = {} AND m.day >= {} AND m.day <= {}
UNION ALL
SELECT p.day, p.minutes, 'individual_supervision' AS kind, '' AS name FROM appointment p
JOIN supervision s ON s.id = p.supervision JOIN supervision_offer o ON o.id = s.offer
WHERE p.account = {} AND p.state = 'booked' AND p.attended
    AND o.organisation = {} AND p.day >= {} AND p.day <= {}
"""
BY_GROUP = f"""
SELECT g.name, g.kind, count(m.id) AS dates,
    sum(CASE WHEN m.cancelled THEN 0 ELSE m.minutes END) AS planned,
    sum(CASE WHEN m.cancelled OR m.ends_at > {{}} THEN 0 ELSE m.minutes END) AS held
FROM (
    SELECT c.id AS cycle, g.kind,
        CASE WHEN {SELF_MANAGED} THEN '' ELSE g.name END AS name
    FROM meeting_group g JOIN meeting_cycle c ON c.meeting_group = g.id WHERE g.organisation = {{}}
) g JOIN meeting m ON m.cycle = g.cycle
WHERE m.day >= {{}} AND m.day <= {{}}
GROUP BY g.name, g.kind ORDER BY lower(g.name), g.kind
"""
SHOWN = f"""
SELECT c.id, p.display_name, c.first_day, c.last_day, c.minutes, c.made_on
FROM certificate c JOIN {PERSON} p ON p.account = c.account
WHERE c.organisation = {{}} AND c.last_day >= {{}} AND c.first_day <= {{}}
ORDER BY lower(p.display_name), c.made_on, c.id
"""


@dataclass(frozen=True, slots=True)
class GroupHours:
    """Of one group over a year, in minutes: what is planned, and what of it is over."""

    name: str
    """Empty for the groups of a kind that run themselves, all together."""
    kind: str
    dates: int
    planned: int
    held: int


@dataclass(frozen=True, slots=True)
class OwnCertificate:
    id: UUID
    organisation: UUID
    first_day: date
    last_day: date
    minutes: int
    made_on: date


@dataclass(frozen=True, slots=True)
class ShownCertificate:
    id: UUID
    display_name: str
    first_day: date
    last_day: date
    minutes: int
    made_on: date


@dataclass(frozen=True, slots=True)
class Rules:
    rule_pack: str
    area: str
    zone: str


DEFAULT_RULES = Rules("libre", areas.AREA, areas.ZONE)


@dataclass(frozen=True, slots=True)
class Hour:
    """One meeting that the viewer was at."""

    name: str
    attended: Attended


async def own(viewer: UUID, organisation: UUID, first: date, last: date) -> list[Hour]:
    """What the viewer attended between two days for one organisation, in its order."""
    args = (viewer, organisation, first, last)
    rows = await fetch(QueryString(OWN, *args, *args))
    found = [Hour(row["name"], _attended(row)) for row in rows]
    return sorted(found, key=lambda one: (one.attended.day, one.name))


def _attended(row: dict[str, Any]) -> Attended:
    return Attended(day_of(row["day"]), row["minutes"], row["kind"])


async def rules(organisation: UUID) -> Rules:
    """What an organisation goes by."""
    sql = "SELECT rule_pack, area, zone FROM booking_rules WHERE organisation = {}"
    rows = await fetch(QueryString(sql, organisation))
    return Rules(**rows[0]) if rows else DEFAULT_RULES


async def certificates(viewer: UUID) -> list[OwnCertificate]:
    """What the viewer shows now, the latest first."""
    sql = """
        SELECT id, organisation, first_day, last_day, minutes, made_on FROM certificate
        WHERE account = {} ORDER BY made_on DESC, id
    """
    return [OwnCertificate(**row) for row in await fetch(QueryString(sql, viewer))]


async def by_group(organisation: UUID, first: date, last: date, now: datetime) -> list[GroupHours]:
    """ORGANISER: hours of each group, and of nobody. Whoever asks has made sure that the viewer
    organises this."""
    rows = await fetch(QueryString(BY_GROUP, now, organisation, first, last))
    return [
        GroupHours(r["name"], r["kind"], r["dates"], int(r["planned"]), int(r["held"]))
        for r in rows
    ]


async def shown(organisation: UUID, first: date, last: date) -> list[ShownCertificate]:
    """ORGANISER: hours that people chose to show. Whoever asks has made sure of the reach."""
    rows = await fetch(QueryString(SHOWN, organisation, first, last))
    return [ShownCertificate(**row) for row in rows]
