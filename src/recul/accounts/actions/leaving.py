"""An account that is to be erased: asked for, taken back within seven days, then done.

The keys go first and for good, in a transaction of their own; what they sealed is nobody's from
then on. The rows follow. Each step may be done again after a crash.
"""

from datetime import datetime, timedelta
from uuid import UUID

from piccolo.querystring import QueryString

from recul import clock
from recul.accounts import throttle
from recul.accounts.tables import Account, ErasureRequest, SignIn, Vault
from recul.database import fetch, locked, write_transaction
from recul.settings import Settings

REGRET = timedelta(days=7)
ASK = """
INSERT INTO erasure_request (account, asked_at, erase_at, nights, counted_on, begun)
VALUES ({}, {}, {}, 0, {}, {}) ON CONFLICT (account) DO NOTHING
"""
PASSED = "UPDATE erasure_request SET nights = nights + 1, counted_on = {} WHERE counted_on < {}"
BACK = "UPDATE erasure_request SET counted_on = {} WHERE counted_on > {}"
BEGIN = """
INSERT INTO erasure_request (account, asked_at, erase_at, nights, counted_on, begun)
VALUES ({}, {}, {}, 0, {}, {}) ON CONFLICT (account) DO UPDATE SET begun = excluded.begun
"""

NO_SLOTS = "DELETE FROM key_slot WHERE vault IN (SELECT id FROM vault WHERE owner = {})"


class LastAdministrator(Exception):
    """Nobody else would be left to administer an instance that has other people."""


class NotDue(Exception):
    """It was taken back, or is not due yet."""


async def ask(account: UUID) -> datetime:
    """Ask for it, or find that it was asked for: when it is due. Inside a transaction.

    Raises LastAdministrator.
    """
    await _refuse_last_administrator(account)
    now = clock.now()
    await fetch(QueryString(ASK, account, now, now + REGRET, clock.today(), False))
    [row] = await ErasureRequest.select(ErasureRequest.erase_at).where(
        ErasureRequest.account == account
    )
    due: datetime = row["erase_at"]
    return due


async def _refuse_last_administrator(account: UUID) -> None:
    """Two who leave at the same moment do not both believe that the other stays."""
    admins = Account.select(Account.id).where(Account.administrator.eq(True))
    held = await locked(admins.order_by(Account.id))
    leaving = {row["account"] for row in await ErasureRequest.select(ErasureRequest.account)}
    staying = {row["id"] for row in held} - leaving - {account}
    is_one = any(row["id"] == account for row in held)
    if is_one and not staying and await Account.exists().where(Account.id != account):
        raise LastAdministrator


async def sign_out_everywhere(account: UUID) -> None:
    await SignIn.delete().where(SignIn.account == account)


async def take_back(account: UUID) -> bool:
    """Keep the account. False when there is nothing to take back, or it is too late."""
    return bool(
        await ErasureRequest.delete()
        .where(ErasureRequest.account == account, ErasureRequest.begun.eq(False))
        .returning(ErasureRequest.account)
    )


async def count_nights() -> None:
    """Note, once a day, that a night has passed. A clock that jumps a year ahead makes one of
    it, and one that goes back makes none."""
    today = clock.today()
    for statement in (PASSED, BACK):
        await fetch(QueryString(statement, today, today))


async def due() -> list[UUID]:
    """Whose seven days are over, by the clock and by the nights that were counted; and those
    whose erasure was begun and not ended."""
    rows = (
        await ErasureRequest.select(ErasureRequest.account)
        .where(
            ErasureRequest.begun.eq(True)
            | ((ErasureRequest.erase_at <= clock.now()) & (ErasureRequest.nights >= REGRET.days))
        )
        .order_by(ErasureRequest.erase_at)
    )
    return [row["account"] for row in rows]


async def shred(account: UUID, *, asked: bool) -> bool:
    """Destroy every key of this account, in one transaction: nothing that was sealed under them
    is opened by anybody any more. False when there is no such account.

    With `asked` only where a request still stands, whoever takes it back at the same moment:
    raises NotDue.
    """
    async with write_transaction():
        if not asked and await Account.exists().where(Account.id == account):
            now = clock.now()
            await fetch(QueryString(BEGIN, account, now, now, clock.today(), True))
        request = await _hold(account)
        if asked and not request:
            raise NotDue
        # In the order of signing in and of a reset: the vault, then the account.
        await locked(Vault.select(Vault.id).where(Vault.owner == account))
        if not await locked(Account.select(Account.id).where(Account.id == account)):
            return False
        await ErasureRequest.update({ErasureRequest.begun: True}).where(
            ErasureRequest.account == account
        )
        await fetch(QueryString(NO_SLOTS, account))
        await Vault.update({Vault.private_box: b""}).where(Vault.owner == account)
        await SignIn.delete().where(SignIn.account == account)
    return True


async def _hold(account: UUID) -> bool:
    """First of all locks, wherever an account goes: two who erase it come one after the other."""
    return bool(await locked(ErasureRequest.objects().where(ErasureRequest.account == account)))


async def begin_forgetting(account: UUID) -> bool:
    """Inside the transaction that erases the rows, before all of them. False: it was done."""
    return await _hold(account)


async def forget(account: UUID) -> None:
    """The account itself, with all that is of nobody else. Inside a transaction."""
    await Account.delete().where(Account.id == account)


async def forget_attempts(settings: Settings, account: UUID) -> None:
    """What counts attempts at this address, under a keyed hash of it."""
    row = await Account.select(Account.email).where(Account.id == account).first()
    if row:
        await throttle.forget(settings, row["email"])
