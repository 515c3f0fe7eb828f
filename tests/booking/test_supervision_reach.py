"""Who reaches what of individual supervision: two people, and a sum of hours for the employer."""

from datetime import date
from html import unescape
from typing import Any

import pytest
from litestar import Litestar
from tests.booking.supervising import (
    LINK,
    NOTE,
    THURSDAY,
    an_offer,
    booked,
    choice_of,
    chosen,
    slot,
    times,
)
from tests.booking.world import NOON
from tests.organisation.world import House, founded
from tests.routes import Route, routes
from tests.visitors import Visitor

from recul import clock
from recul.booking.queries import supervision_given
from recul.booking.queries.supervision_given import MinutesGiven
from recul.booking.slots import key
from recul.booking.tables import (
    Appointment,
    Availability,
    AvailabilityException,
    Supervision,
    SupervisionOffer,
)
from recul.organisation import rules
from recul.organisation.actions import roles
from recul.web.roles import Role

pytestmark = pytest.mark.usefixtures("noon")
OURS = ("/supervision", "/animation/supervision")
TWO = (Role.SELF, Role.FACILITATOR)


@pytest.fixture
async def values(house: House, noon: None) -> dict[str, Any]:
    """What the paths name: always things of Anabelle's and Ferdinand's."""
    offer = await an_offer(house)
    appointment = await booked(offer, house.ids[Role.SELF])
    choice = await choice_of(offer, house.ids[Role.SELF])
    exception = AvailabilityException(offer=offer, day=date(2026, 12, 24))
    await exception.save()
    assert choice.supervision
    return {
        "offer": offer,
        "appointment": appointment,
        "supervision": choice.supervision.id,
        "exception": exception.id,
    }


def ours(app: Litestar) -> list[Route]:
    return [route for route in routes(app) if route.path.startswith(OURS)]


async def ask(visitor: Visitor, route: Route, values: dict[str, Any]) -> Any:
    call = visitor.get if route.method == "GET" else visitor.post
    return await call(route.address(**values))


async def everything() -> list[Any]:
    tables = (SupervisionOffer, Availability, AvailabilityException, Supervision, Appointment)
    return [await table.select().order_by(table.id) for table in tables]


async def test_a_stranger_finds_none_of_it(app: Litestar, house: House, values: dict[str, Any]):
    """She is everything, facilitator included, in another organisation."""
    before, tried = await everything(), 0
    for route in ours(app):
        answer = await ask(house.people[Role.STRANGER], route, values)
        if "{" in route.path:
            assert answer.status_code == 404, route
        shown = unescape(answer.text)
        assert not any(name in shown for name in ("Anabelle", "Ferdinand", "Val-Clair")), route
        tried += 1
    assert (tried, await everything()) == (len(ours(app)), before)
    assert tried >= 20


async def test_only_the_two_reach_an_appointment(
    app: Litestar, house: House, values: dict[str, Any]
):
    """Not a colleague, her steward, her line manager, the organiser or the administrator."""
    before = await everything()
    of_two = [
        route
        for route in ours(app)
        if "{appointment}" in route.path or "{supervision}" in route.path
    ]
    for route in of_two:
        for role, visitor in house.people.items():
            if role not in TWO:
                assert (await ask(visitor, route, values)).status_code == 404, (role, route)
        # Nor does one of the two by the other one's way.
        facilitating = route.path.startswith("/animation")
        wrong = house.self if facilitating else house.people[Role.FACILITATOR]
        assert (await ask(wrong, route, values)).status_code == 404, route
    assert await everything() == before


async def test_nobody_else_reads_of_it_anywhere(
    app: Litestar, house: House, values: dict[str, Any]
):
    """Every page of the application that somebody else can ask for, and the whole of it."""
    marks = [str(values["appointment"]), str(values["supervision"]), NOTE, LINK]
    for role, visitor in house.people.items():
        if role in TWO:
            continue
        for route in routes(app):
            if route.method == "GET" and not route.path.startswith("/static"):
                known = {"organisation": house.organisation, "unit": house.unit, "team": house.team}
                answer = await visitor.get(route.address(**values | known))
                assert not any(mark in unescape(answer.text) for mark in marks), (role, route)
    page = unescape(
        (await house.self.get(f"/supervision/rendez-vous/{values['appointment']}")).text
    )
    assert all(mark in page for mark in (NOTE, LINK))


async def test_another_supervisee_sees_neither_name_nor_time(house: House, values: dict[str, Any]):
    colleague = house.people[Role.COLLEAGUE]
    await chosen(values["offer"], house.ids[Role.COLLEAGUE])
    await booked(values["offer"], house.ids[Role.COLLEAGUE], slot(THURSDAY, 14 * 60))
    for path in ("/supervision", f"/supervision/{values['offer']}"):
        page = unescape((await colleague.get(path)).text)
        assert "Anabelle" not in page
        assert key(slot()) not in page
        assert str(values["appointment"]) not in page
    page = unescape((await house.self.get("/supervision")).text)
    assert "Clotilde" not in page


async def test_a_facilitator_of_the_same_organisation_sees_nothing(
    app: Litestar, house: House, values: dict[str, Any]
):
    other = house.people[Role.COLLEAGUE]
    await roles.appoint(house.ids[Role.COLLEAGUE], house.organisation, rules.FACILITATOR)
    before = await everything()
    for route in ours(app):
        if route.path.startswith("/animation") and "{" in route.path:
            assert (await ask(other, route, values)).status_code == 404, route
    page = unescape((await other.get("/animation/supervision")).text)
    assert not any(word in page for word in ("Anabelle", str(values["offer"])))
    assert await everything() == before


async def test_an_offer_stays_within_its_organisation(house: House, values: dict[str, Any]):
    facilitator = house.ids[Role.FACILITATOR]
    elsewhere = await founded("Bellerive", "Ouest", "Accueil")
    await roles.appoint(facilitator, elsewhere.organisation, rules.FACILITATOR)
    there = await an_offer(elsewhere, facilitator)
    assert (await house.self.get(f"/supervision/{there}")).status_code == 404
    assert (await house.self.post(f"/supervision/{there}/suivi")).status_code == 404
    assert "Bellerive" not in unescape((await house.self.get("/supervision")).text)
    both = unescape((await house.people[Role.FACILITATOR].get("/animation/supervision")).text)
    assert "Bellerive" in both
    assert "Val-Clair" in both


async def test_the_employer_reads_minutes_by_month_and_facilitator(
    house: House, values: dict[str, Any]
):
    """Of all persons together: held, missed and cancelled too late; nothing of other houses."""
    facilitator = house.ids[Role.FACILITATOR]
    elsewhere = await founded("Bellerive", "Ouest", "Accueil")
    await roles.appoint(facilitator, elsewhere.organisation, rules.FACILITATOR)
    there = await an_offer(elsewhere, facilitator)
    await roles.answer_for(house.ids[Role.COLLEAGUE], elsewhere.team)
    await booked(there, house.ids[Role.COLLEAGUE], slot(THURSDAY, 14 * 60))
    await booked(values["offer"], house.ids[Role.COLLEAGUE], slot(THURSDAY, 15 * 60 + 15))
    await booked(values["offer"], house.ids[Role.SELF], slot(date(2026, 12, 1)))
    gone = await booked(values["offer"], house.ids[Role.SELF], slot(date(2026, 12, 8)))
    late = await booked(values["offer"], house.ids[Role.SELF], slot(date(2026, 12, 15)))
    for appointment, is_late in ((gone, False), (late, True)):
        await Appointment.update({Appointment.state: "cancelled", Appointment.late: is_late}).where(
            Appointment.id == appointment
        )

    async def given(now: Any) -> list[MinutesGiven]:
        year = (date(2026, 1, 1), date(2026, 12, 31))
        return await supervision_given.minutes_given(house.organisation, *year, now)

    assert await given(NOON) == []
    assert await given(slot(date(2026, 12, 31)).starts_at) == [
        MinutesGiven("2026-11", facilitator, "Ferdinand", 120),
        MinutesGiven("2026-12", facilitator, "Ferdinand", 120),
    ]
    assert clock.now() == NOON
    assert len(await times()) == 4


async def test_forged_ids_are_not_found(app: Litestar, house: House, noon: None):
    for route in ours(app):
        for visitor in (house.self, house.people[Role.FACILITATOR]):
            if "{" in route.path:
                assert (await ask(visitor, route, {})).status_code == 404, route
