"""What the two people of an appointment are told of it, and nobody else."""

from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import UUID

import pytest
from tests.booking.alone import SLOT, an_appointment, at
from tests.booking.seats import people
from tests.booking.told import MONDAY, email_of, sent, waiting
from tests.booking.world import NOON
from tests.notifications.servers import MailServer, mail_server
from tests.organisation.world import House

from recul.booking import notices
from recul.booking.tables import Appointment
from recul.booking.wall import Slot
from recul.web.roles import Role

LATER = Slot(SLOT.day + timedelta(days=1), 9 * 60, 60, SLOT.zone)
LAST = Slot(SLOT.day + timedelta(days=4), 9 * 60, 60, SLOT.zone)
SECRETS = ("supervision", "Supervision", "Ferdinand", "Personne", "visio.exemple", "Val-Clair")


@pytest.fixture
async def post() -> AsyncIterator[MailServer]:
    async with mail_server() as server:
        yield server


@pytest.fixture
async def lea(small: House) -> UUID:
    [account] = await people(small, 1)
    return account


@pytest.fixture
async def appointment(small: House, lea: UUID) -> UUID:
    return await an_appointment(small, lea)


async def move(post: MailServer, appointment: UUID, slot: Slot, before: Slot, to: int) -> None:
    await Appointment.update(**at(slot, to)).where(Appointment.id == appointment)
    await notices.appointment_moved(post.settings(), appointment, before)


async def cancel(post: MailServer, appointment: UUID, by: UUID) -> None:
    await Appointment.update({Appointment.state: "cancelled", Appointment.sequence: 1}).where(
        Appointment.id == appointment
    )
    await notices.appointment_cancelled(post.settings(), appointment, by)


async def test_both_have_it_in_their_calendars(
    small: House, lea: UUID, appointment: UUID, post: MailServer
):
    await notices.booked(post.settings(), appointment)
    told = {one.to: one for one in await sent(post)}
    facilitator = small.people[Role.FACILITATOR].email
    assert told.keys() == {await email_of(lea), facilitator}
    for one in told.values():
        assert "Un rendez-vous est pris :\n\n- jeudi 3 décembre, de 16 h 00 à 17 h 00" in one.text
        assert (one.method, one.entries[0].uid) == ("REQUEST", f"{appointment}@recul")
        assert f"/rendez-vous/{appointment}" in one.text
        others = [email for email in told if email != one.to]
        for secret in (*SECRETS, *others):
            assert secret not in one.everything


async def test_it_moves(lea: UUID, appointment: UUID, post: MailServer):
    await move(post, appointment, LATER, SLOT, 1)
    for one in await sent(post):
        assert "prévu jeudi 3 décembre, de 16 h 00 à 17 h 00 a changé" in one.text
        assert (one.entries[0].starts, one.entries[0].sequence) == (LATER.starts_at, 1)


async def test_it_moves_twice_and_is_told_once(appointment: UUID, post: MailServer):
    await move(post, appointment, LATER, SLOT, 1)
    await move(post, appointment, LAST, LATER, 2)
    told = await sent(post)
    assert len(told) == 2
    for one in told:
        assert "vendredi 4" not in one.text
        assert (one.entries[0].starts, one.entries[0].sequence) == (LAST.starts_at, 2)


async def test_it_moves_before_anybody_heard_of_it(appointment: UUID, post: MailServer):
    await notices.booked(post.settings(), appointment)
    await move(post, appointment, LATER, SLOT, 1)
    told = await sent(post)
    assert [one.text.count("Un rendez-vous est pris") for one in told] == [1, 1]
    assert {one.entries[0].starts for one in told} == {LATER.starts_at}


async def test_it_is_cancelled(small: House, lea: UUID, appointment: UUID, post: MailServer):
    await cancel(post, appointment, lea)
    told = {one.to: one for one in await sent(post)}
    hers, his = told[await email_of(lea)], told[small.people[Role.FACILITATOR].email]
    assert "Votre annulation est enregistrée" in hers.text
    assert "Ce rendez-vous est annulé" in his.text
    for one in (hers, his):
        assert (one.method, one.entries[0].status) == ("CANCEL", "CANCELLED")
        assert one.entries[0].sequence == 1


async def test_cancelled_before_anybody_heard_of_it(lea: UUID, appointment: UUID, post: MailServer):
    await notices.booked(post.settings(), appointment)
    await cancel(post, appointment, lea)
    assert await waiting() == []


async def test_cancelled_within_a_day(small: House, lea: UUID, post: MailServer):
    """It leaves on a Saturday."""
    soon = Slot(MONDAY.date() - timedelta(days=1), 10 * 60, 60, "UTC")
    appointment = await an_appointment(small, lea, soon)
    await cancel(post, appointment, lea)
    assert len(await sent(post, NOON)) == 2
