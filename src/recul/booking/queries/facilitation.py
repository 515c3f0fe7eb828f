"""What a facilitator has before her: her dates with who is expected, and what waits for her."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from piccolo.querystring import QueryString

from recul.accounts.queries import PERSON
from recul.booking.queries.agenda import Engagement, agenda
from recul.booking.queries.raw import slot_of
from recul.booking.queries.within import SEATS_TAKEN
from recul.booking.wall import Slot
from recul.database import fetch

UNNOTED = timedelta(days=60)
"""For how long a meeting, or an appointment, that was not noted is called to mind."""

DATES = f"""
SELECT m.id, o.name AS organisation_name, c.capacity, m.noted_on, {SEATS_TAKEN} AS seats,
    (SELECT count(*) FROM attendance a JOIN enrolment e ON e.account = a.account
        AND e.cycle = c.id AND e.state = 'seated'
        WHERE a.meeting = m.id AND a.state = 'excused') AS excused
FROM meeting m JOIN meeting_cycle c ON c.id = m.cycle
JOIN meeting_group g ON g.id = c.meeting_group JOIN organisation o ON o.id = g.organisation
WHERE g.facilitator = {{}} AND m.ends_at > {{}} AND m.starts_at < {{}}
"""
APPOINTMENTS = f"""
SELECT p.id, o.name AS organisation_name, COALESCE(q.display_name, '') AS person, p.attended
FROM appointment p JOIN supervision s ON s.id = p.supervision
JOIN supervision_offer f ON f.id = s.offer JOIN organisation o ON o.id = f.organisation
LEFT JOIN {PERSON} q ON q.account = p.account
WHERE p.facilitator = {{}} AND p.ends_at > {{}} AND p.starts_at < {{}}
"""
CYCLES = f"""
SELECT c.id, g.name, c.minimum, c.decide_on, c.asked_on, c.state, {SEATS_TAKEN} AS seats,
    (SELECT count(*) FROM enrolment e WHERE e.cycle = c.id AND e.state = 'asked') AS requests
FROM meeting_cycle c JOIN meeting_group g ON g.id = c.meeting_group
WHERE g.facilitator = {{}} AND c.state <> 'cancelled'
    AND EXISTS (SELECT 1 FROM meeting m WHERE m.cycle = c.id AND m.ends_at > {{}}
        AND NOT m.cancelled)
ORDER BY c.decide_on, c.id
"""
OVER = """
SELECT m.id, g.name, m.day, m.starts, m.minutes, c.zone
FROM meeting m JOIN meeting_cycle c ON c.id = m.cycle JOIN meeting_group g
    ON g.id = c.meeting_group
WHERE g.facilitator = {} AND m.ends_at < {} AND m.ends_at > {} AND NOT m.cancelled
    AND m.noted_on IS NULL AND c.state <> 'cancelled'
    AND EXISTS (SELECT 1 FROM enrolment e WHERE e.cycle = c.id AND e.state = 'seated')
ORDER BY m.starts_at, m.id
"""


@dataclass(frozen=True, slots=True)
class Planned:
    """One date of a facilitator's, a meeting or an appointment."""

    engagement: Engagement
    organisation_name: str
    seats: int
    """Taken, of a group; how many of these are excused comes next."""
    excused: int
    capacity: int
    noted: bool
    person: str | None
    """With whom, in individual supervision; empty where that account was erased."""

    @property
    def starts_at(self) -> datetime:
        return self.engagement.starts_at

    @property
    def takes_place(self) -> bool:
        """A date before its cycle was cancelled was held all the same."""
        return not self.engagement.cancelled


@dataclass(frozen=True, slots=True)
class CycleToLead:
    id: UUID
    name: str
    minimum: int
    decide_on: date
    asked_on: date | None
    state: str
    seats: int
    requests: int

    @property
    def undecided(self) -> bool:
        """It has too few people, and its decision date has come."""
        return self.asked_on is not None and self.state == "planned"


@dataclass(frozen=True, slots=True)
class Unnoted:
    """A meeting that is over and whose attendance nobody wrote down."""

    id: UUID
    name: str
    slot: Slot


async def dates(viewer: UUID, since: datetime, until: datetime) -> list[Planned]:
    """What the viewer leads between two instants, in its order; three statements."""
    led = [e for e in await agenda(viewer, since, until) if e.part in ("lead", "supervise")]
    args = (viewer, since, until)
    about = {row["id"]: row for row in await fetch(QueryString(DATES, *args))}
    about |= {row["id"]: row for row in await fetch(QueryString(APPOINTMENTS, *args))}
    return [_planned(one, about[one.id]) for one in led if one.id in about]


def _planned(one: Engagement, row: dict[str, Any]) -> Planned:
    group = one.part == "lead"
    return Planned(
        one,
        row["organisation_name"],
        seats=row["seats"] if group else 1,
        excused=row["excused"] if group else 0,
        capacity=row["capacity"] if group else 1,
        noted=(row["noted_on"] if group else row["attended"]) is not None,
        person=None if group else row["person"],
    )


async def cycles(viewer: UUID, now: datetime) -> list[CycleToLead]:
    """The viewer's cycles that are not over, with how many people have a seat or ask for one."""
    return [CycleToLead(**row) for row in await fetch(QueryString(CYCLES, viewer, now))]


async def unnoted(viewer: UUID, now: datetime) -> list[Unnoted]:
    rows = await fetch(QueryString(OVER, viewer, now, now - UNNOTED))
    return [Unnoted(slot=slot_of(row), **row) for row in rows]
