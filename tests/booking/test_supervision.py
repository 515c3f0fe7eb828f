"""Choosing a supervisor, going on, changing: and who may not be chosen."""

from datetime import date, timedelta
from html import unescape

import pytest
from litestar import Litestar
from tests.booking.supervising import (
    THURSDAY,
    TUESDAY,
    an_offer,
    booked,
    choice_of,
    chosen,
    slot,
    times,
)
from tests.booking.world import NOON
from tests.organisation.world import House, membership_of
from tests.visitors import Visitor

from recul import clock
from recul.booking.queries import supervision
from recul.booking.slots import key
from recul.booking.tables import Appointment, Supervision
from recul.organisation import rules
from recul.organisation.actions import memberships, roles
from recul.web.roles import Role

pytestmark = pytest.mark.usefixtures("noon")
LINE = "Recul ne réunit pas, pour une supervision, deux personnes liées par la hiérarchie."


async def read(visitor: Visitor, path: str) -> str:
    answer = await visitor.get(path)
    assert answer.status_code == 200, path
    return unescape(answer.text).replace("\u202f", " ")


async def packages() -> list[tuple[int, date, date | None]]:
    """(meetings, begun on, ended on), those that go on last."""
    found = [
        (row["meetings"], row["started_on"], row["ended_on"]) for row in await Supervision.select()
    ]
    return sorted(found, key=lambda one: one[2] or date.max)


async def test_whom_to_choose_and_when_she_is_free(house: House):
    offer = await an_offer(house)
    page = await read(house.self, "/supervision")
    assert "Ferdinand" in page
    assert "Val-Clair" in page
    assert "Reprendre souffle, à deux." in page
    assert "Premier moment libre : mardi 24 novembre, 9 h 00 – 10 h 00" in page
    page = await read(house.self, f"/supervision/{offer}")
    assert "Choisir Ferdinand" in page
    # How to come is for those who have an appointment.
    assert "Deuxième cour" not in page
    assert "visio.example" not in page


async def test_a_package_is_opened_once(house: House):
    offer = await an_offer(house)
    for _ in range(2):
        answer = await house.self.post(f"/supervision/{offer}/suivi")
        assert answer.headers["location"] == f"/supervision/{offer}"
    assert await packages() == [(6, NOON.date(), None)]
    assert "Il reste 6 rendez-vous sur 6." in await read(house.self, f"/supervision/{offer}")


async def test_another_package_after_the_last_one_was_held(house: House):
    offer, ana = await an_offer(house, package=1), house.ids[Role.SELF]
    await booked(offer, ana)
    address = f"/supervision/{offer}"
    assert "Le rendez-vous de ce suivi est pris." in await read(house.self, address)
    await house.self.post(f"{address}/suivi")  # nothing yet: one is to come
    assert await packages() == [(1, NOON.date(), None)]
    with clock.set_to(slot().ends_at):
        assert "Reprendre avec Ferdinand" in await read(house.self, address)
        assert "Reprendre" in await read(house.self, "/supervision")
        for _ in range(2):
            assert (await house.self.post(f"{address}/suivi")).status_code == 303
        assert await packages() == [(1, NOON.date(), TUESDAY), (1, TUESDAY, None)]
        choice = await supervision.offer(ana, offer, slot().ends_at)
        assert choice
        assert choice.supervision
        assert choice.supervision.package.remaining == 1


async def test_she_leaves_and_what_was_to_come_is_cancelled(house: House):
    offer, ana = await an_offer(house), house.ids[Role.SELF]
    first = await booked(offer, ana)
    second = await booked(offer, ana, slot(THURSDAY, 14 * 60))
    choice = await choice_of(offer, ana)
    assert choice.supervision
    address = f"/supervision/suivis/{choice.supervision.id}/fin"
    page = await read(house.self, address)
    assert "Mardi 24 novembre, 9 h 00 – 10 h 00" in page
    assert "Jeudi 26 novembre, 14 h 00 – 15 h 00" in page
    # One was booked in another window since.
    answer = await house.self.post(address, {"shown": str(first)})
    assert (answer.status_code, len(await times())) == (422, 2)
    for _ in range(2):
        answer = await house.self.post(address, {"shown": [str(first), str(second)]})
        assert answer.headers["location"] == "/supervision"
    assert await times() == []
    assert await times(state="cancelled") == [(TUESDAY, 540, 1), (THURSDAY, 840, 1)]
    assert await packages() == [(6, NOON.date(), NOON.date())]
    assert (await house.self.get(address)).headers["location"] == "/supervision"
    # And she may come back.
    await house.self.post(f"/supervision/{offer}/suivi")
    assert len(await packages()) == 2


async def test_leaving_too_late_counts_what_it_cancels(house: House):
    offer, ana = await an_offer(house), house.ids[Role.SELF]
    made = [await booked(offer, ana), await booked(offer, ana, slot(date(2026, 12, 1)))]
    choice = await choice_of(offer, ana)
    assert choice.supervision
    address = f"/supervision/suivis/{choice.supervision.id}/fin"
    with clock.set_to(slot().starts_at - timedelta(hours=3)):
        assert "ce rendez-vous compte dans les heures" in await read(house.self, address)
        await house.self.post(address, {"shown": [str(one) for one in made]})
    rows = await Appointment.select(Appointment.late).order_by(Appointment.starts_at)
    assert [row["late"] for row in rows] == [True, False]


async def test_a_line_manager_is_not_chosen(house: House):
    """Neither above nor below; and it is said without a name or a reason."""
    manager, ana = house.ids[Role.MANAGER], house.ids[Role.SELF]
    await roles.appoint(manager, house.organisation, rules.FACILITATOR)
    await roles.appoint(ana, house.organisation, rules.FACILITATOR)
    above, below = await an_offer(house, manager), await an_offer(house, ana)
    for who, offer in ((house.self, above), (house.people[Role.MANAGER], below)):
        assert LINE in await read(who, "/supervision")
        assert LINE in await read(who, f"/supervision/{offer}")
        answer = await who.post(f"/supervision/{offer}/suivi")
        assert (answer.status_code, LINE in unescape(answer.text)) == (422, True)
    assert await packages() == []


async def test_somebody_who_becomes_a_line_manager_is_met_no_more(house: House):
    offer, ana = await an_offer(house), house.ids[Role.SELF]
    await chosen(offer, ana)
    await roles.answer_for(house.ids[Role.FACILITATOR], house.team)
    answer = await house.self.post(f"/supervision/{offer}/rendez-vous", {"slot": key(slot())})
    assert (answer.status_code, LINE in unescape(answer.text)) == (422, True)
    assert await times() == []


async def test_nobody_chooses_herself(house: House):
    offer = await an_offer(house)
    facilitator = house.people[Role.FACILITATOR]
    assert "Ferdinand" not in await read(facilitator, "/supervision")
    assert "votre propre offre" in await read(facilitator, f"/supervision/{offer}")
    assert (await facilitator.post(f"/supervision/{offer}/suivi")).status_code == 422
    assert await packages() == []


async def test_who_leaves_the_organisation_keeps_what_is_booked(house: House):
    offer, ana = await an_offer(house), house.ids[Role.SELF]
    appointment = await booked(offer, ana)
    await memberships.end(await membership_of(house, Role.SELF), clock.today())
    assert (await house.self.get(f"/supervision/{offer}")).status_code == 404
    page = await read(house.self, f"/supervision/rendez-vous/{appointment}")
    assert "Deuxième cour" in page
    answer = await house.self.post(
        f"/supervision/rendez-vous/{appointment}/annulation", {"sequence": "0"}
    )
    assert (answer.status_code, await times()) == (303, [])


async def test_two_weeks_at_a_time(house: House):
    offer = await an_offer(house, week=[(2, 540, 600)])
    await chosen(offer, house.ids[Role.SELF])
    address = f"/supervision/{offer}"
    page = await read(house.self, address)
    assert [key(slot(date(2026, 12, day))) in page for day in (1, 8, 15, 22)] == [
        True,
        False,
        False,
        False,
    ]
    assert f'href="{address}?depuis=2026-12-08#slot"' in page
    page = await read(house.self, f"{address}?depuis=2026-12-08")
    assert [key(slot(date(2026, 12, day))) in page for day in (1, 8, 15, 22)] == [
        False,
        True,
        True,
        False,
    ]
    for odd in ("x", "9999-12-31", "0001-01-01", "2026-02-30"):
        await read(house.self, f"{address}?depuis={odd}")


async def test_the_block_of_my_groups(house: House):
    ana = house.ids[Role.SELF]
    assert not await supervision.block(ana, NOON)
    offer = await an_offer(house)
    block = await supervision.block(ana, NOON)
    assert (block.appointments, block.followed, block.offered) == ([], [], True)
    first = await booked(offer, ana)
    for at in (slot(THURSDAY, 840), slot(THURSDAY, 915), slot(date(2026, 12, 1))):
        await booked(offer, ana, at)
    block = await supervision.block(ana, NOON)
    assert [one.slot.day for one in block.appointments] == [TUESDAY, THURSDAY, THURSDAY]
    assert block.appointments[0].id == first
    [followed] = block.followed
    assert followed.supervision
    assert followed.supervision.package.remaining == 2
    nobody = await supervision.block(house.ids[Role.STRANGER], NOON)
    assert not nobody


async def test_empty_pages_say_what_will_be_there(app: Litestar, house: House):
    assert "Personne n’en propose encore ici" in await read(house.self, "/supervision")
    page = await read(house.people[Role.FACILITATOR], "/animation/supervision")
    assert "Rien pour l’instant" in page
