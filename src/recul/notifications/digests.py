"""Several mails for one person, told in one.

A digest is a mail of its own: claimed, tried and settled like any other, under its own
Message-ID. The mails it tells wait beside it, each with its own box, and share its fate; until
the digest may have been taken, it can be dissolved into them again and nothing is lost.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from piccolo.columns.combination import Where
from piccolo.custom_types import Combinable

from recul import clock
from recul.database import locked, write_transaction
from recul.notifications import letters
from recul.notifications.letters import Letter
from recul.notifications.queries import Due
from recul.notifications.rules import DIGEST
from recul.notifications.tables import OutboxMail
from recul.settings import Settings

Row = dict[str, Any]


def _certainly_here(now: datetime) -> tuple[Combinable, ...]:
    """Waiting, in nobody's hands, and never given to a mail server that fell silent."""
    return (
        OutboxMail.sent_at.is_null(),
        OutboxMail.failed.eq(False),
        OutboxMail.handing.eq(False),
        OutboxMail.unsure == 0,
        OutboxMail.claimed_until.is_null() | (OutboxMail.claimed_until <= now),
    )


async def gather(config: Settings, mail: Due) -> bool:
    """Put a mail that is due into a digest, with all that are due for the same person.

    False when it is the only one."""
    now = clock.now()
    async with write_transaction():
        rows = await locked(
            OutboxMail.select()
            .where(
                OutboxMail.account == mail.account,
                OutboxMail.joinable.eq(True),
                OutboxMail.joined.is_null(),
                OutboxMail.next_try_at <= now,
                *_certainly_here(now),
            )
            .order_by(OutboxMail.created_at, OutboxMail.id)
        )
        found = [(row, letter) for row in rows if (letter := _letter(config, row, now))]
        first = next((letter for row, letter in found if row["id"] == mail.id), None)
        alike = [(row, letter) for row, letter in found if first and _alike(first, letter)]
        if len(alike) < 2:
            return False
        await _join(config, [row for row, _ in alike], [letter for _, letter in alike])
    return True


def _letter(config: Settings, row: Row, now: datetime) -> Letter | None:
    """None for what is too late, or cannot be read any more: it ends alone."""
    if row["useful_until"] is not None and row["useful_until"] <= now:
        return None
    try:
        return letters.open_sealed(config, row["id"], bytes(row["box"]))
    except Exception:  # whatever is wrong with it
        return None


def _alike(one: Letter, other: Letter) -> bool:
    return (one.to, one.language) == (other.to, other.language)


async def _join(config: Settings, rows: list[Row], told: list[Letter]) -> None:
    digest, last = uuid4(), rows[-1]
    context = {"lines": [letter.line for letter in told]}
    letter = letters.write(config, told[-1].to, DIGEST, told[-1].language, context)
    await OutboxMail.insert(
        OutboxMail(
            id=digest,
            account=last["account"],
            kind=DIGEST,
            box=letters.seal(config, digest, letter),
            time_zone=last["time_zone"],
            urgent=False,
            useful_until=_earliest(row["useful_until"] for row in rows),
            created_at=rows[0]["created_at"],
            next_try_at=clock.now(),
            first_try_at=_earliest(row["first_try_at"] for row in rows),
        )
    )
    # Without a claim, a process that was away for too long finds that it lost the mail.
    await OutboxMail.update(
        {OutboxMail.joined: digest, OutboxMail.claim: None, OutboxMail.claimed_until: None}
    ).where(OutboxMail.id.is_in([row["id"] for row in rows]))


def _earliest(moments: Iterable[datetime | None]) -> datetime | None:
    return min((moment for moment in moments if moment is not None), default=None)


async def dissolve(which: Where) -> None:
    """Let the mails of some digests wait alone again. One that may have been taken stays."""
    async with write_transaction():
        rows = await locked(
            OutboxMail.select(OutboxMail.id)
            .where(OutboxMail.kind == DIGEST, which, *_certainly_here(clock.now()))
            .order_by(OutboxMail.id)
        )
        if ids := [row["id"] for row in rows]:
            await OutboxMail.update({OutboxMail.joined: None}).where(OutboxMail.joined.is_in(ids))
            await OutboxMail.delete().where(OutboxMail.id.is_in(ids))


async def dissolve_late() -> None:
    """What one of its mails tells is not so any more: the others are told without it."""
    await dissolve(OutboxMail.useful_until <= clock.now())


async def dissolve_one(digest: UUID) -> None:
    await dissolve(OutboxMail.id == digest)
