"""What every change of seats begins and ends with. Both belong inside a transaction.

The cycle's row is held first: changes of the seats of one cycle come one after the other, on
both databases, and each sees what the one before it left.
"""

from datetime import datetime
from functools import partial
from uuid import UUID, uuid4

import anyio.to_thread
from piccolo.querystring import QueryString

from recul.booking import holidays_of, notices
from recul.booking.queries import waiting
from recul.booking.queries.waiting import Seats
from recul.booking.seat_clock import kept_until
from recul.booking.tables import MeetingCycle
from recul.booking.waitlist import Offer, deal
from recul.database import fetch, locked, write_each
from recul.settings import Settings

EXPIRE = (
    "UPDATE seat_offer SET state = 'expired' WHERE cycle = {} AND state = 'open' AND until <= {}"
)
WITHDRAW = "UPDATE seat_offer SET state = 'withdrawn' WHERE cycle = {} AND state = 'open'"
NO_MORE = "UPDATE seat_offer SET state = 'withdrawn' WHERE seat = {}"
OFFER = """
INSERT INTO seat_offer (id, cycle, enrolment, seat, made_at, until, state)
VALUES ({}, {}, {}, {}, {}, {}, {})
"""
ARRIVE = "UPDATE meeting_cycle SET arrivals = arrivals + 1 WHERE id = {} RETURNING arrivals"


async def hold(cycle: UUID) -> bool:
    """Nobody else changes the seats of this cycle until the transaction ends. False: no such."""
    return bool(await locked(MeetingCycle.select(MeetingCycle.id).where(MeetingCycle.id == cycle)))


async def arrive(cycle: UUID) -> int | None:
    """Hold the cycle, and give the next arrival in it; it is lost with the transaction."""
    rows = await fetch(QueryString(ARRIVE, cycle))
    return rows[0]["arrivals"] if rows else None


async def settle(settings: Settings, seats: Seats) -> list[UUID]:
    """Close the offers that have run out and offer what is free to those who wait.

    Returns the seats that are free for whoever comes: everybody was offered them, or nobody
    waits. A cycle that takes nobody any more takes its offers back.
    """
    writes = [QueryString(EXPIRE, seats.cycle, seats.at)] * bool(seats.overdue)
    left, made = [uuid4() for _ in range(seats.free)], list[tuple[UUID, Offer]]()
    if not seats.takes:
        left, writes = [], [*writes, QueryString(WITHDRAW, seats.cycle)]
    elif seats.waiting:
        line = await waiting.line(seats.cycle, seats.at)
        dealt = deal(seats.free, line.declined, line.waiting)
        left, made = dealt.left, [(uuid4(), offer) for offer in dealt.offers]
        writes += [QueryString(NO_MORE, seat) for seat in dealt.gone]
        until = await _until(seats) if made else seats.at
        writes += [
            _offer(new, seats, offer.enrolment, offer.seat, until, "open") for new, offer in made
        ]
    if writes:
        await write_each(*writes)
    for new, _ in made:
        await notices.offered(settings, new)
    return left


async def _until(seats: Seats) -> datetime:
    """Until when a seat is kept that is offered now. In a thread: the first question about
    holidays loads a package."""
    works = partial(holidays_of.works, seats.area)
    return await anyio.to_thread.run_sync(
        kept_until, seats.at, seats.zone, works, seats.last_start or seats.at
    )


def taken(seats: Seats, enrolment: UUID, seat: UUID) -> QueryString:
    """Note that somebody who came took a seat that those who wait had let pass."""
    return _offer(uuid4(), seats, enrolment, seat, seats.at, "taken")


def _offer(
    new: UUID, seats: Seats, enrolment: UUID, seat: UUID, until: datetime, state: str
) -> QueryString:
    return QueryString(OFFER, new, seats.cycle, enrolment, seat, seats.at, until, state)
