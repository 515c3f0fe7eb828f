"""What mails say of others, opened as only the server can; and what its log says of anybody."""

import logging
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import NamedTuple
from urllib.parse import quote
from uuid import UUID

import pytest
from litestar import Litestar
from tests.booking.leaks_world import DOMAIN, POST, Hidden, hidden, marks
from tests.booking.supervising import slot
from tests.booking.told import MONDAY
from tests.booking.world import NOON
from tests.notifications.servers import MailServer, mail_server
from tests.organisation.world import inhabited, stranger

from recul import clock
from recul.accounts.tables import Account
from recul.booking.actions import appointments, decisions, meetings, offers, peers, reminders
from recul.booking.notices import kinds
from recul.booking.outcomes import Outcome
from recul.booking.queries import supervision_given
from recul.booking.queries.supervision_shapes import AppointmentRow
from recul.booking.supervising import Seen
from recul.booking.wall import Slot
from recul.database import Database
from recul.notifications import letters, outbox
from recul.notifications.tables import OutboxMail
from recul.web.roles import Role

KNOWN = {
    "facilitator": {f"part of {name}" for name in ("Philippine", "Apolline", "Ulysse")},
    "Théodule": {"part of Radegonde"},
    "Fulgence": {"part of Radegonde"},
}
"""What an address in a mail leads its reader to, beside her own: requests that she answers, and
the other one of a supervision."""

SILENT = {"Gontran", "Philippine", "Apolline", "Xaverine"}
"""Who has nothing to do with it; who asked and was not answered; who left before a mail did."""


class Mail(NamedTuple):
    to: str
    kind: str
    said: str


@pytest.fixture
async def found(noon: None, db: Database, app: Litestar) -> Hidden:
    house = await inhabited(app)
    await stranger(app, house)
    return await hidden(app, house)


@pytest.fixture
async def post() -> AsyncIterator[MailServer]:
    async with mail_server() as server:
        yield server


async def waiting() -> dict[UUID, Mail]:
    """By its id: every mail of the outbox with all that its reader gets."""
    found = {}
    for row in await OutboxMail.select().where(OutboxMail.box.is_not_null()):
        letter = letters.open_sealed(POST, row["id"], bytes(row["box"]))
        said = [letter.subject, letter.text, letter.html, repr(letter.line)]
        if letter.attachment:
            kept = letter.attachment
            said += [kept.name, kept.media_type, kept.content.replace(b"\r\n ", b"").decode()]
        found[row["id"]] = Mail(letter.to, row["kind"], "\n".join(said))
    return found


async def everything(found: Hidden) -> dict[UUID, Mail]:
    """What is written while the house is made, and while things happen in it."""
    sent = await waiting()
    for step in (dates_change, supervision_changes, requests_are_answered, time_passes):
        await step(found)
        sent |= await waiting()
    return sent


async def dates_change(found: Hidden) -> None:
    circle = found.circles["waited for"]
    day = slot().day + timedelta(days=30)
    moved = Slot(day, 9 * 60, 120, "Europe/Paris")
    await meetings.move(POST, circle.cycle, circle.meetings[4], 0, moved, None)
    asked = found.circles["asked for"]
    await meetings.cancel(POST, asked.cycle, asked.meetings[1])


async def supervision_changes(found: Hidden) -> None:
    """The facilitator moves the appointment, then cancels it."""
    leader, row = found.house.ids[Role.FACILITATOR], await _appointment(found)
    await appointments.move(POST, leader, row, slot(starts=10 * 60 + 15), Seen(sequence=0))
    row = await _appointment(found)
    await appointments.cancel(POST, leader, row, Seen(sequence=1))


async def _appointment(found: Hidden) -> AppointmentRow:
    leader, wanted = found.house.ids[Role.FACILITATOR], found.appointment
    row = await supervision_given.appointment(leader, wanted) if wanted else None
    assert row
    return row


async def requests_are_answered(found: Hidden) -> None:
    request = await found.enrolment("run together", found.accounts["Radegonde"])
    said = await peers.say(POST, found.accounts["Fulgence"], request, True)
    assert said is Outcome.SEATED


async def time_passes(found: Hidden) -> None:
    """Offers run out, reminders are due, a decision is wanted."""
    for days in range(1, 15):
        with clock.set_to(NOON + timedelta(days=days)):
            await offers.expire(POST)
            await reminders.remind(POST)
            await decisions.ask(POST)


async def test_a_mail_says_nothing_of_anybody_else(found: Hidden):
    sent, secret = await everything(found), await marks(found)
    names = {visitor.email: name for name, visitor in found.viewers.items() if visitor.email}
    names |= {await _email(found, name): name for name in found.accounts}
    for mail in sent.values():
        reader = names[mail.to]
        hers = {f"part of {reader}"} | KNOWN.get(reader, set())
        # An invitation names whom it is for, in an address as calendars write it.
        said = mail.said.replace(mail.to, "").replace(quote(mail.to, safe="@"), "")
        given = {what for mark, what in secret.items() if mark in said}
        assert given <= hers, (reader, mail.kind)
        others = [address for address in names if address in said]
        assert others == [], (reader, mail.kind)
    assert {names[mail.to] for mail in sent.values()} == {*found.accounts, "facilitator"} - SILENT
    assert {mail.kind for mail in sent.values()} == {kind.key for kind in kinds.KINDS}


async def _email(found: Hidden, name: str) -> str:
    [row] = await Account.select(Account.email).where(Account.id == found.accounts[name])
    return str(row["email"])


async def test_a_server_that_refuses_readers_writes_none_of_them_down(
    found: Hidden, post: MailServer, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.DEBUG, "recul")
    secret = await marks(found)
    post.answers["RCPT"] = [f"550 5.1.1 <zephyrine@{DOMAIN}>: Zéphyrine is not here…"]
    with clock.set_to(MONDAY):
        await outbox.send_due(post.settings())
    lines = [record.getMessage() for record in caplog.records if record.name == "recul"]
    assert set(lines) == {"outbox: refused, 550"}
    assert not any(mark in line for line in lines for mark in secret)
