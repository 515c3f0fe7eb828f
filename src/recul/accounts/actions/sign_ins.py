"""Signing in and out, opening and locking the vault of a sign-in."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from recul import clock
from recul.accounts import queries, second_queries
from recul.accounts.actions import access_log
from recul.accounts.actions.access_log import Kind
from recul.accounts.actions.profile import IDLE_MINUTES
from recul.accounts.derivation import derive
from recul.accounts.queries import PasswordSlot
from recul.accounts.tables import Account, KeySlot, SignIn, Vault
from recul.accounts.throttle import Attempt
from recul.database import locked, write_transaction
from recul.settings import Settings
from recul.vault.errors import WrongSecret
from recul.vault.opened import OpenVault
from recul.vault.sign_in_key import hash_token, mark_public_key, new_token, seal_for_token
from recul.vault.slots import new_salt, no_slot, unwrap_with_password, wrap_with_password

PROVED = timedelta(minutes=10)
"""How long a proof of who is there stays fresh."""
HALF_WAY = timedelta(minutes=10)
"""How long a sign-in waits for its second step."""

LONGEST_OPEN = timedelta(minutes=IDLE_MINUTES[1] + 5)
"""No vault stays open for longer than that unseen."""
LONGEST_PROVED = PROVED + timedelta(minutes=5)
"""The clocks of two processes may differ a little."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A secret that was right: whose it is, the slot it opened, and the key that was in it."""

    account: UUID
    vault: UUID
    slot: UUID
    data_key: bytes = field(repr=False)


async def check_password(settings: Settings, email: str, password: str, address: str) -> Opened:
    """One derivation proves the password and opens the vault.

    Raises WrongSecret, the same for an unknown address, and TooManyAttempts.
    """
    attempt = Attempt.of(settings, email, address)
    await attempt.count()
    slot = await queries.password_slot(email) or _nobodys_slot(settings)
    key = await derive(settings, password, slot.salt, slot.cost)
    data_key = unwrap_with_password(key, slot.box, slot.vault)
    await attempt.forgive()
    if slot.cost != settings.cost:
        await _wrap_anew(settings, slot, password, data_key)
    return Opened(slot.account, slot.vault, slot.slot, data_key)


def _nobodys_slot(settings: Settings) -> PasswordSlot:
    """An unknown address takes as long as a known one, and no password opens it."""
    salt, box = no_slot()
    return PasswordSlot(uuid4(), uuid4(), uuid4(), salt, settings.cost, box)


async def _wrap_anew(
    settings: Settings, slot: PasswordSlot, password: str, data_key: bytes
) -> None:
    """Bring a slot to the cost of today's settings, unless it was changed meanwhile."""
    salt, cost = new_salt(), settings.cost
    key = await derive(settings, password, salt, cost)
    await KeySlot.update(
        {
            KeySlot.salt: salt,
            KeySlot.memory_kib: cost.memory_kib,
            KeySlot.passes: cost.passes,
            KeySlot.box: wrap_with_password(key, data_key, slot.vault),
        }
    ).where(KeySlot.id == slot.slot, KeySlot.box == slot.box)


@dataclass(frozen=True, slots=True)
class Started:
    token: bytes = field(repr=False)
    """For the cookie."""
    half_way: bool
    """It leads nowhere yet: a second step is due."""


async def start(opened: Opened, device: str, *, whole: bool = False) -> Started:
    """A new sign-in with its vault open, or half a one where the account asks a second step;
    `whole` when what was shown counts for both steps.

    Raises WrongSecret when the secret was changed since it was checked, and Unreadable when
    somebody altered the keys of the vault.
    """
    async with write_transaction():
        vault = await hold(opened.account, opened.vault, opened.data_key)
        if not await KeySlot.exists().where(KeySlot.id == opened.slot):
            raise WrongSecret
        half_way = not whole and (await second_queries.methods(opened.account)).any
        return Started(await begin(vault, device, half_way=half_way), half_way)


async def begin(vault: OpenVault, device: str, *, half_way: bool = False) -> bytes:
    """Store a sign-in under a fresh token, in the transaction that holds the vault."""
    token, sign_in, now = new_token(), uuid4(), clock.now()
    account = await Account.objects().get(Account.id == vault.owner)
    idle = timedelta(minutes=account.idle_minutes if account else 0)
    await SignIn.insert(
        SignIn(
            id=sign_in,
            account=vault.owner,
            token_hash=hash_token(token),
            public_mark=mark_public_key(token, vault.public_key),
            device=device,
            created_on=clock.today(),
            seen_on=clock.today(),
            key_box=seal_for_token(token, vault.data_key, sign_in),
            open_until=now + (HALF_WAY if half_way else idle),
            second_due=half_way,
            proved_until=None if half_way else now + PROVED,
        )
    )
    if not half_way:
        await access_log.note(vault.owner, Kind.SIGNED_IN, device)
    return token


async def hold(account: UUID, vault: UUID, data_key: bytes) -> OpenVault:
    """The vault that a secret opened, whose secrets nobody changes until the transaction ends.

    Raises WrongSecret when it was closed or its keys destroyed meanwhile, and Unreadable as
    `start` does.
    """
    rows = await locked(Vault.objects().where(Vault.id == vault, Vault.closed.eq(False)))
    if not rows or not rows[0].private_box:
        raise WrongSecret
    [row] = rows
    held = OpenVault(row.id, account, row.public_key, data_key, row.private_box)
    held.check()
    return held


async def unlock(sign_in: UUID, token: bytes, data_key: bytes, idle_minutes: int) -> None:
    """Open the vault of a sign-in that goes on; what opened it is a fresh proof too."""
    await SignIn.update(
        {
            SignIn.key_box: seal_for_token(token, data_key, sign_in),
            SignIn.open_until: clock.now() + timedelta(minutes=idle_minutes),
            SignIn.proved_until: clock.now() + PROVED,
        }
    ).where(SignIn.id == sign_in)


async def prove(sign_in: UUID) -> None:
    """Note that its person has just shown her password, or a passkey."""
    await SignIn.update({SignIn.proved_until: clock.now() + PROVED}).where(SignIn.id == sign_in)


async def check_again(
    settings: Settings, account: UUID, email: str, password: str, address: str
) -> Opened:
    """The password of somebody who is signed in; a wrong one is noted for her.

    Raises WrongSecret and TooManyAttempts.
    """
    try:
        return await check_password(settings, email, password, address)
    except WrongSecret:
        await access_log.note_failure(settings, account, Kind.UNLOCK_FAILED)
        raise


async def lock(sign_in: UUID) -> None:
    """Whoever locks is about to put the device down: what was proved on it is over too."""
    await SignIn.update(
        {SignIn.key_box: None, SignIn.open_until: None, SignIn.proved_until: None}
    ).where(SignIn.id == sign_in)


async def keep_alive(sign_in: UUID, seen_on: date, open_until: datetime | None) -> None:
    """Note the day of a visit and until when the vault stays open; never reopens a locked one."""
    await SignIn.update({SignIn.seen_on: seen_on}).where(
        SignIn.id == sign_in, SignIn.seen_on != seen_on
    )
    if open_until is not None:
        await SignIn.update({SignIn.open_until: open_until}).where(
            SignIn.id == sign_in, SignIn.key_box.is_not_null()
        )


async def end(viewer: UUID, sign_in: UUID) -> bool:
    """Sign one device of the viewer out. False when it is not theirs or ended before."""
    ended = (
        await SignIn.delete()
        .where(SignIn.account == viewer, SignIn.id == sign_in)
        .returning(SignIn.id)
    )
    return bool(ended)


async def end_from_afar(viewer: UUID, sign_in: UUID) -> bool:
    """The same, of a device that is not the one at hand: that is noted for her."""
    async with write_transaction():
        ended = await end(viewer, sign_in)
        if ended:
            await access_log.note(viewer, Kind.SIGN_INS_ENDED)
    return ended


async def end_others(viewer: UUID, kept: UUID | None) -> None:
    """Sign every other device of the viewer out."""
    await SignIn.raw(
        "DELETE FROM sign_in WHERE account = {} AND id != {}", viewer, kept or UUID(int=0)
    )


async def lock_idle() -> None:
    """Lock what has been idle, forget sign-ins that nobody has finished and proofs that are no
    longer fresh. A time too far ahead was set by a clock that was wrong."""
    now = clock.now()
    await SignIn.delete().where(SignIn.second_due.eq(True), SignIn.open_until <= now)
    await SignIn.update({SignIn.proved_until: None}).where(
        (SignIn.proved_until <= now) | (SignIn.proved_until > now + LONGEST_PROVED)
    )
    await SignIn.update(
        {SignIn.key_box: None, SignIn.open_until: None, SignIn.proved_until: None}
    ).where((SignIn.open_until <= now) | (SignIn.open_until > now + LONGEST_OPEN))


async def forget_unused(days: int, longest: int) -> None:
    """Forget sign-ins that nobody has used for `days`, and those that have lasted for `longest`."""
    today = clock.today()
    await SignIn.delete().where(
        (SignIn.seen_on < today - timedelta(days=days))
        | (SignIn.created_on < today - timedelta(days=longest))
    )


async def end_all(email: str | None) -> int:
    """End every sign-in of one address, or of everybody: how many there were. It is noted for
    each person. Raises LookupError when nobody has the address."""
    async with write_transaction():
        ended = SignIn.delete(force=True).returning(SignIn.account)
        if email is not None:
            row = await Account.select(Account.id).where(Account.email == email).first()
            if row is None:
                raise LookupError(email)
            ended = ended.where(SignIn.account == row["id"])
        found = [row["account"] for row in await ended]
        for account in sorted(set(found)):
            await access_log.note(account, Kind.SIGN_INS_ENDED)
    return len(found)
