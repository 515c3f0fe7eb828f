"""The hours of a week, line by line without a script, and the days that are otherwise."""

from datetime import date
from html import unescape
from typing import Any

import pytest
from tests.booking.supervising import WEEK, an_offer, booked, slot, times
from tests.organisation.world import House
from tests.visitors import Visitor

from recul.booking.forms.availability import minutes_of
from recul.booking.tables import Availability, AvailabilityException
from recul.web.forms import clock_of
from recul.web.roles import Role

pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def facilitator(house: House) -> Visitor:
    return house.people[Role.FACILITATOR]


async def week() -> list[tuple[int, int, int]]:
    rows = await Availability.select()
    return sorted((row["weekday"], row["starts"], row["ends"]) for row in rows)


async def days() -> list[tuple[date, int | None, int | None]]:
    rows = await AvailabilityException.select().order_by(AvailabilityException.day)
    return [(row["day"], row["starts"], row["ends"]) for row in rows]


async def send(visitor: Visitor, offer: object, form: dict[str, Any], to: str = "heures") -> Any:
    return await visitor.post(f"/animation/supervision/{offer}/{to}", form)


async def test_the_week_as_it_is_kept(house: House, facilitator: Visitor):
    offer = await an_offer(house)
    page = (await facilitator.get(f"/animation/supervision/{offer}/heures")).text
    assert 'name="starts-2" value="09:00"' in page
    assert 'name="ends-4" value="17:00"' in page
    assert page.count('name="starts-1" value=""') == 1


async def test_it_is_written_anew(house: House, facilitator: Visitor):
    offer = await an_offer(house)
    form = {
        "starts-1": ["08:30", "", "14:00"],
        "ends-1": ["11:00", "", "00:00"],
        "starts-2": "",
        "ends-2": "",
    }
    for _ in range(2):
        answer = await send(facilitator, offer, form)
        assert answer.headers["location"] == f"/animation/supervision/{offer}/heures"
    assert await week() == [(1, 510, 660), (1, 840, 1440)]
    assert (await send(facilitator, offer, {})).status_code == 303
    assert await week() == []


async def test_lines_are_added_and_removed_without_being_saved(house: House, facilitator: Visitor):
    offer = await an_offer(house)
    form = {"starts-2": "09:00", "ends-2": "12:00"}
    page = (await send(facilitator, offer, form | {"add": "2"})).text
    assert page.count('name="starts-2"') == 2
    assert 'value="09:00"' in page
    two = {"starts-2": ["09:00", "14:00"], "ends-2": ["12:00", "pas encore"]}
    page = (await send(facilitator, offer, two | {"remove": "2-0"})).text
    assert page.count('name="starts-2"') == 1
    assert 'name="starts-2" value="14:00"' in page
    assert 'name="ends-2" value="pas encore"' in page
    for odd in ("9", "x", "2-99", "-"):
        assert (await send(facilitator, offer, form | {"add": odd})).status_code == 200
        assert (await send(facilitator, offer, form | {"remove": odd})).status_code == 200
    many = {"starts-2": ["09:00"] * 30, "ends-2": ["12:00"] * 30}
    page = (await send(facilitator, offer, many | {"add": "2"})).text
    assert page.count('name="starts-2"') == 8
    assert await week() == WEEK


@pytest.mark.parametrize(
    ("starts", "ends", "line", "said"),
    [
        (["09:00"], [""], 0, "Écrivez une heure de début et une heure de fin"),
        (["25:00"], ["26:00"], 0, "Écrivez une heure de début et une heure de fin"),
        (["midi"], ["14:00"], 0, "Écrivez une heure de début et une heure de fin"),
        (["12:00"], ["09:00"], 0, "La fin vient après le début."),
        (["09:00"], ["09:00"], 0, "La fin vient après le début."),
        (["09:00"], ["09:45"], 0, "il dure 60 minutes"),
        (["09:00", "11:00"], ["12:00", "13:00"], 1, "se croisent avec d’autres"),
        (["14:00", "09:00"], ["17:00", "14:15"], 1, "se croisent avec d’autres"),
    ],
)
async def test_each_line_says_what_is_wrong_with_it(
    house: House, facilitator: Visitor, starts: list[str], ends: list[str], line: int, said: str
):
    offer = await an_offer(house)
    answer = await send(facilitator, offer, {"starts-3": starts, "ends-3": ends})
    page = unescape(answer.text)
    assert answer.status_code == 422
    assert said in page
    assert f'id="hours-3-{line}-error"' in page
    assert f'href="#hours-3-{line}"' in page
    assert all(f'name="starts-3" value="{typed}"' in page for typed in starts)
    assert await week() == WEEK


async def test_hours_that_go_leave_what_is_booked(house: House, facilitator: Visitor):
    offer = await an_offer(house)
    await booked(offer, house.ids[Role.SELF])
    await send(facilitator, offer, {})
    assert (await week(), await times()) == ([], [(slot().day, 540, 0)])


async def test_days_are_added_and_removed(house: House, facilitator: Visitor):
    offer = await an_offer(house)
    closed = {"day": "2026-12-01", "kind": "closed"}
    extra = {"day": "2026-12-05", "kind": "extra", "starts": "10:00", "ends": "12:00"}
    for form in (closed, closed, extra, extra):
        assert (await send(facilitator, offer, form, "exceptions")).status_code == 303
    assert await days() == [(date(2026, 12, 1), None, None), (date(2026, 12, 5), 600, 720)]
    page = unescape((await facilitator.get(f"/animation/supervision/{offer}/heures")).text)
    assert "Mardi 1er décembre" in page
    assert "ouvert aussi de 10:00 à 12:00" in page
    [first, _] = await AvailabilityException.select().order_by(AvailabilityException.day)
    address = f"exceptions/{first['id']}/retrait"
    for _ in range(2):
        assert (await send(facilitator, offer, {}, address)).status_code == 303
    assert await days() == [(date(2026, 12, 5), 600, 720)]
    # Not by way of another offer of hers.
    [other] = await AvailabilityException.select()
    second = await an_offer(house)
    await send(facilitator, second, {}, f"exceptions/{other['id']}/retrait")
    assert len(await days()) == 1


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"day": "2026-11-20", "kind": "closed"},
        {"day": "2029-01-01", "kind": "closed"},
        {"day": "9999-12-31", "kind": "closed"},
        {"day": "2026-02-30", "kind": "closed"},
        {"day": "2026-12-01", "kind": "autre"},
        {"day": "2026-12-01", "kind": "extra"},
        {"day": "2026-12-01", "kind": "extra", "starts": "12:00", "ends": "10:00"},
        {"day": "2026-12-01", "kind": "extra", "starts": "10:00", "ends": "10:30"},
    ],
)
async def test_days_that_cannot_be(house: House, facilitator: Visitor, form: dict[str, str]):
    offer = await an_offer(house)
    answer = await send(facilitator, offer, form, "exceptions")
    assert (answer.status_code, await days()) == (422, [])
    assert all(typed in answer.text for typed in form.values() if typed != "autre")


def test_hours_as_people_type_them():
    assert [minutes_of(typed) for typed in ("9:05", "09:05:00", "9h05", " 23:59 ")] == [
        545,
        545,
        545,
        1439,
    ]
    wrong = ("", "9", "24:00", "9:60", "a:b", "1:2:3:4", "009:00")
    assert [minutes_of(typed) for typed in wrong] == [None] * len(wrong)
    assert [clock_of(minutes) for minutes in (0, 545, 1440)] == ["00:00", "09:05", "00:00"]
