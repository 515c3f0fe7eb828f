"""A seat that is kept for somebody: taken, passed on, run out, and offered to the next."""

from datetime import timedelta
from random import Random
from uuid import UUID, uuid4

from hypothesis import HealthCheck, given
from hypothesis import settings as trying
from hypothesis import strategies as st
from tests.booking.seats import (
    CONFIG,
    ask,
    assert_in_order,
    charter,
    offer_states,
    open_offers,
    people,
    states,
)
from tests.booking.world import FIRST, NOON, Circle, a_group, slots
from tests.organisation.world import House

from recul import clock
from recul.booking.actions import enrolments, groups, offers
from recul.booking.outcomes import Outcome
from recul.booking.tables import MeetingCycle, SeatOffer
from recul.database import write_transaction
from recul.organisation.actions import memberships, roles, structure
from recul.web.roles import Role

LATER = timedelta(hours=1)
DAYS = timedelta(days=1)


async def full(house: House, waiting: int = 2, capacity: int = 1) -> tuple[Circle, list[UUID]]:
    """A cycle without a free seat, and its people in the order of their arrival."""
    circle = await a_group(house, capacity=capacity, minimum=1)
    everybody = await people(house, capacity + waiting)
    for one in everybody:
        await ask(circle, one)
    return circle, everybody


async def freed(house: House, waiting: int = 2) -> tuple[Circle, list[UUID], UUID]:
    """One seat has become free: with the offer that was made of it."""
    circle, everybody = await full(house, waiting)
    await enrolments.leave(CONFIG, everybody[0], circle.cycle)
    [(account, offer)] = await open_offers(circle.cycle)
    assert account == everybody[1]
    return circle, everybody, offer


async def test_kept_for_two_working_days(small: House):
    _, _, offer = await freed(small)
    row = await SeatOffer.objects().get(SeatOffer.id == offer)
    assert row
    # It was made on a Saturday: until the end of Tuesday, in Paris.
    assert (row.until - NOON) == timedelta(days=3, hours=10, minutes=59)


async def test_taken_once(small: House):
    circle, everybody, offer = await freed(small)
    assert [await offers.take(CONFIG, everybody[1], offer) for _ in "ab"] == [Outcome.SEATED] * 2
    assert await offers.pass_turn(CONFIG, everybody[1], offer) is Outcome.SEATED
    assert [state for _, state in await states(circle.cycle)] == ["left", "seated", "waiting"]
    assert await offer_states(circle.cycle) == ["taken"]


async def test_passed_on_with_the_rank_kept(small: House):
    circle, [_, ana, boris], offer = await freed(small)
    assert [await offers.pass_turn(CONFIG, ana, offer) for _ in "ab"] == [Outcome.WAITING] * 2
    [(account, second)] = await open_offers(circle.cycle)
    assert account == boris
    assert await offers.take(CONFIG, ana, offer) is Outcome.GONE
    assert await offers.take(CONFIG, boris, second) is Outcome.SEATED
    await enrolments.leave(CONFIG, boris, circle.cycle)
    assert [account for account, _ in await open_offers(circle.cycle)] == [ana]


async def test_a_seat_that_everybody_passed_is_for_whoever_comes(small: House):
    circle, [_, ana, boris], offer = await freed(small)
    await offers.pass_turn(CONFIG, ana, offer)
    [(_, second)] = await open_offers(circle.cycle)
    await offers.pass_turn(CONFIG, boris, second)
    assert await open_offers(circle.cycle) == []
    clara, david = await people(small, 2)
    assert await ask(circle, clara) is Outcome.SEATED
    assert await ask(circle, david) is Outcome.WAITING
    await enrolments.leave(CONFIG, clara, circle.cycle)
    assert [account for account, _ in await open_offers(circle.cycle)] == [ana]


async def test_run_out_and_offered_to_the_next(small: House):
    circle, [_, ana, boris], offer = await freed(small)
    with clock.set_to(NOON + 4 * DAYS):
        assert await offers.take(CONFIG, ana, offer) is Outcome.GONE
        assert [account for account, _ in await open_offers(circle.cycle)] == [boris]
        await offers.expire(CONFIG)
        assert [account for account, _ in await open_offers(circle.cycle)] == [boris]
    with clock.set_to(NOON + 8 * DAYS):
        await offers.expire(CONFIG)
        assert await open_offers(circle.cycle) == []
    assert await offer_states(circle.cycle) == ["expired", "expired"]
    assert [state for _, state in await states(circle.cycle)] == ["left", "waiting", "waiting"]


async def test_whoever_comes_after_an_offer_ran_out_does_not_pass_the_next(small: House):
    circle, [_, _, boris], _ = await freed(small)
    with clock.set_to(NOON + 4 * DAYS):
        [clara] = await people(small, 1)
        assert await ask(circle, clara) is Outcome.WAITING
        assert [account for account, _ in await open_offers(circle.cycle)] == [boris]


async def test_leaving_passes_the_seat_on(small: House):
    circle, [_, ana, boris], offer = await freed(small)
    await enrolments.leave(CONFIG, ana, circle.cycle)
    assert [account for account, _ in await open_offers(circle.cycle)] == [boris]
    assert await offers.take(CONFIG, ana, offer) is Outcome.GONE


async def test_not_offered_when_no_date_is_to_come(small: House):
    circle, [first, *_] = await full(small)
    with clock.set_to(NOON + 60 * DAYS):
        await enrolments.leave(CONFIG, first, circle.cycle)
        assert await open_offers(circle.cycle) == []


async def test_never_kept_beyond_the_last_date(small: House):
    circle = await a_group(small, *slots(1), capacity=1, minimum=1)
    for one in (everybody := await people(small, 2)):
        await ask(circle, one)
    begins = slots(1)[0].starts_at
    with clock.set_to(begins - LATER):
        await enrolments.leave(CONFIG, everybody[0], circle.cycle)
    row = await SeatOffer.objects().get(SeatOffer.cycle == circle.cycle)
    assert row
    assert row.until == begins


async def test_a_higher_capacity_is_offered_in_order(small: House):
    circle, [_, ana, boris, clara] = await full(small, waiting=3)
    async with write_transaction():
        await MeetingCycle.update({MeetingCycle.capacity: 3}).where(MeetingCycle.id == circle.cycle)
        await offers.fill(CONFIG, circle.cycle)
    assert [account for account, _ in await open_offers(circle.cycle)] == [ana, boris]
    assert (clara, "waiting") in await states(circle.cycle)


async def test_a_seat_that_was_passed_and_is_no_more_is_forgotten(small: House):
    """Fewer seats, then one leaves: what is free now is a new seat."""
    circle, [_, ana, boris, clara] = await full(small, waiting=3)
    await enrolments.leave(CONFIG, (await states(circle.cycle))[0][0], circle.cycle)
    for one in (ana, boris, clara):
        [(_, offer)] = await open_offers(circle.cycle)
        await offers.pass_turn(CONFIG, one, offer)
    for capacity in (0, 1):
        await MeetingCycle.update({MeetingCycle.capacity: capacity}).where(
            MeetingCycle.id == circle.cycle
        )
        await offers.fill(CONFIG, circle.cycle)
    assert [account for account, _ in await open_offers(circle.cycle)] == [ana]


async def test_taken_back_when_the_cycle_does_not_go_on(small: House):
    circle, [_, ana, _], offer = await freed(small)
    await MeetingCycle.update({MeetingCycle.state: "cancelled"}).where(
        MeetingCycle.id == circle.cycle
    )
    assert await offers.take(CONFIG, ana, offer) is Outcome.CLOSED
    await offers.fill(CONFIG, circle.cycle)
    assert await offer_states(circle.cycle) == ["withdrawn"]
    assert await offers.take(CONFIG, ana, offer) is Outcome.GONE


async def test_not_more_seats_than_there_are(small: House):
    circle, [_, ana, _], offer = await freed(small)
    await MeetingCycle.update({MeetingCycle.capacity: 0}).where(MeetingCycle.id == circle.cycle)
    assert await offers.take(CONFIG, ana, offer) is Outcome.GONE


async def test_somebody_elses_offer(small: House):
    circle, [first, _, boris], offer = await freed(small)
    for who in (first, boris, small.ids[Role.FACILITATOR]):
        for wanted in (offer, uuid4()):
            assert await offers.take(CONFIG, who, wanted) is Outcome.GONE
            assert await offers.pass_turn(CONFIG, who, wanted) is Outcome.GONE
    assert await offer_states(circle.cycle) == ["open"]


async def test_a_new_charter_comes_before_the_seat(small: House):
    circle, [_, ana, _], offer = await freed(small)
    await groups.renew_charter(circle.group, 1, "Ce qui se dit ici reste ici, toujours.")
    assert await offers.take(CONFIG, ana, offer) is Outcome.AGREEMENT
    accepted = await charter(circle.group)
    assert await offers.take(CONFIG, ana, offer, accepted) is Outcome.SEATED


async def test_a_hierarchy_that_came_meanwhile(small: House):
    circle, [_, ana, boris], offer = await freed(small)
    team = await structure.add_team(small.unit, "Plus tard")
    await roles.answer_for(boris, team)
    await memberships.join(ana, team)
    assert await offers.take(CONFIG, ana, offer) is Outcome.LINE
    assert await offer_states(circle.cycle) == ["open"]


async def test_another_date_at_the_same_time(small: House):
    _, [_, ana, _], offer = await freed(small)
    other = await a_group(small, *slots(1, first=FIRST))
    await enrolments.ask(CONFIG, ana, other.cycle, await charter(other.group), True)
    assert await offers.take(CONFIG, ana, offer) is Outcome.OVERLAP
    assert await offers.take(CONFIG, ana, offer, overlap_ok=True) is Outcome.SEATED


STEPS = st.lists(st.sampled_from(["ask", "ask", "leave", "take", "pass", "wait"]), max_size=25)


@trying(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, seed=st.integers(0, 999))
async def test_whatever_happens_nobody_is_overtaken(small: House, steps: list[str], seed: int):
    chance, now = Random(seed), NOON
    circle = await a_group(small, *slots(6), capacity=2, minimum=2)
    everybody = await people(small, 6)
    for step in steps:
        with clock.set_to(now):
            one, kept = chance.choice(everybody), await open_offers(circle.cycle)
            if step == "ask":
                await ask(circle, one)
            elif step == "leave":
                await enrolments.leave(CONFIG, one, circle.cycle)
            elif step == "wait":
                now += 3 * DAYS
            elif kept and step == "take":
                await offers.take(CONFIG, *chance.choice(kept))
            elif kept:
                await offers.pass_turn(CONFIG, *chance.choice(kept))
        with clock.set_to(now):
            await offers.expire(CONFIG)
            await assert_in_order(circle.cycle, 2)
