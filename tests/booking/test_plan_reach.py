"""Planning is for who leads a group or organises there, and shows numbers, not people."""

import re
from html import unescape
from itertools import product

import pytest
from litestar import Litestar
from tests.booking.world import NOON, Circle, a_cycle, a_group, enrol, seat, slots, somebody
from tests.organisation.world import House
from tests.routes import Route, routes
from tests.visitors import Visitor

from recul import clock
from recul.booking.tables import (
    Attendance,
    Enrolment,
    GroupAgreement,
    Meeting,
    MeetingCycle,
    MeetingGroup,
    SeatOffer,
)
from recul.database import recorded_statements
from recul.organisation import rules
from recul.organisation.actions import roles
from recul.web.roles import Role

TABLES = (MeetingGroup, GroupAgreement, MeetingCycle, Meeting, Enrolment, SeatOffer, Attendance)
OUTSIDE = (Role.SELF, Role.COLLEAGUE, Role.STEWARD, Role.MANAGER, Role.ADMINISTRATOR, Role.STRANGER)
# Whatever a form of planning could want, so that nothing is refused for want of it.
FIELDS = {
    "name": "Pris",
    "charter": "Pris",
    "capacity": "5",
    "minimum": "2",
    "minutes": "60",
    "decision": "maintain",
    "day": "2026-12-01",
    "starts": "10:00",
    "ends": "11:00",
    "sequence": "0",
    "version": "1",
    "known_ok": "1",
}


def planning(app: Litestar) -> list[Route]:
    """Those that name something."""
    return [
        route
        for route in routes(app)
        if route.path.startswith("/planification") and "{" in route.path
    ]


@pytest.fixture
async def circle(house: House, noon: None) -> Circle:
    """Anabelle has a seat and excused herself from the first date; others wait, one asks."""
    found = await a_group(house, *slots(3), capacity=2, admission="request")
    await seat(found, house.ids[Role.SELF], house.ids[Role.COLLEAGUE])
    await enrol(found, house.ids[Role.STEWARD], "waiting")
    await enrol(found, await somebody(house, "Zénobie"), "asked")
    return found


async def excuse(circle: Circle) -> None:
    account = circle.house.ids[Role.SELF]
    meeting = circle.meetings[0]
    await Attendance.insert(Attendance(meeting=meeting, account=account, state="excused"))


async def everything() -> list[object]:
    return [await table.select().order_by(table._meta.primary_key) for table in TABLES]


async def ask(visitor: Visitor, route: Route, circle: Circle) -> tuple[int, str]:
    address = route.address(**circle.ids)
    answer = await (
        visitor.get(address) if route.method == "GET" else visitor.post(address, FIELDS)
    )
    return answer.status_code, unescape(answer.text)


async def test_everything_is_tried(app: Litestar):
    assert len({route.path for route in planning(app)}) == 12


async def test_nobody_else_gets_in(app: Litestar, circle: Circle):
    """The stranger organises and facilitates, elsewhere; Anabelle has a seat."""
    before = await everything()
    for role, route in product(OUTSIDE, planning(app)):
        status, text = await ask(circle.house.people[role], route, circle)
        assert status == 404, (role, route)
        assert "Tilleuls" not in text
    assert await everything() == before


async def test_a_visitor_is_asked_who_she_is(app: Litestar, circle: Circle, nobody: Visitor):
    for route in planning(app):
        status, text = await ask(nobody, route, circle)
        assert status in (303, 401), route
        assert "Tilleuls" not in text


async def test_another_facilitator_of_the_same_organisation_gets_in_nowhere(
    app: Litestar, circle: Circle
):
    house = circle.house
    await roles.appoint(house.ids[Role.COLLEAGUE], house.organisation, rules.FACILITATOR)
    for route in planning(app):
        status, text = await ask(house.people[Role.COLLEAGUE], route, circle)
        assert status == 404, route
        assert "Tilleuls" not in text


async def forged(app: Litestar, circle: Circle) -> list[tuple[Route, int]]:
    wrong = Circle(circle.house, circle.cycle, circle.group, [circle.cycle])
    visitor = circle.house.organiser
    return [(route, (await ask(visitor, route, wrong))[0]) for route in planning(app)]


async def test_ids_of_something_else_are_not_found(app: Litestar, circle: Circle):
    before = await everything()
    assert {status for _, status in await forged(app, circle)} == {404}
    assert await everything() == before


# Who takes part


def plain(text: str) -> str:
    """Without what is new in each page: the ids that forms bring along."""
    return re.sub(r'value="[0-9a-f-]{36}"', "", text)


async def pages(visitor: Visitor, app: Litestar, circle: Circle) -> dict[str, str]:
    found = {"/planification": unescape((await visitor.get("/planification")).text)}
    for route in planning(app):
        if route.method == "GET":
            status, text = await ask(visitor, route, circle)
            assert status == 200, route
            found[route.path] = plain(text)
    return found


@pytest.mark.parametrize("role", [Role.ORGANISER, Role.FACILITATOR])
async def test_no_page_says_who_takes_part(app: Litestar, circle: Circle, role: Role):
    house = circle.house
    enrolments = [str(row["id"]) for row in await Enrolment.select(Enrolment.id)]
    marks = [*enrolments, "Zénobie"]
    for participant in (Role.SELF, Role.COLLEAGUE, Role.STEWARD):
        visitor = house.people[participant]
        marks += [visitor.email, visitor.email.split("-")[0].capitalize()]
        marks.append(str(house.ids[participant]))
    before = await pages(house.people[role], app, circle)
    for path, text in before.items():
        assert [mark for mark in marks if mark in text] == [], path
    await excuse(circle)
    assert await pages(house.people[role], app, circle) == before


async def test_no_refusal_says_who_takes_part(app: Litestar, circle: Circle):
    for route in planning(app):
        if route.method == "POST":
            _, text = await ask(circle.house.organiser, route, circle)
            assert not re.search("Anabelle|Clotilde|Rosemonde|Zénobie", text), route


async def test_an_organiser_does_not_learn_what_else_a_facilitator_does(house: House):
    """Ferdinand leads a group elsewhere, and takes part in one here."""
    with clock.set_to(NOON):
        here = await a_group(house, *slots(1))
        other = House(house.organisation, house.unit, house.team)
        other.ids[Role.FACILITATOR] = house.ids[Role.STRANGER]
        taken = await a_group(other, *slots(1, slots(2)[1].day), name="Là où il est")
        await seat(taken, house.ids[Role.FACILITATOR])
        path = f"/planification/seances/{here.meetings[0]}/deplacer"
        wanted = {"day": "2026-12-17", "starts": "15:00", "ends": "17:00", "sequence": "0"}
        hers = await house.people[Role.FACILITATOR].post(path, wanted)
        assert hers.status_code == 422
        assert "Là où il est" in hers.text
        organised = await house.organiser.post(path, wanted)
        assert organised.status_code == 303


# Questions asked of the database

COUNTS = {
    "/planification": 3,
    "/planification/groupes/nouveau": 2,
    "/planification/groupes/{group}": 4,
    "/planification/groupes/{group}/modifier": 6,
    "/planification/groupes/{group}/charte": 3,
    "/planification/groupes/{group}/cycles/nouveau": 3,
    "/planification/cycles/{cycle}": 4,
    "/planification/cycles/{cycle}/reglages": 2,
    "/planification/cycles/{cycle}/seances": 3,
    "/planification/cycles/{cycle}/decision": 4,
    "/planification/seances/{meeting}/deplacer": 4,
    "/planification/seances/{meeting}/annuler": 4,
}


async def grown(circle: Circle, by: int) -> None:
    for _ in range(by):
        await a_group(circle.house)
        await a_cycle(circle.group)
        await enrol(circle, await somebody(circle.house))


async def test_constant_questions(house: House, noon: None):
    circle = await a_group(house, *slots(3))
    await house.organiser.get("/planification")
    for more in (0, 3, 9):
        await grown(circle, more)
        asked = {}
        for path in COUNTS:
            with recorded_statements() as ran:
                page = await house.organiser.get(path.format(**circle.ids))
            assert page.status_code == 200
            asked[path] = len(ran)
        assert asked == COUNTS


def test_every_page_is_counted(app: Litestar):
    shown = {route.path for route in planning(app) if route.method == "GET"}
    assert shown | {"/planification", "/planification/groupes/nouveau"} == set(COUNTS)
