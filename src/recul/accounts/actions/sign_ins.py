"""Signing in and out, opening and locking the vault of a sign-in."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from recul import clock
from recul.accounts import queries
from recul.accounts.actions.profile import IDLE_MINUTES
from recul.accounts.derivation import derive, derive_for_nobody
from recul.accounts.queries import PasswordSlot
from recul.accounts.tables import Account, KeySlot, SignIn, Vault
from recul.accounts.throttle import Attempt
from recul.database import locked, write_transaction
from recul.settings import Settings
from recul.vault.errors import WrongSecret
from recul.vault.opened import OpenVault
from recul.vault.sign_in_key import hash_token, mark_public_key, new_token, seal_for_token
from recul.vault.slots import new_salt, unwrap_with_password, wrap_with_password

LONGEST_OPEN = timedelta(minutes=IDLE_MINUTES[1] + 5)
"""No vault stays open for longer than that unseen."""


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
    slot = await queries.password_slot(email)
    if slot is None:
        await derive_for_nobody(settings, password)
        raise WrongSecret
    key = await derive(settings, password, slot.salt, slot.cost)
    data_key = unwrap_with_password(key, slot.box, slot.vault)
    await attempt.forgive()
    if slot.cost != settings.cost:
        await _wrap_anew(settings, slot, password, data_key)
    return Opened(slot.account, slot.vault, slot.slot, data_key)


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


async def start(opened: Opened, device: str) -> bytes:
    """A new sign-in with its vault open. Returns the token for the cookie.

    Raises WrongSecret when the secret was changed since it was checked, and Unreadable when
    somebody altered the keys of the vault.
    """
    token, sign_in = new_token(), uuid4()
    async with write_transaction():
        vault = await _held(opened)
        account = await Account.objects().get(Account.id == opened.account)
        await SignIn.insert(
            SignIn(
                id=sign_in,
                account=opened.account,
                token_hash=hash_token(token),
                public_mark=mark_public_key(token, vault.public_key),
                device=device,
                created_on=clock.today(),
                seen_on=clock.today(),
                key_box=seal_for_token(token, opened.data_key, sign_in),
                open_until=clock.now() + timedelta(minutes=account.idle_minutes if account else 0),
            )
        )
    return token


async def _held(opened: Opened) -> OpenVault:
    """The vault that a secret opened, whose secrets nobody changes until the transaction ends."""
    rows = await locked(Vault.objects().where(Vault.id == opened.vault, Vault.closed.eq(False)))
    if not rows or not await KeySlot.exists().where(KeySlot.id == opened.slot):
        raise WrongSecret
    [row] = rows
    vault = OpenVault(row.id, opened.account, row.public_key, opened.data_key, row.private_box)
    vault.check()
    return vault


async def unlock(sign_in: UUID, token: bytes, data_key: bytes, idle_minutes: int) -> None:
    """Open the vault of a sign-in that goes on."""
    await SignIn.update(
        {
            SignIn.key_box: seal_for_token(token, data_key, sign_in),
            SignIn.open_until: clock.now() + timedelta(minutes=idle_minutes),
        }
    ).where(SignIn.id == sign_in)


async def lock(sign_in: UUID) -> None:
    await SignIn.update({SignIn.key_box: None, SignIn.open_until: None}).where(SignIn.id == sign_in)


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


async def end_others(viewer: UUID, kept: UUID | None) -> None:
    """Sign every other device of the viewer out."""
    await SignIn.raw(
        "DELETE FROM sign_in WHERE account = {} AND id != {}", viewer, kept or UUID(int=0)
    )


async def lock_idle() -> None:
    """Lock what has been idle. A time too far ahead was set by a clock that was wrong."""
    now = clock.now()
    await SignIn.update({SignIn.key_box: None, SignIn.open_until: None}).where(
        (SignIn.open_until <= now) | (SignIn.open_until > now + LONGEST_OPEN)
    )


async def forget_unused(days: int) -> None:
    """Forget sign-ins that nobody has used for `days`."""
    await SignIn.delete().where(SignIn.seen_on < clock.today() - timedelta(days=days))
