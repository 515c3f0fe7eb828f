"""A seat that is kept for somebody: taken, passed on, run out."""

from uuid import UUID

from piccolo.querystring import QueryString

from recul import clock
from recul.booking import notices
from recul.booking.actions import seating
from recul.booking.actions.agreements import accepting
from recul.booking.actions.enrolments import NotNow, require
from recul.booking.outcomes import IN, Outcome
from recul.booking.queries import overlaps, waiting
from recul.booking.queries.waiting import OwnOffer
from recul.database import write_each, write_transaction
from recul.settings import Settings

END = "UPDATE seat_offer SET state = {} WHERE id = {} AND state = 'open'"
SEAT = "UPDATE enrolment SET state = 'seated', settled_on = {} WHERE id = {}"


async def take(
    settings: Settings,
    viewer: UUID,
    offer: UUID,
    accepted_agreement: UUID | None = None,
    overlap_ok: bool = False,
) -> Outcome:
    """SEATED, also when she took it before. GONE when it ran out or was never hers; else
    AGREEMENT, OVERLAP, LINE or CLOSED, and the seat is kept for her until its time."""
    mine = await waiting.own_offer(viewer, offer)
    if mine is None:
        return Outcome.GONE
    if mine.running and not overlap_ok and await overlaps.of_cycle(viewer, mine.cycle):
        return Outcome.OVERLAP
    try:
        async with write_transaction():
            return await _take(settings, viewer, mine, accepted_agreement)
    except NotNow as refused:
        return refused.outcome


async def _take(
    settings: Settings, viewer: UUID, offer: OwnOffer, agreement: UUID | None
) -> Outcome:
    await seating.hold(offer.cycle)
    held, wanted = await _again(viewer, offer), await waiting.asking(viewer, offer.cycle)
    if wanted is None or wanted.mine == "seated":
        return Outcome.SEATED if wanted else Outcome.GONE
    if not held.running:
        await seating.settle(settings, wanted)
        return Outcome.GONE
    require(viewer, wanted, agreement)
    if wanted.seated >= wanted.capacity:
        return Outcome.GONE
    await write_each(
        QueryString(END, "taken", offer.id),
        QueryString(SEAT, clock.today(), offer.enrolment),
        *accepting(viewer, wanted),
    )
    await notices.seated(settings, offer.enrolment)
    return Outcome.SEATED


async def pass_turn(settings: Settings, viewer: UUID, offer: UUID) -> Outcome:
    """*Je passe mon tour*: WAITING, with the rank she had; the seat goes to whoever is next.
    When there was nothing to pass on any more, how things are: SEATED, WAITING or GONE."""
    mine = await waiting.own_offer(viewer, offer)
    if mine is None:
        return Outcome.GONE
    async with write_transaction():
        await seating.hold(mine.cycle)
        await write_each(QueryString(END, "passed", offer))
        await notices.settled(settings, mine.enrolment)
        await seating.settle(settings, await waiting.seats(mine.cycle))
        own = await waiting.own_enrolment(viewer, mine.cycle)
    return IN[own["state"]] if own else Outcome.GONE


async def _again(viewer: UUID, offer: OwnOffer) -> OwnOffer:
    """As it is now that the cycle is held."""
    return await waiting.own_offer(viewer, offer.id) or offer


async def fill(settings: Settings, cycle: UUID) -> None:
    """Offer what is free in a cycle to those who wait. Call it after a change of capacity, of
    the state or of the dates of a cycle, inside the transaction of the change."""
    async with write_transaction():
        if await seating.hold(cycle):
            await seating.settle(settings, await waiting.seats(cycle))


async def expire(settings: Settings) -> None:
    """Close the offers that have run out, and go on to who is next. A job does it each minute."""
    for cycle in await waiting.unsettled():
        await fill(settings, cycle)
