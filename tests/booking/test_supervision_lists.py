"""Pages of supervision ask the same number of questions for little and for much."""

from datetime import date, timedelta

import pytest
from litestar import Litestar
from tests.booking.supervising import an_offer, booked, slot
from tests.booking.world import NOON, a_group, slots, somebody
from tests.organisation.world import House, inhabited

from recul.booking.queries import supervision
from recul.booking.tables import AvailabilityException
from recul.database import Database, recorded_statements
from recul.organisation import rules
from recul.organisation.actions import roles
from recul.web.roles import Role

pytestmark = pytest.mark.usefixtures("noon")
FIRST = date(2026, 12, 1)  # a Tuesday

# Who asks, then what is shown: statements of each page.
PAGES = {
    (Role.SELF, "/supervision"): 5,
    (Role.SELF, "/supervision/{offer}"): 5,
    (Role.SELF, "/supervision/rendez-vous/{appointment}"): 2,
    (Role.SELF, "/supervision/rendez-vous/{appointment}/deplacement"): 5,
    (Role.SELF, "/supervision/suivis/{supervision}/fin"): 3,
    (Role.FACILITATOR, "/animation/supervision"): 7,
    (Role.FACILITATOR, "/animation/supervision/{offer}"): 3,
    (Role.FACILITATOR, "/animation/supervision/{offer}/heures"): 4,
    (Role.FACILITATOR, "/animation/supervision/nouvelle"): 4,
    (Role.FACILITATOR, "/animation/supervision/rendez-vous/{appointment}"): 2,
}


async def grown(house: House, offer: object, first: int, count: int) -> None:
    """More of everything: offers, who facilitates, appointments, groups, days apart."""
    for number in range(first, first + count):
        other = await somebody(house, f"Animatrice {number}")
        await roles.appoint(other, house.organisation, rules.FACILITATOR)
        theirs = await an_offer(house, other)
        day = FIRST + timedelta(days=7 * number)
        await booked(theirs, house.ids[Role.SELF], slot(day))
        await an_offer(house, minutes=45)
        person = await somebody(house)
        await booked(offer, person, slot(day))  # type: ignore[arg-type]
        await AvailabilityException(offer=offer, day=day + timedelta(days=1)).save()
        await a_group(house, *slots(1, day + timedelta(days=2), starts=14 * 60))


@pytest.mark.parametrize(("role", "path"), PAGES)
async def test_constant_questions(db: Database, app: Litestar, noon: None, role: Role, path: str):
    house = await inhabited(app, Role.SELF, Role.FACILITATOR)
    offer = await an_offer(house, horizon_days=366, package=30)
    appointment = await booked(offer, house.ids[Role.SELF], slot(FIRST, 615))
    choice = await supervision.offer(house.ids[Role.SELF], offer, NOON)
    assert choice
    assert choice.supervision
    address = path.format(offer=offer, appointment=appointment, supervision=choice.supervision.id)
    counts = []
    for first, count in ((1, 1), (2, 6)):
        await grown(house, offer, first, count)
        await house.people[role].get(address)
        with recorded_statements() as ran:
            page = await house.people[role].get(address)
        assert page.status_code == 200
        counts.append(len(ran))
    assert counts == [PAGES[role, path]] * 2


async def test_the_block_asks_twice(db: Database, app: Litestar, noon: None):
    house = await inhabited(app, Role.SELF, Role.FACILITATOR)
    offer = await an_offer(house, horizon_days=366)
    await grown(house, offer, 1, 3)
    with recorded_statements() as ran:
        block = await supervision.block(house.ids[Role.SELF], NOON)
    assert (len(ran), len(block.followed)) == (2, 3)
