"""Whom to write to about a date, a seat or an appointment, and what to say of it.

For notices: nobody's reach is asked here, since nobody looks. Each reader is written to alone.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from piccolo.querystring import QueryString

from recul.accounts.queries import READER
from recul.booking.kinds import CO_OPTATION, KINDS, REQUEST
from recul.booking.queries.raw import slot_of
from recul.booking.wall import Slot
from recul.database import fetch

_READER = "r.account, r.email, r.language, r.time_zone"
SEATED = f"""
SELECT e.id AS enrolment, {_READER} FROM enrolment e JOIN {READER} r ON r.account = e.account
WHERE e.cycle = {{}} AND e.state = 'seated' ORDER BY e.arrival
"""
IN_LINE = SEATED.replace("= 'seated'", "IN ('asked', 'waiting')")
COMING = SEATED.replace(
    "ORDER BY",
    """AND NOT EXISTS (SELECT 1 FROM attendance x
        WHERE x.meeting = {} AND x.account = e.account AND x.state = 'excused') ORDER BY""",
)
LEADS = f"""
SELECT {_READER} FROM meeting_cycle c JOIN meeting_group g ON g.id = c.meeting_group
JOIN {READER} r ON r.account = g.facilitator WHERE c.id = {{}}
"""
ORGANISE = f"""
SELECT {_READER} FROM role o JOIN {READER} r ON r.account = o.account
WHERE o.organisation = {{}} AND o.kind = 'organiser' AND o.ended_on IS NULL ORDER BY r.account
"""
ENROLMENT = f"""
SELECT e.id AS enrolment, e.cycle, g.admission, g.kind, {_READER} FROM enrolment e
JOIN meeting_cycle c ON c.id = e.cycle JOIN meeting_group g ON g.id = c.meeting_group
JOIN {READER} r ON r.account = e.account WHERE e.id = {{}}
"""
TWO = f"""
SELECT {_READER} FROM appointment p JOIN {READER} r ON r.account IN (p.account, p.facilitator)
WHERE p.id = {{}}
"""
_DATE = """
t.day, t.starts, t.minutes, t.starts_at, t.ends_at, t.sequence, t.changed_at, t.reminded
"""
_DATES = f"""
SELECT t.id, t.cycle, t.cancelled, c.zone, c.state, {_DATE}
FROM meeting t JOIN meeting_cycle c ON c.id = t.cycle
"""
_APPOINTMENTS = f"""
SELECT t.id, t.supervision AS cycle, t.state = 'cancelled' AS cancelled, o.zone,
    'confirmed' AS state, {_DATE}
FROM appointment t JOIN supervision s ON s.id = t.supervision
JOIN supervision_offer o ON o.id = s.offer
"""


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who is written to. `enrolment`: of the one who has, or asks for, a seat."""

    account: UUID
    email: str
    language: str | None
    time_zone: str
    enrolment: UUID | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """A date of a cycle, or an appointment; `cycle` is then its supervision."""

    id: UUID
    cycle: UUID
    slot: Slot
    starts_at: datetime
    ends_at: datetime
    cancelled: bool
    sequence: int
    changed_at: datetime
    reminded: int
    state: str
    """Of its cycle."""


@dataclass(frozen=True, slots=True)
class Seat:
    """What somebody asked for, has or had."""

    reader: Reader
    enrolment: UUID
    cycle: UUID
    on_request: bool
    """Somebody has to follow the request."""
    self_managed: bool
    """The members do; else whoever leads the group."""


async def _readers(sql: str, *args: Any) -> list[Reader]:
    return [Reader(**row) for row in await fetch(QueryString(sql, *args))]


async def seated(cycle: UUID) -> list[Reader]:
    return await _readers(SEATED, cycle)


async def in_line(cycle: UUID) -> list[Reader]:
    """Who waits for a seat, or for an answer."""
    return await _readers(IN_LINE, cycle)


async def coming(event: Event) -> list[Reader]:
    """Who has a seat and did not excuse herself."""
    return await _readers(COMING, event.cycle, event.id)


async def leaders(cycle: UUID) -> list[Reader]:
    """Who leads it: one, or nobody where a group runs itself or lost its facilitator."""
    return await _readers(LEADS, cycle)


async def organisers(organisation: UUID) -> list[Reader]:
    """Who looks after the groups of an organisation."""
    return await _readers(ORGANISE, organisation)


async def the_two(appointment: UUID) -> list[Reader]:
    return await _readers(TWO, appointment)


async def seat(enrolment: UUID) -> Seat:
    [row] = await fetch(QueryString(ENROLMENT, enrolment))
    cycle, kind = row.pop("cycle"), KINDS[row.pop("kind")]
    on_request = row.pop("admission") in (REQUEST, CO_OPTATION)
    return Seat(Reader(**row), enrolment, cycle, on_request, kind.self_managed)


async def enrolment_of(offer: UUID) -> tuple[UUID, datetime]:
    """Whom a seat is kept for, and until when."""
    sql = "SELECT enrolment, until FROM seat_offer WHERE id = {}"
    [row] = await fetch(QueryString(sql, offer))
    return row["enrolment"], row["until"]


async def _events(sql: str, *args: Any) -> list[Event]:
    return [event(row) for row in await fetch(QueryString(sql, *args))]


def event(row: dict[str, Any]) -> Event:
    """A row of `_DATES` or `_APPOINTMENTS`."""
    return Event(slot=slot_of(row), **row | {"cancelled": bool(row["cancelled"])})


async def dates(cycle: UUID, now: datetime) -> list[Event]:
    """Those that are not over, cancelled ones too."""
    where = "WHERE t.cycle = {} AND t.ends_at > {} ORDER BY t.starts_at, t.id"
    return await _events(f"{_DATES} {where}", cycle, now)


async def meeting(wanted: UUID) -> Event:
    [found] = await _events(f"{_DATES} WHERE t.id = {{}}", wanted)
    return found


async def appointment(wanted: UUID) -> Event:
    [found] = await _events(f"{_APPOINTMENTS} WHERE t.id = {{}}", wanted)
    return found


async def meetings_ahead(now: datetime, until: datetime) -> list[Event]:
    """Dates that take place between two instants and of which not every reminder was sent."""
    where = "t.starts_at > {} AND t.starts_at < {} AND NOT t.cancelled AND t.reminded < 3"
    return await _events(f"{_DATES} WHERE {where} AND c.state <> 'cancelled'", now, until)


async def appointments_ahead(now: datetime, until: datetime) -> list[Event]:
    where = "t.starts_at > {} AND t.starts_at < {} AND t.state = 'booked' AND t.reminded < 3"
    return await _events(f"{_APPOINTMENTS} WHERE {where}", now, until)


async def somebody_excused(meeting: UUID) -> bool:
    """At least one person said that she will not be at this date."""
    sql = "SELECT 1 AS one FROM attendance WHERE meeting = {} AND state = 'excused' LIMIT 1"
    return bool(await fetch(QueryString(sql, meeting)))
