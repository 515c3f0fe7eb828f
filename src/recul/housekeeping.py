"""What must happen without anybody asking: locking idle vaults, forgetting what ended."""

import logging

import anyio

from recul import database
from recul.accounts import throttle
from recul.accounts.actions import invitations, sign_ins
from recul.settings import Settings

EVERY_SECONDS = 60
log = logging.getLogger("recul")


async def sweep(config: Settings) -> None:
    """One round. Each step may run in several processes at once."""
    await sign_ins.sweep(config.sign_in_days)
    await invitations.sweep()
    await throttle.forget_old()
    await database.empty_log()


async def keep_house(config: Settings) -> None:
    """Rounds for as long as the server runs; a database that is away is no reason to stop."""
    while True:
        try:
            await sweep(config)
        except Exception as error:
            log.warning("housekeeping: %s", type(error).__name__)
        await anyio.sleep(EVERY_SECONDS)
