"""What becomes of a row of the outbox. Each mark is one conditional statement: only the process
that claimed a mail may say what became of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_hex
from uuid import UUID

from piccolo.querystring import QueryString

from recul import clock
from recul.clockwork.steady import WATCH
from recul.database import fetch, write_transaction
from recul.notifications.rules import (
    FAILURE_KEPT,
    GIVEN_UP_AFTER,
    KEPT_AFTER_SENDING,
    LATEST,
    LONGEST_CLAIM,
    MOST_UNSURE,
    retry_after,
)
from recul.notifications.tables import OutboxMail

CLAIM = """
UPDATE outbox_mail SET claim = {}, claimed_until = {}, tries = tries + 1,
    first_try_at = COALESCE(first_try_at, {}),
    unsure = unsure + CASE WHEN handing THEN 1 ELSE 0 END, handing = {}
WHERE id = {} AND sent_at IS NULL AND NOT failed AND joined IS NULL
    AND (next_try_at <= {} OR next_try_at > {})
    AND (claimed_until IS NULL OR claimed_until <= {} OR claimed_until > {})
RETURNING tries, unsure
"""
BEGIN = "UPDATE outbox_mail SET handing = {}, claimed_until = {} WHERE id = {} AND claim = {}"
SETTLE = """
UPDATE outbox_mail SET claim = NULL, claimed_until = NULL, handing = {}, unsure = {},
    next_try_at = {}
WHERE id = {} AND claim = {}
"""
SENT = """
UPDATE outbox_mail SET claim = NULL, claimed_until = NULL, handing = {}, sent_at = {}, erase_at = {}
WHERE id = {} AND claim = {} RETURNING id
"""
FAIL = """
UPDATE outbox_mail SET claim = NULL, claimed_until = NULL, handing = {}, unsure = {},
    failed = {}, box = NULL, erase_at = {}
WHERE id = {} AND claim = {} RETURNING id
"""
# A digest is alone in having such rows.
SENT_WITHIN = "UPDATE outbox_mail SET sent_at = {}, erase_at = {} WHERE joined = {}"
FAIL_WITHIN = """
UPDATE outbox_mail SET unsure = {}, failed = {}, box = NULL, erase_at = {} WHERE joined = {}
"""


class ClaimLost(Exception):
    """Another process has the mail: this one was away for too long."""


@dataclass(frozen=True, slots=True)
class Claim:
    mail: UUID
    token: str
    tries: int
    unsure: int


async def postpone(mail: UUID, until: datetime) -> None:
    """Its reader is not at work: this was no try."""
    sql = """
        UPDATE outbox_mail SET next_try_at = {}
        WHERE id = {} AND (claimed_until IS NULL OR claimed_until <= {})
    """
    await fetch(QueryString(sql, until, mail, clock.now()))


async def claim(mail: UUID, length: timedelta) -> Claim | None:
    """Take a mail that is due; none when another process has it.

    A claim that ran out while the mail was handed over counts as unsure.
    """
    now, token = clock.now(), token_hex(16)
    rows = await fetch(
        QueryString(
            CLAIM,
            *(token, now + length, now, False, mail),
            *(now, now + LATEST),
            *(now, now + LONGEST_CLAIM),
        ),
    )
    if not rows:
        return None
    return Claim(mail, token, int(rows[0]["tries"]), int(rows[0]["unsure"]))


async def begin(held: Claim, length: timedelta) -> None:
    """From now on the mail may be taken. Raises ClaimLost."""
    sql = BEGIN + " RETURNING tries"
    if not await fetch(QueryString(sql, True, clock.now() + length, held.mail, held.token)):
        raise ClaimLost


async def sent(held: Claim) -> None:
    now = clock.now()
    times = (now, now + KEPT_AFTER_SENDING)
    async with write_transaction():
        if await fetch(QueryString(SENT, False, *times, held.mail, held.token)):
            await fetch(QueryString(SENT_WITHIN, *times, held.mail))


async def later(held: Claim) -> None:
    """Not taken: wait longer than before, or give up after some days of trying."""
    row = await OutboxMail.select(OutboxMail.first_try_at).where(OutboxMail.id == held.mail).first()
    now = clock.now()
    if row and now - row["first_try_at"] >= GIVEN_UP_AFTER and WATCH.trusted():
        await fail(held)
    else:
        await _settle(held, held.unsure, now + retry_after(held.tries))


async def unsure(held: Claim) -> None:
    """Perhaps taken: once more under the same Message-ID, and not a third time."""
    if held.unsure + 1 >= MOST_UNSURE:
        await fail(held, held.unsure + 1)
    else:
        await _settle(held, held.unsure + 1, clock.now() + retry_after(held.tries))


async def release(held: Claim) -> None:
    """The process was asked to stop before it gave anything away."""
    await _settle(held, held.unsure, clock.now())


async def fail(held: Claim, times_unsure: int | None = None) -> None:
    """Never again; its content is erased."""
    times = held.unsure if times_unsure is None else times_unsure
    now = clock.now()
    async with write_transaction():
        if await fetch(QueryString(FAIL, False, times, True, now, held.mail, held.token)):
            await fetch(QueryString(FAIL_WITHIN, times, True, now, held.mail))


async def _settle(held: Claim, times_unsure: int, next_try_at: datetime) -> None:
    await fetch(
        QueryString(SETTLE, False, times_unsure, next_try_at, held.mail, held.token),
    )


async def forget_old() -> None:
    """Forget what was sent a day ago, give up what came too late, and in the end the failures."""
    now = clock.now()
    await OutboxMail.delete().where(OutboxMail.sent_at.is_not_null(), OutboxMail.erase_at <= now)
    too_late = """
        UPDATE outbox_mail SET failed = {}, box = NULL, erase_at = {}
        WHERE sent_at IS NULL AND NOT failed AND joined IS NULL
            AND (claimed_until IS NULL OR claimed_until <= {})
            AND (useful_until <= {} OR created_at <= {}) RETURNING id, unsure
    """
    async with write_transaction():
        oldest = now - FAILURE_KEPT
        for row in await fetch(QueryString(too_late, True, now, now, now, oldest)):
            await fetch(QueryString(FAIL_WITHIN, row["unsure"], True, now, row["id"]))
    await OutboxMail.delete().where(
        OutboxMail.failed.eq(True), OutboxMail.erase_at <= now - FAILURE_KEPT
    )
