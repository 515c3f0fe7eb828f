"""Booking a slot: what rows say afterwards, and what is refused kindly."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from litestar import Litestar
from tests.booking.sent import said
from tests.booking.supervising import (
    THURSDAY,
    TUESDAY,
    an_offer,
    book,
    booked,
    chosen,
    row,
    slot,
    times,
)
from tests.booking.world import a_group, seat, slots
from tests.organisation.world import House, founded

from recul import clock
from recul.booking.actions import supervision_offers
from recul.booking.slots import key
from recul.booking.tables import Appointment, MeetingCycle, SupervisionOffer
from recul.organisation import rules
from recul.organisation.actions import roles
from recul.organisation.queries import people
from recul.web.roles import Role

NINE, LATER = slot(), slot(TUESDAY, 10 * 60 + 15)
pytestmark = pytest.mark.usefixtures("noon")


def at(moment: datetime) -> Any:
    return clock.set_to(moment)


async def test_a_free_slot_is_booked(house: House):
    offer, ana = await an_offer(house), house.ids[Role.SELF]
    await chosen(offer, ana)
    page = said(await house.self.get(f"/supervision/{offer}"))
    assert all(key(one) in page for one in (NINE, LATER, slot(THURSDAY, 14 * 60)))
    answer = await book(house.self, offer, NINE)
    [made] = await Appointment.select(Appointment.id)
    assert answer.headers["location"] == f"/supervision/rendez-vous/{made['id']}"
    assert await times() == [(TUESDAY, 540, 0)]
    stored = await row(made["id"])
    assert (stored.account, stored.facilitator) == (ana, house.ids[Role.FACILITATOR])
    assert (stored.starts_at, stored.ends_at) == (NINE.starts_at, NINE.ends_at)
    page = said(await house.self.get(f"/supervision/{offer}"))
    assert (key(NINE) in page, key(LATER) in page) == (False, True)
    assert "Il reste 5 rendez-vous sur 6." in page.replace("\u202f", " ")


async def test_sent_twice_it_is_booked_once(house: House):
    offer = await an_offer(house)
    await chosen(offer, house.ids[Role.SELF])
    answers = [await book(house.self, offer, NINE) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0].headers["location"] == answers[1].headers["location"]
    assert await times() == [(TUESDAY, 540, 0)]


async def test_a_slot_that_went_while_the_form_was_open(house: House):
    offer = await an_offer(house)
    await booked(offer, house.ids[Role.COLLEAGUE])
    await chosen(offer, house.ids[Role.SELF])
    answer = await book(house.self, offer, NINE)
    assert answer.status_code == 422
    assert "Ce moment vient d’être pris." in said(answer)
    assert (key(NINE) in answer.text, key(LATER) in answer.text) == (False, True)
    assert "Clotilde" not in said(answer)
    assert await times() == [(TUESDAY, 540, 0)]


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "x",
        "2026-11-24T09:01/60",
        "2026-11-24T09:00/90",
        "2026-11-25T09:00/60",
        "2026-11-21T13:00/60",
        "2026-11-17T09:00/60",
        "2027-06-01T09:00/60",
        "9999-12-31T23:59/60",
        "0001-01-01T00:00/60",
        "2026-11-24T23:59/999",
    ],
)
async def test_what_is_no_slot_is_refused_kindly(house: House, typed: str):
    offer = await an_offer(house)
    await chosen(offer, house.ids[Role.SELF])
    answer = await house.self.post(f"/supervision/{offer}/rendez-vous", {"slot": typed})
    assert answer.status_code == 422
    sentences = ("Choisissez l’un des moments proposés.", "Ce moment n’est plus proposé.")
    assert any(sentence in said(answer) for sentence in sentences)
    assert key(NINE) in answer.text
    assert await times() == []


async def test_the_notice_passes_while_the_form_is_open(house: House):
    offer = await an_offer(house)
    await chosen(offer, house.ids[Role.SELF])
    with at(NINE.starts_at - timedelta(hours=23)):
        answer = await book(house.self, offer, NINE)
        assert (answer.status_code, await times()) == (422, [])
        assert "Ce moment n’est plus proposé." in said(answer)


async def test_without_a_supervision_nothing_is_booked(house: House):
    offer = await an_offer(house)
    answer = await book(house.self, offer, NINE)
    assert (answer.status_code, await times()) == (422, [])
    assert "Choisir Ferdinand" in said(answer)


async def test_a_closed_offer_books_nothing(house: House):
    offer = await an_offer(house)
    await chosen(offer, house.ids[Role.SELF])
    await supervision_offers.close(offer)
    answer = await book(house.self, offer, NINE)
    assert (answer.status_code, await times()) == (422, [])
    assert "ne prend plus de nouveaux rendez-vous" in said(answer)


async def test_a_facilitator_who_has_left_books_nothing(house: House):
    offer = await an_offer(house)
    await chosen(offer, house.ids[Role.SELF])
    [held] = await people.roles_of(house.ids[Role.ORGANISER], house.ids[Role.FACILITATOR])
    await roles.end(held)
    answer = await book(house.self, offer, NINE)
    assert (answer.status_code, await times()) == (422, [])


async def test_no_more_than_the_package_holds(house: House):
    offer = await an_offer(house, package=2)
    await chosen(offer, house.ids[Role.SELF])
    thursday = slot(THURSDAY, 14 * 60)
    answers = [await book(house.self, offer, one) for one in (NINE, LATER, thursday)]
    assert [answer.status_code for answer in answers] == [303, 303, 422]
    assert "Tous les rendez-vous de ce suivi sont déjà pris." in said(answers[2])
    assert await times() == [(TUESDAY, 540, 0), (TUESDAY, 615, 0)]


async def test_one_facilitator_has_one_time_for_all(app: Litestar, house: House):
    """Her appointments and her groups elsewhere take her slots, and show in nothing else."""
    here, facilitator = await an_offer(house), house.ids[Role.FACILITATOR]
    elsewhere = await founded("Bellerive", "Ouest", "Accueil")
    elsewhere.ids[Role.FACILITATOR] = facilitator
    await roles.appoint(facilitator, elsewhere.organisation, rules.FACILITATOR)
    there = await an_offer(elsewhere, place="Ailleurs-sur-Mer")
    account = house.ids[Role.SELF]
    circle = await a_group(
        elsewhere, slots(1, THURSDAY)[0], slot(date(2026, 12, 1), 9 * 60, 240), name="Le cercle"
    )
    await roles.answer_for(house.ids[Role.COLLEAGUE], elsewhere.team)  # belongs there too
    await booked(there, house.ids[Role.COLLEAGUE])
    await chosen(here, account)
    page = said(await house.self.get(f"/supervision/{here}"))
    # Neither Thursday from 14 to 16, nor the 1st; and the notice and the buffers hold.
    assert [key(one) in page for one in (NINE, LATER, slot(TUESDAY, 11 * 60 + 30))] == [
        False,
        True,
        False,
    ]
    assert not any(key(slot(THURSDAY, start)) in page for start in (840, 915))
    assert "2026-12-01T" not in page
    for secret in ("Bellerive", "Le cercle", "Ailleurs-sur-Mer", "Clotilde", "Maison du Rivage"):
        assert secret not in page
    answer = await book(house.self, here, NINE)
    assert (answer.status_code, "vient d’être pris" in said(answer)) == (422, True)
    assert "Bellerive" not in said(answer)
    await MeetingCycle.update({MeetingCycle.state: "cancelled"}).where(
        MeetingCycle.id == circle.cycle
    )
    assert "2026-12-01T" in said(await house.self.get(f"/supervision/{here}"))


async def test_her_own_overlaps_are_a_warning(house: House):
    ana = house.ids[Role.SELF]
    circle = await a_group(house, slot(TUESDAY, 10 * 60, 90))
    await MeetingCycle.update({MeetingCycle.place: "Salle des Tilleuls"}).where(
        MeetingCycle.id == circle.cycle
    )
    await seat(circle, ana)
    # The facilitator leads it herself: somebody else's offer is free at that time.
    other = house.ids[Role.STEWARD]
    await roles.appoint(other, house.organisation, rules.FACILITATOR)
    offer = await an_offer(house, other)
    await chosen(offer, ana)
    answer = await book(house.self, offer, LATER)
    assert (answer.status_code, await times()) == (422, [])
    assert "Salle des Tilleuls" in said(answer)
    assert f'value="{key(LATER)}" checked' in answer.text
    answer = await book(house.self, offer, LATER, overlap_ok="1")
    assert (answer.status_code, await times()) == (303, [(TUESDAY, 615, 0)])


async def test_a_shorter_meeting_while_the_form_was_open(house: House):
    offer = await an_offer(house)
    await chosen(offer, house.ids[Role.SELF])
    await SupervisionOffer.update({SupervisionOffer.minutes: 90}).where(
        SupervisionOffer.id == offer
    )
    answer = await book(house.self, offer, NINE)
    assert (answer.status_code, await times()) == (422, [])


async def test_across_the_change_of_clocks_it_stays_at_nine(house: House):
    offer = await an_offer(house, week=[(2, 540, 600)], horizon_days=200)
    march, april = date(2027, 3, 23), date(2027, 3, 30)
    await booked(offer, house.ids[Role.SELF], slot(march))
    await booked(offer, house.ids[Role.SELF], slot(april))
    rows = await Appointment.select(Appointment.starts_at).order_by(Appointment.starts_at)
    assert [one["starts_at"].hour for one in rows] == [8, 7]
    page = said(await house.self.get("/supervision"))
    assert page.count("9 h 00 – 10 h 00") == 2
