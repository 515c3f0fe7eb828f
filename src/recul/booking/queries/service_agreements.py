"""*Mes conventions*: hours agreed with an organisation, held, to come and left. FACILITATING:
only the viewer's own, and only what she leads herself counts."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from piccolo.querystring import QueryString

from recul.database import fetch

AGREEMENTS = """
SELECT a.id, a.organisation, o.name AS organisation_name, a.name, a.planned_minutes,
    a.starts_on, a.ends_on
FROM service_agreement a JOIN organisation o ON o.id = a.organisation
WHERE a.facilitator = {}
"""
MEETINGS = """
SELECT a.id,
    sum(CASE WHEN m.noted_on IS NOT NULL THEN m.minutes ELSE 0 END) AS held,
    sum(CASE WHEN m.noted_on IS NULL AND m.ends_at > {} THEN m.minutes ELSE 0 END) AS coming,
    sum(CASE WHEN m.noted_on IS NULL AND m.ends_at <= {} THEN m.minutes ELSE 0 END) AS unnoted,
    0 AS missed
FROM service_agreement a JOIN meeting_group g ON g.service_agreement = a.id
    AND g.facilitator = a.facilitator AND g.organisation = a.organisation
JOIN meeting_cycle c ON c.meeting_group = g.id JOIN meeting m ON m.cycle = c.id
WHERE a.facilitator = {} AND NOT m.cancelled AND m.day >= a.starts_on AND m.day <= a.ends_on
GROUP BY a.id
"""
APPOINTMENTS = """
SELECT a.id,
    sum(CASE WHEN p.state = 'booked' AND p.attended THEN p.minutes ELSE 0 END) AS held,
    sum(CASE WHEN p.state = 'booked' AND p.attended IS NULL AND p.ends_at > {}
        THEN p.minutes ELSE 0 END) AS coming,
    sum(CASE WHEN p.state = 'booked' AND p.attended IS NULL AND p.ends_at <= {}
        THEN p.minutes ELSE 0 END) AS unnoted,
    sum(CASE WHEN p.late OR (p.state = 'booked' AND NOT p.attended)
        THEN p.minutes ELSE 0 END) AS missed
FROM service_agreement a JOIN supervision_offer o ON o.service_agreement = a.id
    AND o.facilitator = a.facilitator AND o.organisation = a.organisation
JOIN supervision s ON s.offer = o.id JOIN appointment p ON p.supervision = s.id
WHERE a.facilitator = {} AND p.day >= a.starts_on AND p.day <= a.ends_on
GROUP BY a.id
"""
GROUPS = """
SELECT id, organisation, kind, name, minutes, service_agreement FROM meeting_group
WHERE facilitator = {} AND (closed_on IS NULL OR service_agreement IS NOT NULL)
ORDER BY lower(name), id
"""
OFFERS = """
SELECT id, organisation, 'individual_supervision' AS kind, '' AS name, minutes, service_agreement
FROM supervision_offer
WHERE facilitator = {} AND (closed_on IS NULL OR service_agreement IS NOT NULL)
ORDER BY minutes, id
"""


@dataclass(frozen=True, slots=True)
class Tie:
    """A group or an offer of supervision of the viewer's, and the convention it counts in."""

    id: UUID
    organisation: UUID
    kind: str
    name: str
    """Empty for individual supervision."""
    minutes: int
    service_agreement: UUID | None


@dataclass(frozen=True, slots=True)
class Hours:
    """Within the days of a convention, in minutes."""

    held: int = 0
    """Meetings whose attendance was noted, appointments that somebody came to."""
    coming: int = 0
    unnoted: int = 0
    """Over, and not noted."""
    missed: int = 0
    """Appointments that nobody came to, or that were cancelled too late."""

    def __add__(self, other: "Hours") -> "Hours":
        return Hours(
            self.held + other.held,
            self.coming + other.coming,
            self.unnoted + other.unnoted,
            self.missed + other.missed,
        )


NONE = Hours()


@dataclass(frozen=True, slots=True)
class Agreement:
    id: UUID
    organisation: UUID
    organisation_name: str
    name: str
    planned_minutes: int
    starts_on: date
    ends_on: date
    hours: Hours
    ties: list[Tie]

    @property
    def left(self) -> int:
        """Minutes of what was agreed that were not held; below zero beyond it."""
        return self.planned_minutes - self.hours.held

    @property
    def shares(self) -> tuple[int, int]:
        """Of what was agreed, or of what is more: held, then to come, in per cent for a bar."""
        whole = max(self.planned_minutes, self.hours.held + self.hours.coming)
        return self.hours.held * 100 // whole, self.hours.coming * 100 // whole


async def agreements(viewer: UUID, now: datetime) -> list[Agreement]:
    """All of hers by organisation, the latest first; five reads."""
    order = " ORDER BY lower(o.name), o.id, a.starts_on DESC, a.id"
    return await _with_hours(await fetch(QueryString(AGREEMENTS + order, viewer)), viewer, now)


async def agreement(viewer: UUID, wanted: UUID, now: datetime) -> Agreement | None:
    rows = await fetch(QueryString(AGREEMENTS + " AND a.id = {}", viewer, wanted))
    found = await _with_hours(rows, viewer, now)
    return found[0] if found else None


async def _with_hours(rows: list[dict[str, Any]], viewer: UUID, now: datetime) -> list[Agreement]:
    if not rows:
        return []
    counted: dict[UUID, Hours] = {}
    for statement in (MEETINGS, APPOINTMENTS):
        for row in await fetch(QueryString(statement, now, now, viewer)):
            counted[row["id"]] = counted.get(row["id"], NONE) + _hours(row)
    tied = await ties(viewer)
    return [
        Agreement(
            **row,
            hours=counted.get(row["id"], NONE),
            ties=[one for one in tied if one.service_agreement == row["id"]],
        )
        for row in rows
    ]


def _hours(row: dict[str, Any]) -> Hours:
    return Hours(*(int(row[name]) for name in ("held", "coming", "unnoted", "missed")))


async def ties(viewer: UUID) -> list[Tie]:
    """What could count in a convention: the groups that she leads, the offers that are hers."""
    rows = await fetch(QueryString(GROUPS, viewer)) + await fetch(QueryString(OFFERS, viewer))
    return [Tie(**row) for row in rows]
