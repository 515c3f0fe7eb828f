"""Series across the nights in which clocks change, on the pages of people near and far."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from litestar import Litestar
from tests.booking.sent import said, send_back
from tests.booking.world import Circle, a_group, seat, slots
from tests.organisation.world import House, inhabited
from tests.visitors import Visitor

from recul import clock
from recul.accounts.tables import Account
from recul.booking.queries import within
from recul.booking.tables import Meeting
from recul.booking.wall import Slot
from recul.database import Database
from recul.web.roles import Role

PARIS, ZURICH, MONTREAL = "Europe/Paris", "Europe/Zurich", "America/Montreal"
GUADELOUPE, NOUMEA = "America/Guadeloupe", "Pacific/Noumea"
BEFORE = datetime(2027, 3, 8, 12, tzinfo=UTC)
"""A Monday; Montréal changes on the 14th, Paris and Zurich on the 28th."""
SPRING, AUTUMN = date(2027, 3, 28), date(2027, 10, 31)
"""The nights in which half past two is skipped, and comes twice, in Paris."""
SPAN, TAG = re.compile(r"</?span[^>]*>"), re.compile(r"<[^>]+>")


@pytest.fixture
def early() -> Iterator[None]:
    with clock.set_to(BEFORE):
        yield


@pytest.fixture
async def two(db: Database, app: Litestar, early: None) -> House:
    """A facilitator, and Anabelle."""
    return await inhabited(app, Role.SELF, Role.FACILITATOR)


async def lives_in(house: House, zone: str) -> None:
    await Account.update({Account.time_zone: zone}).where(Account.id.is_in([*house.ids.values()]))


async def shown(visitor: Visitor, path: str) -> str:
    """The text of a page."""
    answer = await visitor.get(path)
    assert answer.status_code == 200, path
    return " ".join(TAG.sub(" ", SPAN.sub("", said(answer))).split())


async def a_series(house: House, zone: str, day: date, count: int = 3, **more: int) -> Circle:
    """At nine, unless told, with Anabelle in it."""
    wanted = {"starts": 9 * 60, "minutes": 120, "every": 7} | more
    circle = await a_group(house, *slots(count, day, zone=zone, **wanted))
    await seat(circle, house.ids[Role.SELF])
    return circle


def week(day: date) -> str:
    year, number, _ = day.isocalendar()
    return f"/animation?semaine={year}-W{number:02}"


HERE_AND_THERE = [
    (PARIS, PARIS, ""),
    (PARIS, ZURICH, ""),
    (ZURICH, PARIS, ""),
    (PARIS, MONTREAL, " (heure de Paris)"),
    (ZURICH, MONTREAL, " (heure de Zurich)"),
    (MONTREAL, PARIS, " (heure de Montreal)"),
]


@pytest.mark.parametrize(("zone", "viewer", "named"), HERE_AND_THERE)
@pytest.mark.parametrize("first", [date(2027, 3, 11), date(2027, 10, 28)])
async def test_nine_is_nine_on_every_page(
    two: House, zone: str, viewer: str, named: str, first: date
):
    """Over all changes of both zones; the zone is said where it is not the reader's."""
    circle = await a_series(two, zone, first, 4)
    await lives_in(two, viewer)
    nine = f"9 h 00 – 11 h 00{named}"
    assert f"Quatre jeudis, {nine}." in await shown(two.self, "/groupes")
    assert (await shown(two.self, f"/groupes/cycles/{circle.cycle}")).count(nine) >= 5
    for meeting in await within.meetings(circle.cycle):
        page = await shown(two.people[Role.FACILITATOR], week(meeting.slot.day))
        assert page.count(nine) == 1
        assert nine in await shown(two.self, f"/groupes/seances/{meeting.id}")
        wall = meeting.starts_at.astimezone(meeting.slot.wall.tzinfo)
        assert (wall.hour, wall.minute, wall.date()) == (9, 0, meeting.slot.day)


@pytest.mark.parametrize("first", [date(2027, 9, 23), date(2027, 11, 4)])
async def test_a_zone_that_agrees_in_summer_only_is_said(two: House, first: date):
    """Guadeloupe keeps its clocks; Montréal has the same hour until November."""
    circle = await a_series(two, GUADELOUPE, first, 8)
    await lives_in(two, MONTREAL)
    nine = "9 h 00 – 11 h 00 (heure de Guadeloupe)"
    assert f"Huit jeudis, {nine}" in await shown(two.self, "/groupes")
    winter = [one for one in circle.meetings if await _is_winter(one)]
    page = await shown(two.self, f"/groupes/cycles/{circle.cycle}")
    assert page.count(nine) == 1 + len(winter)


async def _is_winter(meeting: object) -> bool:
    [row] = await Meeting.select(Meeting.day).where(Meeting.id == meeting)
    return bool(row["day"] > date(2027, 11, 7))


async def test_a_morning_that_is_still_the_evening_before(two: House):
    """It stands on the reader's own day, with the day that it is there."""
    await a_series(two, NOUMEA, date(2027, 3, 25), 1)
    page = await shown(two.people[Role.FACILITATOR], week(date(2027, 3, 24)))
    wanted = "Mercredi 24 mars jeudi 25 mars, 9 h 00 – 11 h 00 (heure de Noumea)"
    assert wanted in page


NIGHTS = [
    (SPRING, "3 h 30 – 5 h 30", datetime(2027, 3, 28, 1, 30, tzinfo=UTC)),
    (AUTUMN, "2 h 30 – 3 h 30", datetime(2027, 10, 31, 0, 30, tzinfo=UTC)),
]
"""What clocks show of two hours from half past two."""


@pytest.mark.parametrize(("night", "hours", "instant"), NIGHTS)
async def test_the_hour_that_is_skipped_or_comes_twice(
    two: House, night: date, hours: str, instant: datetime
):
    circle = await a_series(two, PARIS, night, 1, starts=150)
    [meeting] = await within.meetings(circle.cycle)
    assert (meeting.starts_at, meeting.ends_at - meeting.starts_at) == (
        instant,
        timedelta(hours=2),
    )
    leader = two.people[Role.FACILITATOR]
    for visitor, path in (
        (two.self, "/groupes"),
        (two.self, f"/groupes/cycles/{circle.cycle}"),
        (two.self, f"/groupes/seances/{meeting.id}"),
        (leader, week(night)),
        (leader, f"/animation/seances/{meeting.id}"),
        (leader, f"/planification/cycles/{circle.cycle}"),
    ):
        page = await shown(visitor, path)
        assert hours in page, path
        assert "heure de" not in page, path


@pytest.mark.parametrize("night", [SPRING, AUTUMN])
async def test_a_date_is_moved_into_that_hour_and_back(two: House, night: date):
    circle, leader = await a_series(two, PARIS, date(2027, 3, 11)), two.people[Role.FACILITATOR]
    path = f"/planification/seances/{circle.meetings[0]}/deplacer"
    for day, starts, ends in (
        (night, "02:30", "04:30"),
        (night, "01:30", "03:30"),
        (date(2027, 3, 11), "09:00", "11:00"),
    ):
        typed = {"day": day.isoformat(), "starts": starts, "ends": ends, "known_ok": "1"}
        form = await leader.get(path)
        assert (await send_back(leader, form, path, **typed)).status_code == 303, typed
        form = await leader.get(path)
        assert all(f'value="{value}"' in form.text for value in (day.isoformat(), starts, ends))
    assert (await within.meetings(circle.cycle))[0].slot == Slot(date(2027, 3, 11), 540, 120, PARIS)


def test_a_wall_shows_what_clocks_show():
    for zone in (PARIS, ZURICH):
        skipped, twice = (Slot(day, 150, 60, zone) for day in (SPRING, AUTUMN))
        assert f"{skipped.wall:%H:%M} {skipped.wall_end:%H:%M}" == "03:30 04:30"
        assert f"{twice.wall:%H:%M} {twice.wall_end:%H:%M}" == "02:30 02:30"
        assert not any(slot.elsewhere(zone) for slot in (skipped, twice))
        assert not any(slot.elsewhere(PARIS) for slot in (skipped, twice))
