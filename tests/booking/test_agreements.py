"""The charter and the names that it opens."""

from datetime import timedelta

import pytest
from litestar import Litestar
from tests.booking.seats import charter
from tests.booking.world import FIRST, Circle, a_cycle, a_group, enrol, seat, slots
from tests.organisation.world import House, inhabited

from recul.booking.actions import agreements, groups
from recul.booking.tables import AgreementAcceptance
from recul.database import Database
from recul.web.roles import Role

SELF, COLLEAGUE = Role.SELF, Role.COLLEAGUE
NAMES, CHARTER = "/participants", "/cadre"


@pytest.fixture
async def house(db: Database, app: Litestar, noon: None) -> House:
    return await inhabited(app, SELF, COLLEAGUE, Role.FACILITATOR)


@pytest.fixture
async def circle(house: House) -> Circle:
    circle = await a_group(house)
    await seat(circle, house.ids[SELF], house.ids[COLLEAGUE])
    return circle


def at(circle: Circle, end: str) -> str:
    return f"/groupes/cycles/{circle.cycle}{end}"


async def test_names_inside(house: House, circle: Circle):
    page = await house.self.get(at(circle, NAMES))
    assert (page.status_code, "Clotilde" in page.text) == (200, True)
    assert house.people[COLLEAGUE].email not in page.text


async def test_a_new_charter_comes_before_the_names(house: House, circle: Circle):
    ana, old = house.self, await charter(circle.group)
    await groups.renew_charter(circle.group, 1, "Une charte toute neuve.")
    answer = await ana.get(at(circle, NAMES))
    assert (answer.status_code, answer.headers["location"]) == (303, at(circle, CHARTER))
    page = await ana.get(at(circle, CHARTER))
    assert ("Une charte toute neuve." in page.text, "Clotilde" in page.text) == (True, False)
    for typed in ({}, {"accept": "1", "agreement": str(old)}, {"agreement": "x", "accept": "1"}):
        assert (await ana.post(at(circle, CHARTER), typed)).status_code == 422
    assert (await ana.get(at(circle, NAMES))).status_code == 303
    # Dates do not wait for it.
    excuse = await ana.post(f"/groupes/seances/{circle.meetings[0]}/excuse")
    assert "date-excused" in excuse.headers["set-cookie"]
    accepted = {"accept": "1", "agreement": str(await charter(circle.group))}
    for _ in "ab":
        answer = await ana.post(at(circle, CHARTER), accepted)
        assert (answer.status_code, answer.headers["location"]) == (303, at(circle, NAMES))
    assert "Clotilde" in (await ana.get(at(circle, NAMES))).text
    mine = AgreementAcceptance.account == house.ids[SELF]
    assert await AgreementAcceptance.count().where(mine) == 2


@pytest.mark.parametrize("state", [None, "asked", "waiting", "left", "refused"])
async def test_no_names_without_a_seat(house: House, circle: Circle, state: str | None):
    other = await a_cycle(circle.group, *slots(first=FIRST + timedelta(days=90)))
    there = Circle(house, circle.group, other)
    await seat(there, house.ids[COLLEAGUE])
    if state:
        await enrol(there, house.ids[SELF], state)
    assert (await house.self.get(at(there, NAMES))).status_code == 404


async def test_not_accepted_by_who_is_not_in_it(house: House):
    circle = await a_group(house)
    accepted = {"accept": "1", "agreement": str(await charter(circle.group))}
    assert (await house.self.post(at(circle, CHARTER), accepted)).status_code == 303
    assert await AgreementAcceptance.count() == 0


async def test_a_group_without_a_charter(house: House, circle: Circle):
    from recul.booking.tables import GroupAgreement

    await GroupAgreement.delete(force=True)
    assert "pas encore écrit" in (await house.self.get(at(circle, CHARTER))).text
    assert (await house.self.post(at(circle, CHARTER), {})).status_code == 303
    assert (await house.self.get(at(circle, NAMES))).status_code == 200


async def test_only_the_version_in_force(house: House, circle: Circle):
    old = await charter(circle.group)
    await groups.renew_charter(circle.group, 1, "Autre.")
    new = await charter(circle.group)
    ana = house.ids[SELF]
    assert not await agreements.accept(ana, new, old)
    assert not await agreements.accept(ana, new, None)
    assert await agreements.accept(ana, new, new)
