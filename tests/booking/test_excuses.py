"""*M’excuser*: one date that one will miss."""

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest
from litestar import Litestar
from tests.booking.world import NOON, Circle, a_group, enrol, seat, slots, somebody
from tests.organisation.world import House, inhabited
from tests.routes import FORGED
from tests.visitors import settings

from recul import clock
from recul.booking.actions import attendance, excuses
from recul.booking.queries import within
from recul.booking.tables import Attendance, Meeting
from recul.database import Database
from recul.web.roles import Role

SELF, COLLEAGUE = Role.SELF, Role.COLLEAGUE


@pytest.fixture
async def house(db: Database, app: Litestar, noon: None) -> House:
    return await inhabited(app, SELF, COLLEAGUE, Role.FACILITATOR)


@pytest.fixture
async def circle(house: House) -> Circle:
    circle = await a_group(house)
    await seat(circle, house.ids[SELF])
    return circle


async def noted() -> list[tuple[UUID, UUID, str]]:
    rows = await Attendance.select()
    return [(row["meeting"], row["account"], row["state"]) for row in rows]


async def test_one_date(house: House, circle: Circle):
    ana, [first, *_] = house.self, circle.meetings
    for _ in "ab":
        answer = await ana.post(f"/groupes/seances/{first}/excuse")
        assert "date-excused" in answer.headers["set-cookie"]
        assert answer.headers["location"] == f"/groupes/cycles/{circle.cycle}"
    assert await noted() == [(first, house.ids[SELF], "excused")]
    page = (await ana.get("/groupes")).text
    assert ("Finalement, j’y serai" in page, "M’excuser" in page) == (True, False)
    for _ in "ab":
        answer = await ana.post(f"/groupes/seances/{first}/retour", {"following": "/groupes"})
        assert (answer.headers["location"], await noted()) == ("/groupes", [])
        assert "date-kept" in answer.headers["set-cookie"]


@pytest.mark.parametrize("following", ["//ailleurs.example", "https://ailleurs.example", "\\0", ""])
async def test_never_to_another_site(house: House, circle: Circle, following: str):
    path = f"/groupes/seances/{circle.meetings[0]}/excuse"
    answer = await house.self.post(path, {"following": following})
    assert answer.headers["location"] == f"/groupes/cycles/{circle.cycle}"


@pytest.mark.parametrize("end", ["excuse", "retour"])
@pytest.mark.parametrize("what", ["over", "cancelled", "noted"])
async def test_too_late(house: House, circle: Circle, what: str, end: str):
    meeting, now = circle.meetings[0], NOON
    kept = [(meeting, house.ids[SELF], "excused")] if end == "retour" else []
    for row in kept:
        await Attendance.insert(Attendance(meeting=row[0], account=row[1], state=row[2]))
    if what == "over":
        now += timedelta(days=13)
    elif what == "cancelled":
        await Meeting.update({Meeting.cancelled: True}).where(Meeting.id == meeting)
    else:
        await Meeting.update({Meeting.noted_on: NOON.date()}).where(Meeting.id == meeting)
    with clock.set_to(now):
        answer = await house.self.post(f"/groupes/seances/{meeting}/{end}")
    assert (answer.status_code, "date-over" in answer.headers["set-cookie"]) == (303, True)
    assert await noted() == kept


async def test_what_was_noted_is_not_undone(house: House, circle: Circle):
    row = (circle.meetings[0], house.ids[SELF], "absent")
    await Attendance.insert(Attendance(meeting=row[0], account=row[1], state=row[2]))
    for end in ("excuse", "retour"):
        await house.self.post(f"/groupes/seances/{row[0]}/{end}")
    assert await noted() == [row]


@pytest.mark.parametrize("state", [None, "asked", "waiting", "left", "refused"])
async def test_only_with_a_seat(house: House, circle: Circle, state: str | None):
    if state:
        await enrol(circle, house.ids[COLLEAGUE], state)
    for meeting in (circle.meetings[0], FORGED):
        for who in (COLLEAGUE, Role.FACILITATOR):
            for end in ("excuse", "retour"):
                answer = await house.people[who].post(f"/groupes/seances/{meeting}/{end}")
                assert answer.status_code == 404
    assert await noted() == []


async def test_excuses_while_attendance_is_noted(app: Litestar, live_db: Database):
    """Of one date: they come one after the other, and what was noted stays."""
    house = await inhabited(app, Role.FACILITATOR)
    with clock.set_to(NOON):
        circle = await a_group(house, *slots(3, NOON.date(), starts=12 * 60, every=0))
        members = [await somebody(house) for _ in range(8)]
        await seat(circle, *members)
        for number, meeting in enumerate(await within.meetings(circle.cycle)):
            noting = attendance.note(meeting, dict.fromkeys(members, "present"))
            leaving = [excuses.excuse(settings(), one, meeting.id) for one in members]
            all_of_them = [*leaving[:number], noting, *leaving[number:]]
            await asyncio.gather(*all_of_them)
            states = {state for found, _, state in await noted() if found == meeting.id}
            assert states <= {"present", "excused"}
            assert len(await noted()) == len(members) * (number + 1)
