"""Erasing an account: asked for, taken back within seven days, done by the clockwork.

Done in an order that a crash may cut anywhere: first the keys (`leaving.shred`), for good; then
its id into the ledger, on the disk; then the rows. What was begun and not ended is ended by the
next round. Before the keys went the person may come back, and after that nobody can.
"""

import logging
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import anyio.to_thread

from recul import database, settings
from recul.accounts.actions import access_log, leaving
from recul.accounts.actions.access_log import Kind
from recul.accounts.actions.leaving import NotDue
from recul.booking.actions import leaving as booking
from recul.database import write_transaction
from recul.journal.actions import leaving as journal
from recul.notifications import actions as notifications
from recul.privacy import erased
from recul.settings import Settings
from recul.trends import keyring
from recul.trends.actions import sharing
from recul.vault.opened import OpenVault
from recul.web.viewer import Viewer

log = logging.getLogger("recul")


async def ask(config: Settings, viewer: Viewer, vault: OpenVault) -> datetime:
    """From now on nothing is shared, nobody waits for her, and no device is signed in: when the
    account goes. Asked twice, it is the first time that counts. Raises LastAdministrator."""
    async with write_transaction():
        due = await leaving.ask(viewer.id)
        await sharing.stop(vault)
        await booking.step_back(config, viewer.id)
        await leaving.sign_out_everywhere(viewer.id)
        await access_log.note(viewer.id, Kind.ERASURE_ASKED)
        await _tell(config, viewer, due)
    return due


async def _tell(config: Settings, viewer: Viewer, due: datetime) -> None:
    """Also for somebody who did not ask: she has seven days to say so."""
    await notifications.send(
        config,
        to=viewer.email,
        kind="account-leaving",
        language=viewer.language or config.language,
        zone=viewer.time_zone,
        context={
            "url": f"{config.url}/connexion",
            "until": due.astimezone(ZoneInfo(viewer.time_zone)),
        },
        account=viewer.id,
        useful_until=due,
    )


async def take_back(viewer: UUID) -> bool:
    """Keep the account. False when the keys have gone already."""
    async with write_transaction():
        kept = await leaving.take_back(viewer)
        if kept:
            await access_log.note(viewer, Kind.ERASURE_WITHDRAWN)
    return kept


async def erase_due(config: Settings) -> None:
    """A job: erase whose seven days are over. One that fails does not keep the others."""
    await leaving.count_nights()
    failed = None
    for account in await leaving.due():
        try:
            await leaving.forget_attempts(config, account)
            await _erase(account, asked=True)
        except NotDue:
            continue  # taken back at this very moment
        except Exception as error:
            log.warning("erasure: %s", type(error).__name__)
            failed = error
    if failed is not None:
        raise failed


async def erase_now(account: UUID, config: Settings | None = None) -> bool:
    """Erase an account at once, whether it was asked for or not: for a backup that brought it
    back, and for who has the right to order it. Others are not left waiting for its person: see
    `booking.step_back`. False when there is no such account; the ledger knows it in either case.
    """
    config = config or settings.load()
    async with write_transaction():
        await booking.step_back(config, account)
    return await _erase(account, asked=False)


async def erase_again(config: Settings) -> int:
    """After a restore: erase anew whoever had been erased since the backup. How many there were."""
    ledger = await anyio.to_thread.run_sync(erased.ledger, config.key_folder)
    return sum([await erase_now(account, config) for account in sorted(ledger)])


def remembers(config: Settings) -> bool:
    """Whether the ledger of this instance is here: without it a restore erases nobody again."""
    return (config.key_folder / erased.NAME).exists()


async def _erase(account: UUID, *, asked: bool) -> bool:
    there = await leaving.shred(account, asked=asked)
    await anyio.to_thread.run_sync(erased.note, keyring.bound().folder, account)
    if there:
        await journal.forget(account)
        async with write_transaction():
            if await leaving.begin_forgetting(account):
                await booking.forget(account)
                await leaving.forget(account)
        # What was erased leaves the log of the database file as well.
        await database.empty_log()
    return there
