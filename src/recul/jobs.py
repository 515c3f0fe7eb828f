"""Every job that is done without anybody asking: the table of contents of the clockwork."""

from datetime import timedelta

from recul import database
from recul.accounts import throttle
from recul.accounts.actions import access_log, invitations, second_step, sign_ins
from recul.booking.actions import decisions, memos, offers, reminders
from recul.booking.actions import keeping as booked
from recul.clockwork import Job
from recul.journal.actions import imports as staged
from recul.notifications import outbox
from recul.organisation.actions import imports, places
from recul.organisation.actions import keeping as belonging
from recul.privacy.actions import erasure
from recul.settings import Settings
from recul.trends.actions import rekeying, turning, votes
from recul.wiring import PLACES


async def sweep(_config: Settings) -> None:
    """Lock vaults that were left open, and forget attempts at secrets."""
    await sign_ins.lock_idle()
    await throttle.forget_old()
    await second_step.forget_steps()
    await database.empty_log()


async def purge(config: Settings) -> None:
    """Forget what has ended: sign-ins, accesses, links, waiting people, lists, memos."""
    await sign_ins.forget_unused(config.sign_in_days, config.sign_in_longest_days)
    await access_log.forget_old()
    await invitations.sweep()
    await places.sweep()
    await imports.sweep()
    await staged.sweep()
    await memos.forget_old()
    await database.empty_log()


async def forget(_config: Settings) -> None:
    """What is kept for years, and no longer: see `recul.privacy.retention`."""
    await booked.forget_old()
    await belonging.forget_old()
    await votes.forget_old()
    await database.empty_log()


async def turn(_config: Settings) -> None:
    """Close the cycle of team trends that is over, and open the one of today."""
    await turning.turn(PLACES)


async def rekey(_config: Settings) -> None:
    """What was written into open cells until now can be opened by nobody any more."""
    await rekeying.rekey()


JOBS = (
    Job("sweep", sweep, every=timedelta(minutes=1)),
    Job("purge", purge, every=timedelta(minutes=10), needs_right_time=True),
    Job("reminders", reminders.remind, every=timedelta(hours=1), needs_right_time=True),
    Job("offers", offers.expire, every=timedelta(minutes=1), needs_right_time=True),
    Job("outbox", outbox.send_due, every=timedelta(seconds=10)),
    Job("outbox erasure", outbox.forget, every=timedelta(minutes=10), needs_right_time=True),
    Job("decisions", decisions.ask, every=timedelta(hours=1), needs_right_time=True),
    Job("erasure", erasure.erase_due, every=timedelta(minutes=10), needs_right_time=True),
    Job("retention", forget, hour=4, needs_right_time=True),
    Job("trends turn", turn, every=timedelta(minutes=10), needs_right_time=True),
    Job("trends re-key", rekey, hour=3),
)
