"""A month of what somebody gave to one organisation: never two organisations together.

FACILITATING: every statement asks for what the viewer leads herself. Individual supervision is
read as a number and a sum, never by person.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from piccolo.querystring import QueryString

from recul.booking.queries.raw import slot_of
from recul.booking.queries.supervision_given import Employer
from recul.booking.wall import Slot
from recul.database import fetch

EMPLOYERS = """
SELECT o.id, o.name FROM organisation o WHERE o.id IN (
    SELECT r.organisation FROM role r
        WHERE r.account = {} AND r.kind = 'facilitator' AND r.ended_on IS NULL
    UNION SELECT g.organisation FROM meeting_group g WHERE g.facilitator = {}
    UNION SELECT f.organisation FROM supervision_offer f WHERE f.facilitator = {}
) ORDER BY lower(o.name), o.id
"""
MEETINGS = """
SELECT m.id, m.day, m.starts, m.minutes, c.zone, g.kind, g.name, m.noted_on,
    (SELECT count(*) FROM attendance a WHERE a.meeting = m.id AND a.state = 'present') AS present
FROM meeting m JOIN meeting_cycle c ON c.id = m.cycle
JOIN meeting_group g ON g.id = c.meeting_group
WHERE g.facilitator = {} AND g.organisation = {} AND m.day >= {} AND m.day <= {}
    AND NOT m.cancelled AND (m.noted_on IS NOT NULL OR m.ends_at <= {})
ORDER BY m.starts_at, m.id
"""
GIVEN = """
SELECT count(*) AS count, COALESCE(sum(p.minutes), 0) AS minutes
FROM appointment p JOIN supervision s ON s.id = p.supervision
JOIN supervision_offer o ON o.id = s.offer
WHERE p.facilitator = {} AND o.organisation = {} AND p.day >= {} AND p.day <= {}
    AND p.ends_at <= {} AND (p.state = 'booked' OR p.late)
"""
"""What `supervision_given.minutes_given` tells the organisation: the two read the same sum."""


@dataclass(frozen=True, slots=True)
class Held:
    """One meeting that is over."""

    id: UUID
    slot: Slot
    kind: str
    name: str
    present: int
    """How many people were there."""
    noted: bool
    """Attendance was written down: it counts."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What one facilitator gave to one organisation between two days."""

    employer: Employer
    facilitator: str
    first: date
    last: date
    meetings: list[Held]
    """The noted ones."""
    unnoted: list[Held]
    """Over, but nobody wrote down who was there: not counted."""
    appointments: int
    appointment_minutes: int

    @property
    def meeting_minutes(self) -> int:
        return sum(one.slot.minutes for one in self.meetings)

    @property
    def minutes(self) -> int:
        return self.meeting_minutes + self.appointment_minutes

    @property
    def empty(self) -> bool:
        return not self.meetings and not self.appointments


async def employers(viewer: UUID) -> list[Employer]:
    """Whom the viewer facilitates for, or did."""
    return [Employer(**row) for row in await fetch(QueryString(EMPLOYERS, viewer, viewer, viewer))]


async def statement(
    viewer: UUID, facilitator: str, employer: Employer, first: date, last: date, now: datetime
) -> Statement:
    """Two reads; `employer` is one of the viewer's `employers`, `facilitator` her name."""
    args = (viewer, employer.id, first, last, now)
    found = [_held(row) for row in await fetch(QueryString(MEETINGS, *args))]
    [given] = await fetch(QueryString(GIVEN, *args))
    return Statement(
        employer,
        facilitator,
        first,
        last,
        meetings=[one for one in found if one.noted],
        unnoted=[one for one in found if not one.noted],
        appointments=given["count"],
        appointment_minutes=int(given["minutes"]),
    )


def _held(row: dict[str, Any]) -> Held:
    return Held(slot=slot_of(row), noted=row.pop("noted_on") is not None, **row)
