"""Mails about dates in tests: sent by a real server, and read as their readers get them."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage

from tests.booking.ical import Read, by_icalendar
from tests.notifications.servers import MailServer, Received

from recul import clock
from recul.accounts.tables import Account
from recul.notifications import outbox
from recul.notifications.tables import OutboxMail

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
"""Ten o'clock in Paris, two days after `world.NOON`."""


@dataclass(frozen=True)
class Told:
    """One mail."""

    to: str
    received: Received

    @property
    def mail(self) -> EmailMessage:
        return self.received.mail

    @property
    def subject(self) -> str:
        return str(self.mail["Subject"])

    @property
    def text(self) -> str:
        return self.received.text.replace("\u202f", " ")

    @property
    def calendars(self) -> list[EmailMessage]:
        """Among the twins, and as a file."""
        wanted = ("text/calendar", "application/ics")
        return [part for part in self.mail.walk() if part.get_content_type() in wanted]

    @property
    def calendar(self) -> bytes:
        found = self.calendars[0].get_payload(decode=True)
        assert isinstance(found, bytes)
        return found

    @property
    def entries(self) -> list[Read]:
        return by_icalendar(self.calendar)

    @property
    def method(self) -> str:
        return str(self.calendars[0]["Content-Type"].params["method"])

    @property
    def everything(self) -> str:
        """What it holds as it went over the network, and what that says when it is decoded."""
        parts = [part.get_payload(decode=True) for part in self.mail.walk()]
        decoded = b"\n".join(part for part in parts if isinstance(part, bytes))
        plain = decoded.replace(b"\r\n ", b"").decode()
        return self.received.content.decode() + plain + self.subject


async def sent(post: MailServer, at: datetime = MONDAY) -> list[Told]:
    """What arrives at an hour of work, by address; what was read before is not told again."""
    post.received.clear()
    with clock.set_to(at):
        await outbox.send_due(post.settings())
    found = [Told(to, received) for received in post.received for to in received.to]
    return sorted(found, key=lambda one: one.to)


async def email_of(account: object) -> str:
    [row] = await Account.select(Account.email).where(Account.id == account)
    return str(row["email"])


async def waiting() -> list[str]:
    """The kinds of the mails that have not left."""
    rows = await OutboxMail.select(OutboxMail.kind).where(OutboxMail.sent_at.is_null())
    return sorted(row["kind"] for row in rows)
