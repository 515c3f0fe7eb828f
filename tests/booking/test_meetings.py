"""One date: moved, cancelled, added; each change raises what calendars count by."""

import asyncio
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from litestar import Litestar
from tests.booking.world import NOON, a_group, enrol, slots, somebody
from tests.organisation.world import House, inhabited
from tests.visitors import settings

from recul import clock
from recul.booking.actions import groups, meetings
from recul.booking.actions.meetings import Changed, Over, Overlap, TooMany
from recul.booking.kinds import DATES
from recul.booking.queries import within
from recul.booking.queries.agenda import agenda
from recul.booking.queries.shapes import MeetingRow
from recul.booking.tables import Enrolment, Meeting, MeetingCycle
from recul.booking.wall import Slot
from recul.database import Database
from recul.web.roles import Role

LATER = NOON + timedelta(hours=1)
FRIDAY = Slot(date(2026, 12, 4), 9 * 60, 90, "Europe/Paris")
CYCLE = "Maison du Rivage, salle 2"


async def dates(cycle: UUID) -> list[tuple[Slot, str, bool, int]]:
    found: list[MeetingRow] = await within.meetings(cycle)
    return [(one.slot, one.place, one.cancelled, one.sequence) for one in found]


async def changed(meeting: UUID) -> object:
    return (await Meeting.select(Meeting.changed_at).where(Meeting.id == meeting))[0]["changed_at"]


async def test_a_date_is_moved(house: House):
    with clock.set_to(NOON):
        circle = await a_group(house)
        _, second, third = slots()
        await Meeting.update(reminded=3).where(Meeting.id == circle.meetings[0])
    with clock.set_to(LATER):
        await meetings.move(settings(), circle.cycle, circle.meetings[0], 0, FRIDAY, "Au Jardin")
        assert await dates(circle.cycle) == [
            (FRIDAY, "Au Jardin", False, 1),
            (second, CYCLE, False, 0),
            (third, CYCLE, False, 0),
        ]
        assert await changed(circle.meetings[0]) == LATER
        [row] = await Meeting.select().where(Meeting.id == circle.meetings[0])
        assert (row["starts_at"], row["ends_at"]) == (FRIDAY.starts_at, FRIDAY.ends_at)
        assert row["reminded"] == 0
        [led] = await agenda(house.ids[Role.FACILITATOR], FRIDAY.starts_at, FRIDAY.ends_at)
        assert (led.slot, led.place) == (FRIDAY, "Au Jardin")
        # Back to the cycle's place, at the same hour.
        await meetings.move(settings(), circle.cycle, circle.meetings[0], 1, FRIDAY, None)
        assert (await dates(circle.cycle))[0] == (FRIDAY, CYCLE, False, 2)


async def test_moved_twice_by_the_same_form_it_moves_once(house: House):
    with clock.set_to(NOON):
        circle = await a_group(house)
        for _ in range(2):
            await meetings.move(settings(), circle.cycle, circle.meetings[0], 0, FRIDAY, None)
        assert (await dates(circle.cycle))[0] == (FRIDAY, CYCLE, False, 1)


async def test_what_changed_since_it_was_shown_is_not_overwritten(house: House):
    with clock.set_to(NOON):
        circle = await a_group(house)
        await meetings.move(settings(), circle.cycle, circle.meetings[0], 0, FRIDAY, None)
        other = slots(1, date(2026, 12, 8))[0]
        with pytest.raises(Changed):
            await meetings.move(settings(), circle.cycle, circle.meetings[0], 0, other, None)
        assert (await dates(circle.cycle))[0] == (FRIDAY, CYCLE, False, 1)


async def test_two_dates_of_a_cycle_never_overlap(house: House):
    with clock.set_to(NOON):
        circle = await a_group(house)
        second = slots()[1]
        onto = Slot(second.day, second.starts + 60, 60, second.zone)
        with pytest.raises(Overlap):
            await meetings.move(settings(), circle.cycle, circle.meetings[0], 0, onto, None)
        with pytest.raises(Overlap):
            await meetings.add(settings(), circle.cycle, onto, uuid4())
        await meetings.cancel(settings(), circle.cycle, circle.meetings[1])
        await meetings.move(settings(), circle.cycle, circle.meetings[0], 0, onto, None)
        beside = Slot(second.day, second.starts + 120, 60, second.zone)
        await meetings.add(settings(), circle.cycle, beside, uuid4())


async def test_a_date_is_cancelled_once(house: House):
    with clock.set_to(NOON):
        circle = await a_group(house)
    with clock.set_to(LATER):
        for _ in range(2):
            await meetings.cancel(settings(), circle.cycle, circle.meetings[1])
        assert [(one[2], one[3]) for one in await dates(circle.cycle)] == [
            (False, 0),
            (True, 1),
            (False, 0),
        ]
        assert await changed(circle.meetings[1]) == LATER


async def test_what_has_begun_or_was_held_or_cancelled_stays(house: House):
    with clock.set_to(NOON):
        circle = await a_group(house, *slots(3, date(2026, 11, 21), starts=12 * 60))
        await Meeting.update(noted_on=NOON.date()).where(Meeting.id == circle.meetings[1])
        await meetings.cancel(settings(), circle.cycle, circle.meetings[2])
        before = await dates(circle.cycle)
        for number in (0, 1, 2):
            with pytest.raises(Over):
                await meetings.move(
                    settings(), circle.cycle, circle.meetings[number], number // 2, FRIDAY, None
                )
        for number in (0, 1):
            with pytest.raises(Over):
                await meetings.cancel(settings(), circle.cycle, circle.meetings[number])
        assert await dates(circle.cycle) == before


async def test_a_date_is_added_once(house: House):
    with clock.set_to(NOON):
        circle, new = await a_group(house), uuid4()
        for _ in range(2):
            await meetings.add(settings(), circle.cycle, FRIDAY, new)
        assert [one[0] for one in await dates(circle.cycle)] == sorted([*slots(), FRIDAY])
        assert (await within.cycle_of(new)) == circle.cycle


async def test_a_cycle_has_an_end(house: House):
    with clock.set_to(NOON):
        circle = await a_group(house, *slots(DATES, every=7))
        with pytest.raises(TooMany):
            await meetings.add(settings(), circle.cycle, FRIDAY, uuid4())
        await MeetingCycle.update(state="cancelled").where(MeetingCycle.id == circle.cycle)
        with pytest.raises(Over):
            await meetings.add(settings(), circle.cycle, FRIDAY, uuid4())
        assert len(await within.meetings(circle.cycle)) == DATES


async def test_a_group_that_is_closed_has_no_more_dates(house: House):
    with clock.set_to(NOON):
        circle = await a_group(house, *slots(1, date(2026, 11, 19)))
        await groups.close(circle.group)
        with pytest.raises(Over):
            await meetings.add(settings(), circle.cycle, FRIDAY, uuid4())
        assert len(await within.meetings(circle.cycle)) == 1


async def test_seats_stay_as_they_are(house: House):
    with clock.set_to(NOON):
        circle = await a_group(house)
        await enrol(circle, await somebody(house))
        before = await Enrolment.select()
        await meetings.move(settings(), circle.cycle, circle.meetings[0], 0, FRIDAY, None)
        await meetings.cancel(settings(), circle.cycle, circle.meetings[1])
        assert await Enrolment.select() == before


async def test_two_people_move_a_date_at_the_same_time(app: Litestar, live_db: Database):
    house = await inhabited(app, Role.FACILITATOR)
    with clock.set_to(NOON):
        circle = await a_group(house)
        wanted = [slots(1, date(2026, 12, 7 + number))[0] for number in range(5)]
        done = await asyncio.gather(
            *[
                meetings.move(settings(), circle.cycle, circle.meetings[0], 0, slot, None)
                for slot in wanted
            ],
            return_exceptions=True,
        )
        assert [type(one) for one in done if one] == [Changed] * 4
        moved = (await dates(circle.cycle))[0]
        assert moved == (wanted[done.index(None)], CYCLE, False, 1)
