"""A cycle under its minimum: the facilitator is asked once; it is kept, put off or cancelled."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from litestar import Litestar
from tests.booking.world import NOON, Circle, a_group, enrol, seat, slots, somebody
from tests.organisation.world import House, inhabited
from tests.visitors import settings

from recul import clock
from recul.booking.actions import cycles, decisions, meetings
from recul.booking.actions.decisions import Decided, NothingToCome, TooFar
from recul.booking.plan import Setting
from recul.booking.queries import plans, within
from recul.booking.tables import Enrolment, MeetingCycle, SeatOffer
from recul.booking.wall import Slot
from recul.database import Database
from recul.web.roles import Role

DECIDE_ON = date(2026, 11, 26)
ON_THE_DAY = datetime(2026, 11, 26, 9, tzinfo=UTC)


async def stands(circle: Circle) -> tuple[str, date, date | None]:
    found = await plans.counts(circle.cycle)
    return found.state, found.decide_on, found.asked_on


async def dates(circle: Circle) -> list[tuple[date, bool, int]]:
    rows = await within.meetings(circle.cycle)
    return [(row.slot.day, row.cancelled, row.sequence) for row in rows]


async def mark(circle: Circle) -> str:
    found = await plans.counts(circle.cycle)
    return decisions.mark(found.state, found.decide_on, await decisions.to_come(circle.cycle))


async def small(house: House, *dates: Slot, people: int = 1) -> Circle:
    """A cycle of three Thursdays that wants two people, and has one or as many as are told."""
    circle = await a_group(house, *dates, minimum=2)
    await seat(circle, *[await somebody(house) for _ in range(people)])
    return circle


# Asking


async def test_under_its_minimum_it_is_asked_about_once(house: House):
    with clock.set_to(NOON):
        circle = await small(house)
        await decisions.ask(settings())
        assert await stands(circle) == ("planned", DECIDE_ON, None)
    with clock.set_to(ON_THE_DAY):
        await decisions.ask(settings())
        assert await stands(circle) == ("planned", DECIDE_ON, DECIDE_ON)
    with clock.set_to(ON_THE_DAY + timedelta(days=1)):
        await decisions.ask(settings())
        assert await stands(circle) == ("planned", DECIDE_ON, DECIDE_ON)
        assert await plans.to_decide() == []


async def test_with_enough_people_it_is_confirmed(house: House):
    with clock.set_to(NOON):
        circle = await small(house, people=2)
    with clock.set_to(ON_THE_DAY):
        await decisions.ask(settings())
        assert await stands(circle) == ("confirmed", DECIDE_ON, None)


async def test_who_comes_after_the_question_answers_it(house: House):
    with clock.set_to(NOON):
        circle = await small(house)
    with clock.set_to(ON_THE_DAY):
        await decisions.ask(settings())
        await enrol(circle, await somebody(house))
        await decisions.ask(settings())
        assert await stands(circle) == ("confirmed", DECIDE_ON, DECIDE_ON)


async def test_people_who_wait_or_ask_are_no_minimum(house: House):
    with clock.set_to(NOON):
        circle = await small(house, people=0)
        for state in ("waiting", "asked", "left", "refused"):
            await enrol(circle, await somebody(house), state)
    with clock.set_to(ON_THE_DAY):
        await decisions.ask(settings())
        assert await stands(circle) == ("planned", DECIDE_ON, DECIDE_ON)


async def test_the_day_is_the_one_of_the_cycle_s_own_zone(house: House):
    """It is the 26th in Paris while it is still the 25th in Cayenne."""
    with clock.set_to(NOON):
        here = await small(house)
        there = await small(house, *slots(zone="America/Cayenne"))
    with clock.set_to(datetime(2026, 11, 25, 23, 30, tzinfo=UTC)):
        await decisions.ask(settings())
        assert await stands(here) == ("planned", DECIDE_ON, DECIDE_ON)
        assert await stands(there) == ("planned", DECIDE_ON, None)


async def test_what_is_over_or_decided_is_not_asked_about(house: House):
    with clock.set_to(NOON):
        over = await small(house, *slots(2, date(2026, 11, 23), every=1))
        empty = await small(house, *slots(1))
        await meetings.cancel(settings(), empty.cycle, empty.meetings[0])
        kept, gone = await small(house), await small(house)
        await decisions.maintain(settings(), kept.cycle, await mark(kept))
        await decisions.cancel(settings(), gone.cycle, await mark(gone))
    with clock.set_to(ON_THE_DAY):
        await decisions.ask(settings())
        for circle in (over, empty, kept, gone):
            assert (await stands(circle))[2] is None


# Deciding


async def test_it_is_kept(house: House):
    with clock.set_to(NOON):
        circle = await small(house)
        seen, before = await mark(circle), await dates(circle)
        await decisions.maintain(settings(), circle.cycle, seen)
        assert await stands(circle) == ("confirmed", DECIDE_ON, None)
        assert await dates(circle) == before
        with pytest.raises(Decided):
            await decisions.maintain(settings(), circle.cycle, seen)


async def test_it_is_put_off_in_its_rhythm(house: House):
    with clock.set_to(ON_THE_DAY):
        circle = await small(house, *slots(3, date(2026, 12, 4)))
        await decisions.ask(settings())
        people = await Enrolment.select()
        seen = await mark(circle)
        await decisions.postpone(settings(), circle.cycle, seen, 1)
        # Christmas Day is stepped over, and those after it follow.
        assert await dates(circle) == [
            (date(2026, 12, 11), False, 1),
            (date(2027, 1, 8), False, 1),
            (date(2027, 1, 22), False, 1),
        ]
        assert await stands(circle) == ("planned", date(2026, 12, 4), None)
        assert await Enrolment.select() == people
        with pytest.raises(Decided):
            await decisions.postpone(settings(), circle.cycle, seen, 1)
        assert (await dates(circle))[0] == (date(2026, 12, 11), False, 1)


async def test_what_is_over_or_cancelled_is_not_put_off(house: House):
    with clock.set_to(NOON):
        circle = await small(house, *slots(4, date(2026, 11, 12)))
        await meetings.cancel(settings(), circle.cycle, circle.meetings[2])
        await decisions.postpone(settings(), circle.cycle, await mark(circle), 2)
        assert sorted(await dates(circle)) == [
            (date(2026, 11, 12), False, 0),
            (date(2026, 12, 10), False, 1),
            (date(2026, 12, 10), True, 1),
            (date(2027, 1, 7), False, 1),
        ]


async def test_it_is_cancelled_with_its_dates_and_offers(house: House):
    with clock.set_to(NOON):
        circle = await a_group(house, *slots(3, date(2026, 11, 12)), capacity=2)
        await seat(circle, await somebody(house), await somebody(house))
        await enrol(circle, await somebody(house), "waiting")
        more = Setting(capacity=3, minimum=2)
        await cycles.arrange(settings(), circle.cycle, more)
        assert await states() == ["open"]
        seen = await mark(circle)
        await decisions.cancel(settings(), circle.cycle, seen)
        assert await states() == ["withdrawn"]
        assert (await stands(circle))[0] == "cancelled"
        assert [one[1] for one in await dates(circle)] == [False, True, True]
        sequences = [one[2] for one in await dates(circle)]
        with pytest.raises(Decided):
            await decisions.cancel(settings(), circle.cycle, seen)
        assert [one[2] for one in await dates(circle)] == sequences


async def states() -> list[str]:
    return [row["state"] for row in await SeatOffer.select(SeatOffer.state)]


async def test_a_confirmed_cycle_can_still_be_put_off_or_cancelled(house: House):
    with clock.set_to(NOON):
        circle = await small(house)
        await decisions.maintain(settings(), circle.cycle, await mark(circle))
        await decisions.postpone(settings(), circle.cycle, await mark(circle), 4)
        assert (await stands(circle))[0] == "planned"
        await decisions.cancel(settings(), circle.cycle, await mark(circle))
        for decide in (decisions.maintain, decisions.cancel):
            with pytest.raises(Decided):
                await decide(settings(), circle.cycle, await mark(circle))


async def test_nothing_to_put_off_and_too_far(house: House):
    with clock.set_to(NOON):
        circle = await small(house)
        with pytest.raises(TooFar):
            await decisions.postpone(settings(), circle.cycle, await mark(circle), 200)
        for meeting in circle.meetings:
            await meetings.cancel(settings(), circle.cycle, meeting)
        with pytest.raises(NothingToCome):
            await decisions.postpone(settings(), circle.cycle, await mark(circle), 1)


async def decided_at_once(circle: Circle) -> list[object]:
    seen = await mark(circle)
    return await asyncio.gather(
        *[decisions.postpone(settings(), circle.cycle, seen, weeks) for weeks in (1, 2, 3)],
        decisions.cancel(settings(), circle.cycle, seen),
        decisions.maintain(settings(), circle.cycle, seen),
        return_exceptions=True,
    )


async def test_five_decisions_at_once_are_one(app: Litestar, live_db: Database):
    house = await inhabited(app, Role.FACILITATOR)
    with clock.set_to(NOON):
        for _ in range(3):
            circle = await a_group(house)
            done = await decided_at_once(circle)
            assert [type(one) for one in done if one] == [Decided] * 4
            assert all(one[2] <= 1 for one in await dates(circle))


async def test_two_processes_ask_once(app: Litestar, live_db: Database):
    house = await inhabited(app, Role.FACILITATOR)
    with clock.set_to(ON_THE_DAY):
        circle: UUID = (await small(house)).cycle
        await asyncio.gather(*[decisions.ask(settings()) for _ in range(3)])
        [row] = await MeetingCycle.select().where(MeetingCycle.id == circle)
        assert (row["state"], row["asked_on"]) == ("planned", DECIDE_ON)
