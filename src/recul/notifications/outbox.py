"""Sending what waits: each mail is claimed before it is sent, and settled after it.

A claim is a compare-and-set with an end, so that no two processes send the same mail and one
that was killed leaves it to the next. `handing` is written just before the mail server may take
the mail, and wiped when it is known what became of it: a claim that ran out with `handing` set
is the one case in which nobody knows.
"""

import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial

import anyio

from recul import clock, database
from recul.clockwork.steady import WATCH
from recul.notifications import digests, letters, marks, messages, queries
from recul.notifications.addresses import mailbox
from recul.notifications.connection import Connection
from recul.notifications.marks import Claim, ClaimLost
from recul.notifications.queries import Due
from recul.notifications.rules import DIGEST, MOST_UNSURE
from recul.notifications.smtp import Later, Refused, Unreachable, Unsure, hand_over
from recul.settings import Settings

SPARE = timedelta(seconds=30)
DOUBT = timedelta(minutes=10)
"""How long a mail waits that comes too late, if the clock is right."""
log = logging.getLogger("recul")


async def send_due(config: Settings) -> None:
    """Send what is due. Raises Unreachable when no mail server answers."""
    if config.smtp is None:
        return
    async with Connection(config, config.smtp) as line:
        while found := await queries.due():
            for mail in found:
                await _attend(config, line, mail)


async def forget(_config: Settings) -> None:
    """Erase what was sent a day ago, in the file and in its log."""
    await digests.dissolve_late()
    await marks.forget_old()
    await database.empty_log()


async def _attend(config: Settings, line: Connection, mail: Due) -> None:
    """One mail: not now, not by us, never, or on its way."""
    now = clock.now()
    if (leaves := mail.may_leave_at(now)) > now:
        await marks.postpone(mail.id, leaves)
        return
    if _too_late(mail) and not WATCH.trusted():
        await marks.postpone(mail.id, now + DOUBT)  # neither sent nor given up
        return
    if mail.joinable and await digests.gather(config, mail):
        return  # the digest is due
    held = await marks.claim(mail.id, 2 * line.patience + SPARE)
    if held is not None and not await _ended(mail, held):
        await _deliver(config, line, mail, held)


async def _ended(mail: Due, held: Claim) -> bool:
    """What was given away too often, or comes too late, does not leave."""
    too_late = _too_late(mail)
    if too_late and mail.kind == DIGEST and not held.unsure:
        await marks.release(held)
        await digests.dissolve_one(mail.id)
        return True
    if too_late or held.unsure >= MOST_UNSURE:
        await marks.fail(held)
        return True
    return False


def _too_late(mail: Due) -> bool:
    return mail.useful_until is not None and mail.useful_until <= clock.now()


async def _deliver(config: Settings, line: Connection, mail: Due, held: Claim) -> None:
    try:
        await line.ready()
    except Unreachable:
        await marks.later(held)
        raise
    except BaseException:  # asked to stop, most likely: nothing was given away
        with anyio.move_on_after(5, shield=True):
            await marks.release(held)
        raise
    # Once begun it is finished, also when the process is asked to stop.
    with anyio.CancelScope(shield=True):
        mark = await _sent(config, line, mail, held)
        await _surely(partial(mark, held))


async def _sent(
    config: Settings, line: Connection, mail: Due, held: Claim
) -> Callable[[Claim], Awaitable[None]]:
    """Hand a mail over. Returns the mark that says what became of it."""
    begun = False

    async def begin() -> None:
        nonlocal begun
        await marks.begin(held, line.patience + SPARE)
        begun = True

    try:
        letter = letters.open_sealed(config, mail.id, mail.box)
        content = messages.message(config, mail.id, letter, clock.now())
        recipient = mailbox(letter.to)
    except Exception as error:  # whatever somebody's address is made of
        log.warning("outbox: cannot be written, %s", type(error).__name__)
        return marks.fail
    source = messages.sender(config)[1]
    try:
        with anyio.fail_after(line.patience.total_seconds()):
            await hand_over(line.client, source, recipient, content, begin)
    except Refused as error:
        log.warning("outbox: refused, %s", error)
        await line.clear()
        return marks.fail
    except (Later, ClaimLost) as error:
        log.warning("outbox: not now, %s %s", type(error).__name__, error)
        await line.clear()
        return marks.later
    except (Unsure, TimeoutError) as error:
        log.warning("outbox: nobody knows, %s %s", type(error).__name__, error)
        line.cut()
        return marks.unsure if begun else marks.later
    return marks.sent


async def _surely(mark: Callable[[], Awaitable[None]]) -> None:
    """What became of a mail is not lost to a moment's trouble with the database."""
    for wait in (0.1, 0.5, 2, 5):
        try:
            return await mark()
        except Exception as error:
            log.warning("outbox: %s", type(error).__name__)
            await anyio.sleep(wait)
    return await mark()
