"""Putting mail into the outbox, and setting one's hours."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from piccolo.querystring import QueryString

from recul import clock
from recul.database import fetch, write_transaction
from recul.notifications import letters, queries
from recul.notifications.rules import WorkHours
from recul.notifications.tables import OutboxMail
from recul.settings import Settings


async def send(  # noqa: PLR0913 - all by name; each is something else about one mail
    settings: Settings,
    *,
    to: str,
    kind: str,
    language: str,
    zone: str,
    context: dict[str, Any],
    account: UUID | None = None,
    urgent: bool = False,
    useful_until: datetime | None = None,
    mail: UUID | None = None,
) -> bool:
    """Write a mail and put it into the outbox, within the transaction of the caller.

    `kind` names the templates, `account` is whose working hours count (none: Monday to Friday
    from 8 to 18 in `zone`), `urgent` lets it leave at once. After `useful_until` it is not sent
    any more. `mail` is an id by which the caller can ask for it or withdraw it later.
    False where no mail server is set: then nothing is kept.
    """
    if settings.smtp is None:
        return False
    mail = mail or uuid4()
    letter = letters.write(settings, to, kind, language, context)
    hours = await queries.hours(account) if account else WorkHours()
    now = clock.now()
    await OutboxMail.insert(
        OutboxMail(
            id=mail,
            account=account,
            kind=kind,
            box=letters.seal(settings, mail, letter),
            time_zone=zone,
            urgent=urgent,
            useful_until=useful_until,
            created_at=now,
            next_try_at=now if urgent else hours.next_open(now, zone),
        )
    )
    return True


async def withdraw(*mails: UUID) -> None:
    """Take mails out that have not left: what they tell is not so any more."""
    if mails:
        await OutboxMail.delete().where(
            OutboxMail.id.is_in(list(mails)),
            OutboxMail.sent_at.is_null(),
            OutboxMail.claim.is_null(),
        )


async def empty() -> None:
    """Take out everything, for a demo that is made anew."""
    await OutboxMail.delete(force=True)


async def set_hours(viewer: UUID, hours: WorkHours) -> None:
    """Keep a person's hours; what waits for her is looked at again under the new ones."""
    async with write_transaction():
        sql = """
            INSERT INTO hours (account, weekdays, starts, ends) VALUES ({}, {}, {}, {})
            ON CONFLICT (account) DO UPDATE SET
                weekdays = excluded.weekdays, starts = excluded.starts, ends = excluded.ends
        """
        await fetch(QueryString(sql, viewer, hours.weekdays, hours.starts, hours.ends))
        await OutboxMail.update({OutboxMail.next_try_at: clock.now()}).where(
            OutboxMail.account == viewer, OutboxMail.sent_at.is_null(), OutboxMail.tries == 0
        )
