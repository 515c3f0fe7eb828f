"""Putting mail into the outbox, taking it out again, and what a person says about hers."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from piccolo.querystring import QueryString

from recul import clock
from recul.database import fetch, write_transaction
from recul.notifications import digests, kinds, letters, queries
from recul.notifications.letters import Letter
from recul.notifications.parts import Attachment, Line
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
    digest: Line | None = None,
    attachment: Attachment | None = None,
) -> bool:
    """Write a mail and put it into the outbox, within the transaction of the caller.

    `kind` names the templates, `account` is whose working hours count, `urgent` lets it leave at
    once. After `useful_until` it is not sent any more. `mail` is an id by which the caller can
    ask for it or withdraw it later. With `digest` it may be told in one line, when several wait
    for one person: unless it is urgent, or carries an `attachment`.

    False, and nothing is kept, where no mail server is set or the person turned this kind off.
    """
    if settings.smtp is None or (account and kind in await queries.muted_kinds(account)):
        return False
    letter = letters.write(settings, to, kind, language, context).carrying(digest, attachment)
    row = OutboxMail(_ignore_missing=True, id=mail or uuid4(), account=account, kind=kind)
    row.time_zone, row.urgent, row.useful_until = zone, urgent, useful_until
    row.joinable = bool(account and digest and not (urgent or attachment))
    await _put(settings, row, letter, account)
    return True


async def _put(settings: Settings, row: OutboxMail, letter: Letter, account: UUID | None) -> None:
    """Without an account, hours are Monday to Friday from 8 to 18 in its time zone."""
    row.box = letters.seal(settings, row.id, letter)
    row.created_at = row.next_try_at = now = clock.now()
    if not row.urgent:
        hours = await queries.hours(account) if account else WorkHours()
        row.next_try_at = hours.next_open(now, row.time_zone)
    await OutboxMail.insert(row)


async def withdraw(*mails: UUID) -> None:
    """Take mails out that are not on their way: what they tell is not so any more."""
    if mails:
        async with write_transaction():
            for digest in await queries.digests_of(mails):
                await digests.dissolve_one(digest)
            await OutboxMail.delete().where(
                OutboxMail.id.is_in(list(mails)),
                OutboxMail.sent_at.is_null(),
                OutboxMail.claimed_until.is_null() | (OutboxMail.claimed_until <= clock.now()),
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


async def mute(viewer: UUID, kind: str) -> None:
    """Send her no mail of this kind any more, nor what waits. Some kinds always come."""
    if not kinds.can_be_muted(kind):
        return
    sql = "INSERT INTO muted (account, kind) VALUES ({}, {}) ON CONFLICT (account, kind) DO NOTHING"
    async with write_transaction():
        await fetch(QueryString(sql, viewer, kind))
        await withdraw(*await queries.waiting(viewer, kind))


async def unmute(viewer: UUID, kind: str) -> None:
    await fetch(QueryString("DELETE FROM muted WHERE account = {} AND kind = {}", viewer, kind))


async def choose_kinds(viewer: UUID, shown: Collection[str], wanted: Collection[str]) -> None:
    """Of the kinds that she was shown, send her those she wants."""
    async with write_transaction():
        for kind in shown:
            await (unmute if kind in wanted else mute)(viewer, kind)
