"""Attendance in one screen, the people of a cycle, and a memo that only its author can open."""

import re
from datetime import date, timedelta
from html import unescape
from uuid import uuid4

import pytest
from tests.booking.world import NOON, Circle, a_group, enrol, seat, slots, somebody
from tests.organisation.world import House
from tests.visitors import Visitor

from recul import clock
from recul.booking.actions import memos
from recul.booking.tables import Attendance, Meeting, MeetingCycle, MeetingMemo
from recul.web.roles import Role

HELD = date(2026, 11, 19)
SECRET = "Ce que la troisième séance a fait bouger."
pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
async def circle(house: House) -> Circle:
    """Two meetings: the first was two days ago."""
    return await a_group(house, *slots(2, HELD, every=14))


@pytest.fixture
def leader(house: House) -> Visitor:
    return house.people[Role.FACILITATOR]


async def states(meeting: object) -> dict[object, str]:
    rows = await Attendance.select(Attendance.account, Attendance.state).where(
        Attendance.meeting == meeting
    )
    return {row["account"]: row["state"] for row in rows}


async def test_names_are_filed_whatever_their_accents(
    house: House, circle: Circle, leader: Visitor
):
    await seat(circle, *[await somebody(house, name) for name in ("Zoé", "Élie", "fanny", "Dan")])
    page = unescape((await leader.get(f"/animation/seances/{circle.meetings[0]}")).text)
    found = re.findall("<legend>(.+?)</legend>", page)
    assert found == ["Dan", "Élie", "fanny", "Zoé"]


async def test_who_leads_finds_the_video_link(circle: Circle, leader: Visitor):
    link, path = "https://visio.exemple.fr/s", f"/animation/seances/{circle.meetings[0]}"
    assert link not in (await leader.get(path)).text
    await MeetingCycle.update({MeetingCycle.video_link: link}).where(
        MeetingCycle.id == circle.cycle
    )
    assert f'href="{link}"' in (await leader.get(path)).text


async def test_a_whole_meeting_is_noted_at_once_and_corrected(
    house: House, circle: Circle, leader: Visitor
):
    ana, ben, cleo = [await somebody(house, name) for name in ("Ana", "Ben", "Cléo")]
    await seat(circle, ana, ben, cleo)
    await Attendance(meeting=circle.meetings[0], account=ben, state="excused").save()
    page = unescape((await leader.get(f"/animation/seances/{circle.meetings[0]}")).text)
    assert f'name="p-{ben}" value="excused" checked' in page
    assert f'name="p-{ana}" value="present" checked' in page
    path = f"/animation/seances/{circle.meetings[0]}/presences"
    sent = {f"p-{ana}": "present", f"p-{ben}": "excused", f"p-{cleo}": "absent"}
    for _ in range(2):
        assert (await leader.post(path, sent)).status_code == 303
    wanted = {ana: "present", ben: "excused", cleo: "absent"}
    assert await states(circle.meetings[0]) == wanted
    await leader.post(path, {f"p-{cleo}": "present"})
    assert await states(circle.meetings[0]) == wanted | {cleo: "present"}
    [row] = await Meeting.select(Meeting.noted_on).where(Meeting.id == circle.meetings[0])
    assert row == {"noted_on": clock.today()}


async def test_only_who_has_a_seat_is_noted(house: House, circle: Circle, leader: Visitor):
    inside, waiting, foreign = [await somebody(house) for _ in range(3)]
    await seat(circle, inside)
    await enrol(circle, waiting, "waiting")
    sent = {f"p-{each}": "present" for each in (inside, waiting, foreign, "x", uuid4())}
    await leader.post(f"/animation/seances/{circle.meetings[0]}/presences", sent)
    assert await states(circle.meetings[0]) == {inside: "present"}


async def test_what_has_not_begun_or_is_cancelled_is_not_noted(
    house: House, circle: Circle, leader: Visitor
):
    person = await somebody(house)
    await seat(circle, person)
    sent = {f"p-{person}": "present"}
    answer = await leader.post(f"/animation/seances/{circle.meetings[1]}/presences", sent)
    assert (answer.status_code, "pas commencé" in unescape(answer.text)) == (422, True)
    await Meeting.update({Meeting.cancelled: True}).where(Meeting.id == circle.meetings[0])
    answer = await leader.post(f"/animation/seances/{circle.meetings[0]}/presences", sent)
    assert (answer.status_code, "annulée" in unescape(answer.text)) == (422, True)
    assert await states(circle.meetings[0]) == {}


async def test_people_of_a_cycle_by_rank_for_its_facilitator_only(
    house: House, circle: Circle, leader: Visitor
):
    names = {"seated": "Assise", "asked": "Demandeuse", "waiting": "Attentive"}
    for state, name in names.items():
        await enrol(circle, await somebody(house, name), state)
    await enrol(circle, await somebody(house, "Partie"), "left")
    shown = unescape((await leader.get(f"/animation/cycles/{circle.cycle}")).text)
    assert all(name in shown for name in names.values())
    assert "Partie" not in shown
    assert "@exemple.fr" not in shown


async def test_a_double_role_is_said_to_the_facilitator(
    house: House, circle: Circle, leader: Visitor
):
    from recul.organisation.actions import roles

    await seat(circle, house.ids[Role.SELF])
    path = f"/animation/cycles/{circle.cycle}"
    assert "de votre équipe" not in unescape((await leader.get(path)).text)
    await roles.answer_for(house.ids[Role.FACILITATOR], house.team)
    assert "de votre équipe" in unescape((await leader.get(path)).text)


@pytest.mark.parametrize("path", ["seances/{meeting}", "cycles/{cycle}"])
async def test_nobody_else_sees_who_is_expected(house: House, circle: Circle, path: str):
    await seat(circle, await somebody(house, "Prénom-Reconnaissable"))
    address = "/animation/" + path.format(meeting=circle.meetings[0], cycle=circle.cycle)
    for role, visitor in house.people.items():
        answer = await visitor.get(address)
        shown = "Prénom-Reconnaissable" in unescape(answer.text)
        assert (answer.status_code, shown) == (
            (200, True) if role is Role.FACILITATOR else (404, False)
        )


async def test_nobody_else_writes(house: House, circle: Circle):
    person = await somebody(house)
    await seat(circle, person)
    for role, visitor in house.people.items():
        if role is not Role.FACILITATOR:
            for path, sent in (("presences", {f"p-{person}": "absent"}), ("memo", {"memo": "x"})):
                answer = await visitor.post(f"/animation/seances/{circle.meetings[0]}/{path}", sent)
                assert answer.status_code == 404, (role, path)
    assert (await states(circle.meetings[0]), await MeetingMemo.count()) == ({}, 0)


async def test_a_memo_is_sealed_read_again_and_erased(circle: Circle, leader: Visitor):
    path = f"/animation/seances/{circle.meetings[0]}"
    await leader.post(f"{path}/memo", {"memo": SECRET, "keep_days": "90"})
    assert SECRET in unescape((await leader.get(path)).text)
    [row] = await MeetingMemo.select()
    assert SECRET.encode() not in row["box"]
    assert row["erase_on"] == clock.today() + timedelta(days=90)
    assert SECRET not in unescape((await leader.get(path.replace("seances", "cycles"))).text)
    await leader.post("/carnet/verrou")
    assert SECRET not in unescape((await leader.get(path)).text)
    assert (await leader.post(f"{path}/memo", {"memo": "Autre"})).status_code in (303, 401)
    assert await MeetingMemo.select() == [row]


async def test_a_memo_leaves_on_its_day_or_when_it_is_emptied(circle: Circle, leader: Visitor):
    for meeting in circle.meetings:
        await leader.post(f"/animation/seances/{meeting}/memo", {"memo": SECRET, "keep_days": "30"})
    await leader.post(f"/animation/seances/{circle.meetings[1]}/memo", {"memo": " "})
    assert await MeetingMemo.count() == 1
    with clock.set_to(NOON + timedelta(days=29)):
        await memos.forget_old()
        assert await MeetingMemo.count() == 1
    with clock.set_to(NOON + timedelta(days=30)):
        await memos.forget_old()
        assert await MeetingMemo.count() == 0


async def test_a_long_memo_loses_nothing(circle: Circle, leader: Visitor):
    long = "Encore. " * 600
    answer = await leader.post(f"/animation/seances/{circle.meetings[0]}/memo", {"memo": long})
    assert (answer.status_code, long.strip() in unescape(answer.text)) == (422, True)
