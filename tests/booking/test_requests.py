"""Answering requests for a seat: by whoever leads the group, once, in kind words."""

from html import unescape
from uuid import UUID

import httpx
import pytest
from tests.booking.seats import states
from tests.booking.world import Circle, a_group, enrol, seat, somebody
from tests.organisation.world import House
from tests.visitors import Visitor

from recul.booking.tables import Enrolment, MeetingCycle
from recul.organisation.actions import roles
from recul.web.roles import Role

pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
async def circle(house: House) -> Circle:
    """A cycle of two seats, on request."""
    return await a_group(house, capacity=2, minimum=1, admission="request")


@pytest.fixture
def leader(house: House) -> Visitor:
    return house.people[Role.FACILITATOR]


async def answer(visitor: Visitor, enrolment: UUID, how: str = "accord") -> httpx.Response:
    return await visitor.post(f"/animation/demandes/{enrolment}/{how}")


async def said(visitor: Visitor, answered: httpx.Response, circle: Circle) -> str:
    assert (answered.status_code, answered.headers["location"]) == (
        303,
        f"/animation/cycles/{circle.cycle}",
    )
    return unescape((await visitor.get(answered.headers["location"])).text)


async def test_somebody_is_welcomed_once_however_often_it_is_said(
    house: House, circle: Circle, leader: Visitor
):
    person = await somebody(house, "Aurore")
    enrolment = await enrol(circle, person, "asked")
    for _ in range(2):
        page = await said(leader, await answer(leader, enrolment), circle)
        assert "Cette personne a sa place dans le cycle." in page
    assert await states(circle.cycle) == [(person, "seated")]
    page = await said(leader, await answer(leader, enrolment, "refus"), circle)
    assert "Cette personne a sa place dans le cycle." in page
    assert await states(circle.cycle) == [(person, "seated")]


async def test_when_the_cycle_is_full_she_waits_at_her_rank(
    house: House, circle: Circle, leader: Visitor
):
    await seat(circle, await somebody(house), await somebody(house))
    enrolment = await enrol(circle, await somebody(house), "asked")
    page = await said(leader, await answer(leader, enrolment), circle)
    assert "Le cycle est complet" in page
    assert [state for _, state in await states(circle.cycle)] == ["seated", "seated", "waiting"]


async def test_a_request_is_declined_or_was_withdrawn(
    house: House, circle: Circle, leader: Visitor
):
    declined, gone = [await enrol(circle, await somebody(house), "asked") for _ in range(2)]
    for how in ("refus", "accord"):
        page = await said(leader, await answer(leader, declined, how), circle)
        assert "Cette demande n’est pas suivie." in page
    await Enrolment.update({Enrolment.state: "left"}).where(Enrolment.id == gone)
    for how in ("refus", "accord"):
        page = await said(leader, await answer(leader, gone, how), circle)
        assert "la personne l’a retirée entre-temps" in page
    assert [state for _, state in await states(circle.cycle)] == ["refused", "left"]


async def test_somebody_above_or_below_who_is_in_it_cannot_be_let_in(
    house: House, circle: Circle, leader: Visitor
):
    await seat(circle, house.ids[Role.SELF])
    enrolment = await enrol(circle, house.ids[Role.MANAGER], "asked")
    page = await said(leader, await answer(leader, enrolment), circle)
    assert "un groupe ne réunit pas une personne et sa hiérarchie" in page
    assert [state for _, state in await states(circle.cycle)] == ["seated", "asked"]


async def test_a_cycle_that_is_cancelled_takes_nobody(
    house: House, circle: Circle, leader: Visitor
):
    enrolment = await enrol(circle, await somebody(house), "asked")
    await MeetingCycle.update({MeetingCycle.state: "cancelled"}).where(
        MeetingCycle.id == circle.cycle
    )
    page = await said(leader, await answer(leader, enrolment), circle)
    assert "Ce cycle ne prend plus personne" in page
    assert [state for _, state in await states(circle.cycle)] == ["asked"]


async def test_nobody_else_answers(house: House, circle: Circle, nobody: Visitor):
    enrolment = await enrol(circle, await somebody(house), "asked")
    await seat(circle, house.ids[Role.SELF])
    for role, visitor in house.people.items():
        if role is not Role.FACILITATOR:
            for how in ("accord", "refus"):
                assert (await answer(visitor, enrolment, how)).status_code == 404, role
    assert (await answer(nobody, enrolment)).status_code == 401
    assert [state for _, state in await states(circle.cycle)] == ["asked", "seated"]


async def test_a_group_that_runs_itself_is_not_answered_for_by_one_of_its_members(house: House):
    """Even when she facilitates elsewhere: they answer together."""
    circle = await a_group(house, kind="peer_support_group", capacity=8, minimum=3)
    await roles.appoint(house.ids[Role.SELF], house.organisation, "facilitator")
    await seat(circle, house.ids[Role.SELF])
    enrolment = await enrol(circle, await somebody(house), "asked")
    for how in ("accord", "refus"):
        assert (await answer(house.self, enrolment, how)).status_code == 404
    assert [state for _, state in await states(circle.cycle)] == ["seated", "asked"]
