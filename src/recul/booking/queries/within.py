"""Groups, cycles and dates as each reaches them. Out of reach is none.

BOOKER: somebody who belongs to the organisation, and for a group of one team, to this team; a
group that is closed is for those who had a seat in it before. And whoever is in the cycle.
SEATED: who has a seat. FACILITATING: who leads the group. PLANNER: who leads it, or organises
its organisation; of a group that runs itself, whoever has a seat in it.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from piccolo.querystring import QueryString

from recul.accounts.queries import PERSON
from recul.booking import kinds
from recul.booking.queries.raw import slot_of
from recul.booking.queries.shapes import CycleRow, GroupRow, MeetingRow
from recul.database import fetch

Dated = tuple[CycleRow, MeetingRow]
Reached = Callable[[UUID, UUID], Awaitable[CycleRow | None]]

_GROUP = """
       g.id, g.organisation, o.name AS organisation_name, g.team, g.kind, g.name, g.purpose,
       g.facilitator, p.display_name AS facilitator_name, g.admission, g.capacity, g.minimum,
       g.minutes, g.service_agreement, g.closed_on
"""
_ITS = f"""
JOIN organisation o ON o.id = g.organisation LEFT JOIN {PERSON} p ON p.account = g.facilitator
"""
GROUP = f"SELECT {_GROUP} FROM meeting_group g {_ITS}"
CYCLE = f"""
SELECT c.id AS cycle, c.zone, c.area, c.place, c.access_note, c.video_link,
       c.capacity AS cycle_capacity, c.minimum AS cycle_minimum, c.decide_on, c.state, c.asked_on,
       {_GROUP}
FROM meeting_cycle c JOIN meeting_group g ON g.id = c.meeting_group {_ITS}
"""
BELONGS = """
SELECT u.organisation FROM membership m JOIN team t ON t.id = m.team JOIN unit u ON u.id = t.unit
    WHERE m.account = {} AND m.ended_on IS NULL
UNION SELECT u.organisation FROM line_manager l JOIN team t ON t.id = l.team
    JOIN unit u ON u.id = t.unit WHERE l.account = {} AND l.ended_on IS NULL
UNION SELECT r.organisation FROM role r WHERE r.account = {} AND r.ended_on IS NULL
"""
IN_IT = """
EXISTS (SELECT 1 FROM enrolment e WHERE e.cycle = c.id AND e.account = {}
    AND e.state IN ('asked', 'waiting', 'seated'))
"""
REGULAR = """
EXISTS (SELECT 1 FROM enrolment e JOIN meeting_cycle ec ON ec.id = e.cycle
    WHERE ec.meeting_group = g.id AND e.account = {} AND e.state = 'seated')
"""
"""Has, or had, a seat in some cycle of the group."""
MAY_JOIN = f"""
(g.organisation IN ({BELONGS}) AND (g.admission <> 'closed' OR {REGULAR}) AND (
    g.team IS NULL OR EXISTS (SELECT 1 FROM membership tm
        WHERE tm.team = g.team AND tm.account = {{}} AND tm.ended_on IS NULL)))
"""
MAY_JOIN_ARGS = 5
BOOKS = f"({IN_IT} OR {MAY_JOIN})"
BOOKS_ARGS = 6
"""How often `BOOKS` asks for the viewer's id."""
LEADS = "g.facilitator = {}"
SELF_MANAGED = f"(g.kind IN ({', '.join(repr(kind.key) for kind in kinds.SELF_MANAGED)}))"
"""By its kind: a group whose facilitator erased her account does not run itself."""
PLANS = f"""
(g.facilitator = {{}} OR (NOT {SELF_MANAGED}
    AND EXISTS (SELECT 1 FROM role r WHERE r.account = {{}} AND r.kind = 'organiser'
        AND r.organisation = g.organisation AND r.ended_on IS NULL))
    OR ({SELF_MANAGED} AND {REGULAR}))
"""
PLANS_ARGS = 3
SEATS_TAKEN = "(SELECT count(*) FROM enrolment e WHERE e.cycle = c.id AND e.state = 'seated')"
SEATED = """
EXISTS (SELECT 1 FROM enrolment e WHERE e.cycle = c.id AND e.account = {} AND e.state = 'seated')
"""
MEETINGS = """
SELECT m.id, m.cycle, m.day, m.starts, m.minutes, m.starts_at, m.ends_at, m.cancelled,
       m.sequence, m.noted_on, COALESCE(m.place, c.place) AS place, c.zone
FROM meeting m JOIN meeting_cycle c ON c.id = m.cycle WHERE m.cycle = {}
ORDER BY m.starts_at, m.id
"""


async def _group(condition: str, wanted: UUID, *args: Any) -> GroupRow | None:
    rows = await fetch(QueryString(f"{GROUP} WHERE {condition} AND g.id = {{}}", *args, wanted))
    return GroupRow(**rows[0]) if rows else None


async def _cycle(condition: str, wanted: UUID, *args: Any) -> CycleRow | None:
    rows = await fetch(QueryString(f"{CYCLE} WHERE {condition} AND c.id = {{}}", *args, wanted))
    return cycle_row(rows[0]) if rows else None


def cycle_row(row: dict[str, Any]) -> CycleRow:
    """A row of `CYCLE`."""
    own = ("zone", "area", "place", "access_note", "video_link", "decide_on", "state", "asked_on")
    kept = {name: row.pop(name) for name in own}
    cycle, capacity = row.pop("cycle"), row.pop("cycle_capacity")
    minimum = row.pop("cycle_minimum")
    return CycleRow(id=cycle, group=GroupRow(**row), capacity=capacity, minimum=minimum, **kept)


async def bookable_cycle(viewer: UUID, wanted: UUID) -> CycleRow | None:
    """BOOKER. Its place in detail stays with those who have a seat: see `seated_cycle`."""
    return await _cycle(BOOKS, wanted, *[viewer] * BOOKS_ARGS)


async def seated_cycle(viewer: UUID, wanted: UUID) -> CycleRow | None:
    """SEATED."""
    return await _cycle(SEATED, wanted, viewer)


async def led_cycle(viewer: UUID, wanted: UUID) -> CycleRow | None:
    """FACILITATING."""
    return await _cycle(LEADS, wanted, viewer)


async def planned_cycle(viewer: UUID, wanted: UUID) -> CycleRow | None:
    """PLANNER."""
    return await _cycle(PLANS, wanted, *[viewer] * PLANS_ARGS)


async def seated_meeting(viewer: UUID, wanted: UUID) -> Dated | None:
    """SEATED: a date, and its cycle; so for the next two."""
    return await _dated(seated_cycle, viewer, wanted)


async def led_meeting(viewer: UUID, wanted: UUID) -> Dated | None:
    """FACILITATING."""
    return await _dated(led_cycle, viewer, wanted)


async def planned_meeting(viewer: UUID, wanted: UUID) -> Dated | None:
    """PLANNER."""
    return await _dated(planned_cycle, viewer, wanted)


async def _dated(reached: Reached, viewer: UUID, wanted: UUID) -> Dated | None:
    cycle_id = await cycle_of(wanted)
    cycle = await reached(viewer, cycle_id) if cycle_id else None
    if cycle is None:
        return None
    return cycle, next(row for row in await meetings(cycle.id) if row.id == wanted)


async def planned_group(viewer: UUID, wanted: UUID) -> GroupRow | None:
    """PLANNER."""
    return await _group(PLANS, wanted, *[viewer] * PLANS_ARGS)


async def meetings(cycle: UUID) -> list[MeetingRow]:
    """Every date of a cycle in its order. Whoever asks has made sure that it is reached."""
    rows = await fetch(QueryString(MEETINGS, cycle))
    return [meeting_row(row, number) for number, row in enumerate(rows, 1)]


def meeting_row(row: dict[str, Any], number: int) -> MeetingRow:
    """A row of `MEETINGS`."""
    slot, cancelled = slot_of(row), bool(row.pop("cancelled"))
    return MeetingRow(number=number, slot=slot, cancelled=cancelled, **row)


async def cycle_of(meeting: UUID) -> UUID | None:
    """The cycle that a date belongs to: then ask for the cycle within reach."""
    rows = await fetch(QueryString("SELECT cycle FROM meeting WHERE id = {}", meeting))
    return rows[0]["cycle"] if rows else None


def coming(rows: list[MeetingRow], now: datetime) -> list[MeetingRow]:
    """The dates that are not over and take place."""
    return [row for row in rows if row.ends_at > now and not row.cancelled]
