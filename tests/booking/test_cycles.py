"""A cycle and its dates: made, kept to the wall clock, and changed as a whole."""

from dataclasses import asdict, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from tests.booking.world import (
    FIRST,
    NOON,
    Circle,
    a_cycle,
    a_group,
    cycle_plan,
    enrol,
    group_plan,
    meetings_of,
    seat,
    slots,
    somebody,
)
from tests.organisation.world import House
from tests.visitors import settings

from recul import clock
from recul.booking.actions import cycles, groups, meetings
from recul.booking.actions.cycles import GroupClosed, TooFewSeats
from recul.booking.plan import Setting
from recul.booking.queries import plans, within
from recul.booking.tables import Meeting, MeetingCycle, SeatOffer
from recul.database import UniqueViolation
from recul.web.roles import Role

HERE = Setting(place="Ici", access_note="Code 12", video_link="", capacity=12, minimum=6)


async def row(cycle: UUID) -> dict[str, Any]:
    found = await MeetingCycle.select().where(MeetingCycle.id == cycle)
    return dict(found[0])


async def sequences(circle: Circle) -> list[int]:
    return [one.sequence for one in await within.meetings(circle.cycle)]


async def test_a_cycle_is_made_with_its_dates(house: House):
    with clock.set_to(NOON):
        group = (await a_group(house)).group
        cycle = await cycles.plan(group, cycle_plan(area="FR-57", minimum=4))
        rows = await Meeting.select().where(Meeting.cycle == cycle).order_by(Meeting.day)
    assert await row(cycle) == {
        "id": cycle,
        "meeting_group": group,
        "zone": "Europe/Paris",
        "area": "FR-57",
        "place": "Maison du Rivage, salle 2",
        "access_note": "Sonner à l’interphone Rivage.",
        "video_link": "",
        "capacity": 12,
        "minimum": 4,
        "decide_on": FIRST - timedelta(days=7),
        "state": "planned",
        "asked_on": None,
        "arrivals": 0,
    }
    assert [{k: v for k, v in one.items() if k not in ("id", "cycle")} for one in rows] == [
        {
            "day": FIRST + timedelta(days=14 * number),
            "starts": 14 * 60,
            "minutes": 120,
            "starts_at": datetime(2026, 12, 3, 13, tzinfo=UTC) + timedelta(days=14 * number),
            "ends_at": datetime(2026, 12, 3, 15, tzinfo=UTC) + timedelta(days=14 * number),
            "place": None,
            "cancelled": False,
            "sequence": 0,
            "changed_at": NOON,
            "noted_on": None,
            "reminded": 0,
        }
        for number in range(3)
    ]


async def test_the_decision_is_never_on_a_day_that_is_over(house: House):
    with clock.set_to(NOON):
        circle = await a_group(house, *slots(2, date(2026, 11, 24)))
        assert (await row(circle.cycle))["decide_on"] == NOON.date()


async def test_a_group_that_runs_itself_has_nobody_to_decide(house: House):
    circle = await a_group(house, kind="peer_support_group")
    assert (await row(circle.cycle))["state"] == "confirmed"


async def test_the_same_form_sent_twice_makes_one_cycle(house: House):
    circle, new = await a_group(house), uuid4()
    await cycles.plan(circle.group, cycle_plan(), new)
    with pytest.raises(UniqueViolation):
        await cycles.plan(circle.group, cycle_plan(*slots(5)), new)
    assert len(await meetings_of(new)) == 3


async def test_no_cycle_begins_in_a_closed_group(house: House):
    group = await groups.found(house.organisation, group_plan(house.ids[Role.FACILITATOR]))
    await groups.close(group)
    with pytest.raises(GroupClosed):
        await a_cycle(group)
    assert not await MeetingCycle.exists()


@pytest.mark.parametrize("zone", ["Europe/Paris", "Europe/Zurich", "America/Martinique"])
async def test_nine_o_clock_stays_nine_o_clock(house: House, zone: str):
    """A year across both changes of the clock; a facilitator abroad sees her own hour move."""
    dates = slots(27, date(2026, 9, 3), starts=9 * 60, zone=zone)
    circle = await a_group(house, *dates)
    kept = await Meeting.select(Meeting.starts_at, Meeting.ends_at).where(
        Meeting.cycle == circle.cycle
    )
    here = [one["starts_at"].astimezone(ZoneInfo(zone)) for one in kept]
    assert {(moment.hour, moment.minute) for moment in here} == {(9, 0)}
    assert {one["ends_at"] - one["starts_at"] for one in kept} == {timedelta(hours=2)}
    abroad = {moment.astimezone(ZoneInfo("America/Montreal")).hour for moment in here}
    assert abroad == ({3, 4} if zone.startswith("Europe") else {8, 9})


async def test_another_place_is_told_for_the_dates_to_come(house: House):
    with clock.set_to(NOON):
        circle = await a_group(house, *slots(3, date(2026, 11, 12)))
        elsewhere = slots(1, date(2026, 12, 10))[0]
        await meetings.move(settings(), circle.cycle, circle.meetings[2], 0, elsewhere, "Ailleurs")
        await cycles.arrange(settings(), circle.cycle, HERE)
        assert (await row(circle.cycle)).items() >= asdict(HERE).items()
        # The first is over; the third has a place of its own.
        assert await sequences(circle) == [0, 1, 1]
        await cycles.arrange(settings(), circle.cycle, HERE)
        assert await sequences(circle) == [0, 1, 1]
        found = await within.meetings(circle.cycle)
        assert [one.place for one in found] == ["Ici", "Ici", "Ailleurs"]
        linked = replace(HERE, video_link="https://visio.exemple.fr/x")
        await cycles.arrange(settings(), circle.cycle, linked)
        assert await sequences(circle) == [0, 2, 2]


async def test_another_day_of_decision_is_asked_about_again(house: House):
    with clock.set_to(NOON):
        circle = await a_group(house)
        await MeetingCycle.update(asked_on=NOON.date()).where(MeetingCycle.id == circle.cycle)
        await cycles.arrange(settings(), circle.cycle, HERE)
        assert (await row(circle.cycle))["asked_on"] == NOON.date()
        await cycles.arrange(settings(), circle.cycle, HERE, date(2026, 12, 1))
        assert (await row(circle.cycle))["asked_on"] is None
        assert (await row(circle.cycle))["decide_on"] == date(2026, 12, 1)


def for_people(capacity: int) -> Setting:
    return Setting(capacity=capacity, minimum=2)


async def test_seats_that_are_taken_are_not_taken_away(house: House):
    with clock.set_to(NOON):
        circle = await a_group(house, capacity=3)
        await seat(circle, *[await somebody(house) for _ in range(3)])
        with pytest.raises(TooFewSeats):
            await cycles.arrange(settings(), circle.cycle, for_people(2))
        assert (await row(circle.cycle))["capacity"] == 3
        await cycles.arrange(settings(), circle.cycle, for_people(3))


async def test_more_seats_are_offered_to_those_who_wait(house: House):
    with clock.set_to(NOON):
        circle = await a_group(house, capacity=2)
        await seat(circle, *[await somebody(house) for _ in range(2)])
        waits = [await enrol(circle, await somebody(house), "waiting") for _ in range(2)]
        await cycles.arrange(settings(), circle.cycle, for_people(3))
        offers = await SeatOffer.select(SeatOffer.enrolment, SeatOffer.state)
        assert offers == [{"enrolment": waits[0], "state": "open"}]
        counts = await plans.counts(circle.cycle)
        assert (counts.seated, counts.offered, counts.taken, counts.waiting) == (2, 1, 3, 2)
        # The seat that is kept for her counts as taken.
        with pytest.raises(TooFewSeats):
            await cycles.arrange(settings(), circle.cycle, for_people(2))
