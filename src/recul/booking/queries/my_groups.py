"""*Mes groupes*: the cycles that somebody is in or waits for, and those she could join."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from piccolo.querystring import QueryString

from recul import clock
from recul.accounts.queries import PERSON
from recul.booking.queries.raw import day_of, instant, slot_of
from recul.booking.queries.waiting import ACTIVE
from recul.booking.queries.within import MAY_JOIN, MAY_JOIN_ARGS, SEATS_TAKEN
from recul.booking.series import Series, series
from recul.booking.wall import Slot
from recul.database import fetch

Rows = list[dict[str, Any]]
PAST = 5
"""Cycles of before that the page names."""
PAGE = 10
"""Cycles that the page proposes; the others are on pages of their own."""

MINE = f"""
SELECT e.cycle, e.state, g.kind, g.name, c.state AS cycle_state, o.id AS offer, o.until,
    (SELECT max(m.ends_at) FROM meeting m WHERE m.cycle = c.id) AS ends_at,
    CASE WHEN e.state = 'waiting' THEN (SELECT count(*) FROM enrolment w
        WHERE w.cycle = e.cycle AND w.state = 'waiting' AND w.arrival <= e.arrival) END AS rank,
    CASE WHEN e.state = 'seated' AND g.admission = 'co_optation' THEN (
        SELECT count(*) FROM enrolment q WHERE q.cycle = e.cycle AND q.state = 'asked'
        AND NOT EXISTS (SELECT 1 FROM peer_voice v WHERE v.enrolment = q.id
            AND v.voter = e.account)) ELSE 0 END AS unheard
FROM enrolment e JOIN meeting_cycle c ON c.id = e.cycle
JOIN meeting_group g ON g.id = c.meeting_group
LEFT JOIN seat_offer o ON o.enrolment = e.id AND o.state = 'open' AND o.until > {{}}
WHERE e.account = {{}} AND e.state IN {ACTIVE}
"""
DATES = f"""
SELECT CAST(m.cycle AS TEXT) AS cycle, CAST(m.id AS TEXT) AS id, CAST(m.day AS TEXT) AS day,
    CAST(m.starts AS INTEGER) AS starts, CAST(m.minutes AS INTEGER) AS minutes, c.zone,
    a.state AS attendance,
    CASE WHEN m.cancelled THEN 1 ELSE 0 END AS cancelled,
    CASE WHEN m.ends_at > {{}} THEN 1 ELSE 0 END AS to_come,
    CASE WHEN m.noted_on IS NULL THEN 0 ELSE 1 END AS noted
FROM enrolment e JOIN meeting_cycle c ON c.id = e.cycle JOIN meeting m ON m.cycle = c.id
LEFT JOIN attendance a ON a.meeting = m.id AND a.account = e.account
WHERE e.account = {{}} AND e.state IN {ACTIVE}
    AND EXISTS (SELECT 1 FROM meeting l WHERE l.cycle = c.id AND l.ends_at > {{}})
ORDER BY m.starts_at, m.id
"""
"""Without columns that SQLite would make dates, ids and numbers of: one of ten is shown."""
PROPOSED = f"""
SELECT c.id AS cycle, g.kind, g.name, g.admission, o.name AS organisation_name,
    p.display_name AS facilitator_name, c.zone, m.day, m.starts, m.minutes,
    (SELECT count(*) FROM meeting n WHERE n.cycle = c.id AND n.starts_at > {{}}
        AND NOT n.cancelled) AS dates,
    c.capacity - {SEATS_TAKEN}
        - (SELECT count(*) FROM seat_offer k WHERE k.cycle = c.id AND k.state = 'open') AS free
FROM meeting m CROSS JOIN meeting_cycle c CROSS JOIN meeting_group g
CROSS JOIN organisation o LEFT JOIN {PERSON} p ON p.account = g.facilitator
WHERE m.starts_at > {{}} AND NOT m.cancelled
    AND c.id = m.cycle AND c.state <> 'cancelled'
    AND g.id = c.meeting_group AND g.closed_on IS NULL AND o.id = g.organisation
    AND m.id = (SELECT f.id FROM meeting f WHERE f.cycle = m.cycle AND f.starts_at > {{}}
        AND NOT f.cancelled ORDER BY f.starts_at, f.id LIMIT 1)
    AND {MAY_JOIN} AND (g.facilitator IS NULL OR g.facilitator <> {{}})
    AND NOT EXISTS (SELECT 1 FROM enrolment i WHERE i.cycle = c.id AND i.account = {{}}
        AND i.state IN {ACTIVE})
ORDER BY m.starts_at, m.id LIMIT {{}} OFFSET {{}}
"""
"""From the next date on, until there are enough: SQLite takes a CROSS JOIN as it is written, and
PostgreSQL is spared a join by the comparison with the first date, which it would plan for long."""


@dataclass(frozen=True, slots=True)
class OwnDate:
    """One date to come of a cycle that the viewer is in or waits for."""

    id: UUID
    number: int
    """Of the dates of the cycle, cancelled ones too, from 1."""
    slot: Slot
    noted: bool
    """Attendance was written down."""
    attendance: str | None
    """Her own: excused, or what was noted."""


@dataclass(frozen=True, slots=True)
class OwnCycle:
    """A cycle that the viewer is in, waits for, or asked for."""

    cycle: UUID
    state: str
    """asked | waiting | seated"""
    kind: str
    name: str
    cycle_state: str
    offer: UUID | None
    """A seat that is kept for her at this moment."""
    until: datetime | None
    ends_at: datetime
    """Of its last date."""
    rank: int | None
    """1 for who waits longest."""
    unheard: int
    """So many ask to join a group that runs itself, and wait for the viewer's voice."""
    series: Series | None = None
    """None once the cycle is over."""
    next: OwnDate | None = None


@dataclass(frozen=True, slots=True)
class Mine:
    now: list[OwnCycle]
    """By their next date; what waits for an answer of the viewer's first."""
    over: list[OwnCycle]
    """Those in which she had a seat, the last one first."""


async def mine(viewer: UUID) -> Mine:
    """The viewer's own cycles, in two statements."""
    now = clock.now()
    dates: dict[str, Rows] = {}
    for row in await fetch(QueryString(DATES, now, viewer, now)):
        dates.setdefault(row["cycle"], []).append(row)
    rows = await fetch(QueryString(MINE, now, viewer))
    all_hers = [_own(row, dates.get(str(row["cycle"]), [])) for row in rows if row["ends_at"]]
    over = [one for one in all_hers if one.state == "seated" and not one.series]
    over.sort(key=lambda one: one.ends_at, reverse=True)
    return Mine(sorted((one for one in all_hers if one.series), key=_order), over[:PAST])


def _own(row: dict[str, Any], dates: Rows) -> OwnCycle:
    own = OwnCycle(**row | {"ends_at": instant(row["ends_at"])})
    if not dates:
        return own
    kept = [_slot(one) for one in dates if not one["cancelled"]]
    return replace(own, series=series(kept), next=_next(dates))


def _next(dates: Rows) -> OwnDate | None:
    for number, row in enumerate(dates, 1):
        if row["to_come"] and not row["cancelled"]:
            own = (UUID(row["id"]), number, _slot(row), bool(row["noted"]), row["attendance"])
            return OwnDate(*own)
    return None


def _slot(row: dict[str, Any]) -> Slot:
    return Slot(day_of(row["day"]), row["starts"], row["minutes"], row["zone"])


def _order(one: OwnCycle) -> tuple[bool, bool, datetime, UUID]:
    first = one.next.slot.starts_at if one.next else one.ends_at
    return (one.offer is None, not one.unheard, first, one.cycle)


@dataclass(frozen=True, slots=True)
class Proposed:
    """A cycle that the viewer could join."""

    cycle: UUID
    kind: str
    name: str
    admission: str
    organisation_name: str
    facilitator_name: str | None
    first: Slot
    """Its next date."""
    dates: int
    """To come."""
    free: int
    """Seats that nobody has and that are kept for nobody; 0 or less: a waiting list."""


async def proposed(viewer: UUID, page: int = 0) -> tuple[list[Proposed], bool]:
    """BOOKER: cycles with dates to come, the next to begin first, and whether there are more."""
    args = [clock.now()] * 3 + [viewer] * (MAY_JOIN_ARGS + 2) + [PAGE + 1, page * PAGE]
    rows = await fetch(QueryString(PROPOSED, *args))
    return [_proposed(row) for row in rows[:PAGE]], len(rows) > PAGE


def _proposed(row: dict[str, Any]) -> Proposed:
    return Proposed(first=slot_of(row), **row)
