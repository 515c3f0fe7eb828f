"""Seats of a cycle as they stand: what decisions about them start from.

Inside a transaction that holds the cycle's row nothing of this changes until it ends.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from piccolo.querystring import QueryString

from recul import clock
from recul.booking.queries.raw import instant
from recul.booking.queries.within import REGULAR, SEATS_TAKEN, SELF_MANAGED
from recul.booking.waitlist import Waiting
from recul.database import fetch
from recul.organisation.queries.hierarchy import IN_LINE

ACTIVE = "('asked', 'waiting', 'seated')"
SEATS = f"""
    c.id AS cycle, c.zone, c.area, c.capacity,
    (c.state <> 'cancelled' AND g.closed_on IS NULL) AS going_on,
    (SELECT max(m.starts_at) FROM meeting m WHERE m.cycle = c.id AND NOT m.cancelled) AS last_start,
    {SEATS_TAKEN} AS seated,
    (SELECT count(*) FROM enrolment e WHERE e.cycle = c.id AND e.state = 'waiting') AS waiting,
    (SELECT count(*) FROM seat_offer o WHERE o.cycle = c.id AND o.state = 'open') AS offers,
    (SELECT count(*) FROM seat_offer o WHERE o.cycle = c.id AND o.state = 'open'
        AND o.until <= {{}}) AS overdue
"""
IN_FORCE = """
(SELECT a.id FROM group_agreement a WHERE a.meeting_group = g.id ORDER BY a.version DESC LIMIT 1)
"""
ASKING = f"""
SELECT {SEATS}, g.facilitator, g.admission, {IN_FORCE} AS agreement,
    EXISTS (SELECT 1 FROM agreement_acceptance t WHERE t.account = {{}}
        AND t.agreement = {IN_FORCE}) AS accepted,
    {REGULAR} AS regular,
    EXISTS (SELECT 1 FROM enrolment e WHERE e.cycle = c.id AND e.state IN {ACTIVE}
        AND e.account IN ({IN_LINE})) AS in_line,
    (SELECT e.state FROM enrolment e WHERE e.cycle = c.id AND e.account = {{}}
        AND e.state IN {ACTIVE}) AS mine
FROM meeting_cycle c JOIN meeting_group g ON g.id = c.meeting_group WHERE c.id = {{}}
"""
WAITING = "SELECT id, arrival FROM enrolment WHERE cycle = {} AND state = 'waiting'"
OFFERS = """
SELECT seat, enrolment, state, until FROM seat_offer WHERE cycle = {} ORDER BY made_at, id
"""
OF_CYCLE = f"""
SELECT {SEATS} FROM meeting_cycle c JOIN meeting_group g ON g.id = c.meeting_group
WHERE c.id = {{}}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seats:
    """How many there are, and how they are taken at this instant."""

    cycle: UUID
    zone: str
    area: str
    capacity: int
    seated: int
    waiting: int
    """With those for whom a seat is kept."""
    offers: int
    """Open ones, with those that have run out and were not closed yet."""
    overdue: int
    last_start: datetime | None
    """When the last date that takes place begins."""
    takes: bool
    """It goes on, and has a date to come."""
    at: datetime
    """The instant of which all this is true."""

    @property
    def free(self) -> int:
        """Nobody has them, and they are kept for nobody."""
        return max(self.capacity - self.seated - self.offers + self.overdue, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking(Seats):
    """A cycle, and somebody who wants a seat in it."""

    facilitator: UUID | None
    admission: str
    agreement: UUID | None
    """The version of the charter that is in force."""
    accepted: bool
    """By her."""
    regular: bool
    """She has, or had, a seat in some cycle of the group."""
    in_line: bool
    """Somebody above or below her is in the cycle, or asks to be."""
    mine: str | None
    """The state of her enrolment, while it goes on."""


async def seats(cycle: UUID) -> Seats:
    """Of a cycle that there is."""
    now = clock.now()
    [row] = await fetch(QueryString(OF_CYCLE, now, cycle))
    return Seats(**_seats(row, now))


async def asking(viewer: UUID, cycle: UUID) -> Asking | None:
    now = clock.now()
    rows = await fetch(QueryString(ASKING, now, *[viewer] * 5, cycle))
    if not rows:
        return None
    own = ("accepted", "regular", "in_line")
    return Asking(**_seats(rows[0], now) | {name: bool(rows[0][name]) for name in own})


def _seats(row: dict[str, Any], now: datetime) -> dict[str, Any]:
    last = instant(row["last_start"]) if row["last_start"] else None
    takes = bool(row.pop("going_on")) and last is not None and last > now
    return row | {"last_start": last, "takes": takes, "at": now}


@dataclass(frozen=True, slots=True)
class Line:
    """Who waits, and which seats they were offered before."""

    waiting: list[Waiting]
    declined: Mapping[UUID, frozenset[UUID]]
    """By free seat: the enrolments that did not take it."""


async def line(cycle: UUID, at: datetime) -> Line:
    """Who waits in a cycle; an offer that has run out by then is one that was not taken."""
    people = await fetch(QueryString(WAITING, cycle))
    held, closed = set[UUID](), set[UUID]()
    declined: dict[UUID, set[UUID]] = {}
    for offer in await fetch(QueryString(OFFERS, cycle)):
        declined.setdefault(offer["seat"], set()).add(offer["enrolment"])
        running = offer["state"] == "open" and offer["until"] > at
        if running:
            held.add(offer["enrolment"])
        if running or offer["state"] in ("taken", "withdrawn"):
            closed.add(offer["seat"])
    return Line(
        [Waiting(row["id"], row["arrival"], row["id"] in held) for row in people],
        {seat: frozenset(by) for seat, by in declined.items() if seat not in closed},
    )


@dataclass(frozen=True, slots=True)
class Request:
    """An enrolment that somebody may answer."""

    id: UUID
    cycle: UUID
    account: UUID
    state: str


async def request(viewer: UUID, wanted: UUID) -> Request | None:
    """FACILITATING; in a group that runs itself, whoever has a seat in the cycle."""
    statement = f"""
        SELECT e.id, e.cycle, e.account, e.state FROM enrolment e
        JOIN meeting_cycle c ON c.id = e.cycle JOIN meeting_group g ON g.id = c.meeting_group
        WHERE (g.facilitator = {{}} OR ({SELF_MANAGED} AND EXISTS (SELECT 1 FROM enrolment s
            WHERE s.cycle = c.id AND s.account = {{}} AND s.state = 'seated'))) AND e.id = {{}}
    """
    rows = await fetch(QueryString(statement, viewer, viewer, wanted))
    return Request(**rows[0]) if rows else None


@dataclass(frozen=True, slots=True)
class OwnOffer:
    id: UUID
    enrolment: UUID
    cycle: UUID
    state: str
    until: datetime

    @property
    def running(self) -> bool:
        return self.state == "open" and self.until > clock.now()


async def own_offer(viewer: UUID, wanted: UUID) -> OwnOffer | None:
    """A seat that is, or was, kept for the viewer."""
    statement = """
        SELECT o.id, o.enrolment, o.cycle, o.state, o.until
        FROM seat_offer o JOIN enrolment e ON e.id = o.enrolment
        WHERE e.account = {} AND o.id = {}
    """
    rows = await fetch(QueryString(statement, viewer, wanted))
    return OwnOffer(**rows[0]) if rows else None


async def own_enrolment(viewer: UUID, cycle: UUID) -> dict[str, Any] | None:
    """The id and state of the viewer's enrolment, while it goes on."""
    statement = f"""
        SELECT id, state FROM enrolment
        WHERE account = {{}} AND cycle = {{}} AND state IN {ACTIVE}
    """
    rows = await fetch(QueryString(statement, viewer, cycle))
    return rows[0] if rows else None


async def unsettled() -> list[UUID]:
    """Cycles with offers that have run out and were not closed."""
    statement = "SELECT cycle FROM seat_offer WHERE state = 'open' AND until <= {} ORDER BY until"
    rows = await fetch(QueryString(statement, clock.now()))
    return list(dict.fromkeys(row["cycle"] for row in rows))
