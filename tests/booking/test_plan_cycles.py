"""Pages of cycles: a rhythm, its dates to look over, the cycle, its dates one by one."""

from datetime import date
from uuid import UUID

import httpx
import pytest
from tests.booking.sent import fields_of, said, send_back
from tests.booking.world import NOON, Circle, a_cycle, a_group, meetings_of, slots
from tests.organisation.world import House
from tests.visitors import Visitor

from recul import clock
from recul.booking.queries import within
from recul.booking.queries.shapes import CycleRow
from recul.booking.tables import BookingRules, MeetingCycle
from recul.booking.wall import Slot
from recul.web.roles import Role

FRIDAYS = {
    "first": "2026-12-11",
    "weekday": "5",
    "weeks": "2",
    "dates": "3",
    "starts": "09:30",
    "ends": "11:00",
}
PARIS = "Europe/Paris"
KEPT = [date(2026, 12, 11), date(2027, 1, 8), date(2027, 1, 22)]
FRIDAY_SLOTS = [Slot(day, 570, 90, PARIS) for day in KEPT]


class Planner:
    """A planner and one group of hers."""

    def __init__(self, circle: Circle, role: Role = Role.FACILITATOR) -> None:
        self.circle = circle
        self.visitor: Visitor = circle.house.people[role]
        self.asks = f"/planification/groupes/{circle.group}/cycles/nouveau"
        self.makes = f"/planification/groupes/{circle.group}/cycles"

    async def proposal(self, **more: str) -> httpx.Response:
        page = await self.visitor.get(self.asks)
        return await send_back(self.visitor, page, self.asks, **FRIDAYS | more)

    async def make(self, page: httpx.Response, **more: str) -> httpx.Response:
        return await send_back(self.visitor, page, self.makes, **more)


async def made(answer: httpx.Response, planner: Planner) -> tuple[CycleRow, list[Slot]]:
    assert answer.status_code == 303, said(answer)
    cycle = UUID(answer.headers["location"].rsplit("/", 1)[1])
    row = await within.planned_cycle(planner.circle.house.ids[Role.ORGANISER], cycle)
    assert row
    return row, [one.slot for one in await within.meetings(cycle)]


@pytest.fixture
async def planner(house: House, noon: None) -> Planner:
    return Planner(await a_group(house, *slots(1, date(2026, 11, 30))))


async def test_what_is_usual_is_filled_in(planner: Planner):
    page = await planner.visitor.get(planner.asks)
    found = fields_of(page, planner.asks)
    assert {name: found[name] for name in ("rhythm", "weeks", "dates", "starts", "ends")} == {
        "rhythm": "weekly",
        "weeks": "4",
        "dates": "8",
        "starts": "14:00",
        "ends": "16:00",
    }
    assert (found["area"], found["zone"]) == ("FR", PARIS)


async def test_an_organisation_s_own_area_is_filled_in(planner: Planner):
    rules = BookingRules(
        organisation=planner.circle.house.organisation,
        rule_pack="libre",
        area="CH-VD",
        zone="Europe/Zurich",
    )
    await BookingRules.insert(rules)
    found = fields_of(await planner.visitor.get(planner.asks), planner.asks)
    assert (found["area"], found["zone"]) == ("CH-VD", "Europe/Zurich")


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.ORGANISER])
async def test_a_cycle_in_two_steps(planner: Planner, role: Role):
    planner.visitor = planner.circle.house.people[role]
    page = await planner.proposal()
    assert page.status_code == 200
    assert "Vendredi 25 décembre : Noël" in said(page)
    assert not await MeetingCycle.exists().where(MeetingCycle.id != planner.circle.cycle)
    answer = await planner.make(
        page, place="Au Jardin", access_note="Code 12", video_link="https://visio.exemple.fr/x"
    )
    row, dates = await made(answer, planner)
    assert dates == FRIDAY_SLOTS
    assert (row.place, row.access_note, row.video_link) == (
        "Au Jardin",
        "Code 12",
        "https://visio.exemple.fr/x",
    )
    assert (row.area, row.zone, row.capacity, row.minimum) == ("FR", PARIS, 12, 6)
    assert (row.decide_on, row.state) == (date(2026, 12, 4), "planned")
    text = said(await planner.visitor.get(answer.headers["location"]))
    for shown in ("Le cycle est prévu.", "vendredi 11 décembre", "9 h 30 – 11 h 00", "Code 12"):
        assert shown in text


async def test_sent_twice_one_cycle_is_made(planner: Planner):
    """The second time the dates of the first are no clash."""
    page = await planner.proposal()
    answers = [await planner.make(page) for _ in range(2)]
    assert answers[0].headers["location"] == answers[1].headers["location"]
    assert (await made(answers[1], planner))[1] == FRIDAY_SLOTS


async def test_dates_are_changed_removed_and_added_before_they_are_kept(planner: Planner):
    page = await planner.proposal()
    answer = await planner.make(page, day_1="2026-12-14", day_2="", day_5="2026-12-10")
    _, dates = await made(answer, planner)
    assert [slot.day for slot in dates] == [
        date(2026, 12, 10),
        date(2026, 12, 14),
        date(2027, 1, 22),
    ]


async def test_each_month_and_dates_of_one_s_own(planner: Planner):
    monthly = await planner.proposal(rhythm="monthly", nth="-1", weekday="4")
    assert fields_of(monthly, planner.makes).items() >= {
        ("day-1", "2026-12-31"),
        ("day-2", "2027-01-28"),
        ("day-3", "2027-02-25"),
        ("day-4", ""),
    }
    free = await planner.proposal(rhythm="free", free="8/1/2027\njeudi 10 décembre")
    assert fields_of(free, planner.makes).items() >= {
        ("day-1", "2026-12-10"),
        ("day-2", "2027-01-08"),
        ("day-3", ""),
    }


async def test_holidays_of_the_area(planner: Planner):
    """Good Friday is one in Moselle only."""
    wanted = {"first": "2027-03-26", "weeks": "1", "dates": "2"}
    france = await planner.proposal(**wanted)
    moselle = await planner.proposal(**wanted, area="FR-57")
    assert fields_of(france, planner.makes)["day-1"] == "2027-03-26"
    assert fields_of(moselle, planner.makes)["day-1"] == "2027-04-02"
    assert "Vendredi 26 mars 2027 : Vendredi saint" in said(moselle)


async def test_a_holiday_that_is_meant_is_kept_knowingly(planner: Planner):
    page = await planner.proposal(rhythm="free", free="25/12/2026")
    assert "Vendredi 25 décembre : jour férié (Noël)." in said(page)
    refused = await planner.make(page)
    assert refused.status_code == 422
    assert "cochez la case" in said(refused)
    _, dates = await made(await planner.make(refused, known_ok="1"), planner)
    assert [slot.day for slot in dates] == [date(2026, 12, 25)]


async def test_the_facilitator_is_warned_of_two_things_at_once(planner: Planner):
    circle = planner.circle
    await a_cycle(circle.group, Slot(KEPT[1], 10 * 60, 120, PARIS))
    page = await planner.proposal()
    warned = "Vendredi 8 janvier 2027, 10 h 00 – 12 h 00 : quelque chose est déjà prévu"
    assert warned in said(page)
    assert (await planner.make(page)).status_code == 422
    _, dates = await made(await planner.make(page, known_ok="1"), planner)
    assert dates == FRIDAY_SLOTS


async def test_a_cycle_is_arranged(planner: Planner):
    circle = planner.circle
    path = f"/planification/cycles/{circle.cycle}/reglages"
    form = await planner.visitor.get(path)
    assert form.text.count("Sonner à l’interphone Rivage.") == 1
    answer = await send_back(
        planner.visitor, form, path, place="Au Jardin", capacity="9", decide_on="2026-11-30"
    )
    assert answer.status_code == 303
    row = await within.planned_cycle(circle.house.ids[Role.FACILITATOR], circle.cycle)
    assert row
    assert (row.place, row.capacity, row.decide_on) == ("Au Jardin", 9, date(2026, 11, 30))
    assert row.access_note == "Sonner à l’interphone Rivage."


async def test_dates_are_moved_added_and_cancelled(planner: Planner):
    circle, visitor = planner.circle, planner.visitor
    base = f"/planification/seances/{circle.meetings[0]}"
    form = await visitor.get(f"{base}/deplacer")
    for _ in range(2):
        answer = await send_back(
            visitor, form, f"{base}/deplacer", day="2026-12-01", starts="10:00", ends="11:30"
        )
        assert answer.headers["location"] == f"/planification/cycles/{circle.cycle}"
    more = f"/planification/cycles/{circle.cycle}/seances"
    form = await visitor.get(more)
    for _ in range(2):
        assert (await send_back(visitor, form, more, day="2026-12-15")).status_code == 303
    assert [one.slot for one in await within.meetings(circle.cycle)] == [
        Slot(date(2026, 12, 1), 600, 90, PARIS),
        Slot(date(2026, 12, 15), 600, 90, PARIS),
    ]
    assert "Annuler cette séance ?" in said(await visitor.get(f"{base}/annuler"))
    for _ in range(2):
        assert (await visitor.post(f"{base}/annuler")).status_code == 303
    found = await within.meetings(circle.cycle)
    assert [(one.cancelled, one.sequence) for one in found] == [(True, 2), (False, 0)]
    for path in ("deplacer", "annuler"):
        gone = await visitor.get(f"{base}/{path}")
        assert gone.headers["location"] == f"/planification/cycles/{circle.cycle}"
    page = said(await visitor.get(f"/planification/cycles/{circle.cycle}"))
    assert "<s>Mardi 1er décembre</s>" in page


async def test_a_form_of_before_a_change_changes_nothing(planner: Planner):
    circle, visitor = planner.circle, planner.visitor
    path = f"/planification/seances/{circle.meetings[0]}/deplacer"
    form = await visitor.get(path)
    other = circle.house.organiser
    await send_back(other, await other.get(path), path, day="2026-12-01")
    late = await send_back(visitor, form, path, day="2026-12-02")
    assert late.status_code == 422
    assert "Cette date a été changée entre-temps" in said(late)
    assert "mardi 1er décembre, 14 h 00 – 16 h 00" in said(late)
    assert fields_of(late, path)["day"] == "2026-12-02"
    [still] = await within.meetings(circle.cycle)
    assert still.slot.day == date(2026, 12, 1)
    assert (await send_back(visitor, late, path)).status_code == 303
    [now] = await within.meetings(circle.cycle)
    assert now.slot.day == date(2026, 12, 2)


async def test_a_date_on_a_holiday_or_onto_another_is_moved_knowingly(planner: Planner):
    circle, visitor = planner.circle, planner.visitor
    await a_cycle(circle.group, *slots(1, date(2026, 12, 8)))
    path = f"/planification/seances/{circle.meetings[0]}/deplacer"
    form = await visitor.get(path)
    for day, warning in (("2026-12-25", "jour férié (Noël)"), ("2026-12-08", "déjà prévu")):
        warned = await send_back(visitor, form, path, day=day)
        assert warned.status_code == 422
        assert warning in said(warned)
    assert (await send_back(visitor, warned, path, known_ok="1")).status_code == 303
    [now] = await within.meetings(circle.cycle)
    assert now.slot.day == date(2026, 12, 8)


async def test_another_date_of_the_same_cycle_is_no_place_for_one(planner: Planner):
    circle, visitor = planner.circle, planner.visitor
    other = await a_cycle(circle.group, *slots(2, date(2026, 12, 8), every=7))
    first, _ = await meetings_of(other)
    path = f"/planification/seances/{first}/deplacer"
    form = await visitor.get(path)
    refused = await send_back(visitor, form, path, day="2026-12-15", known_ok="1")
    assert refused.status_code == 422
    assert "Ce cycle a déjà une séance à ce moment." in said(refused)


async def test_what_has_begun_is_not_moved_any_more(house: House):
    with clock.set_to(NOON):
        circle = await a_group(house, *slots(1, NOON.date(), starts=12 * 60))
        visitor = house.organiser
        path = f"/planification/seances/{circle.meetings[0]}"
        sent = {"day": "2026-12-01", "starts": "10:00", "ends": "12:00", "sequence": "0"}
        for action, fields in (("deplacer", sent), ("annuler", None)):
            answer = await visitor.post(f"{path}/{action}", fields)
            assert answer.status_code == 303
            page = said(await visitor.get(answer.headers["location"]))
            assert "elle ne se change plus" in page
        [still] = await within.meetings(circle.cycle)
        assert (still.slot.day, still.cancelled, still.sequence) == (NOON.date(), False, 0)
