"""Making vaults, and changing the secrets that open them."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from uuid import UUID, uuid4

from recul.accounts import queries
from recul.accounts.actions import access_log, sign_ins
from recul.accounts.actions.access_log import Kind
from recul.accounts.actions.sign_ins import Opened
from recul.accounts.derivation import derive
from recul.accounts.tables import Account, KeySlot, Passkey, SecondFactor, Vault
from recul.accounts.throttle import Attempt
from recul.database import locked, write_transaction
from recul.settings import Settings
from recul.vault.codes import new_codes
from recul.vault.errors import Malformed, WrongSecret
from recul.vault.opened import OpenVault, new_vault
from recul.vault.passwords import Cost
from recul.vault.slots import (
    new_salt,
    no_slot,
    unwrap_with_code,
    unwrap_with_password,
    wrap_with_code,
    wrap_with_password,
)

Claim = Callable[[], Awaitable[None]]
"""Run inside the transaction of a reset, before anything is written: it may refuse."""


CODES = 8
"""On a fresh sheet."""

MADE: dict[str, Callable[[OpenVault], Awaitable[None]]] = {}
"""Who is told, by name, of each new vault, inside the transaction that stores it."""


async def _freely() -> None:
    pass


async def password_slot(settings: Settings, vault: UUID, data_key: bytes, password: str) -> KeySlot:
    """A slot, not stored yet, in which `password` opens the vault."""
    salt = new_salt()
    key = await derive(settings, password, salt, settings.cost)
    return KeySlot(
        vault=vault,
        kind="password",
        salt=salt,
        memory_kib=settings.cost.memory_kib,
        passes=settings.cost.passes,
        box=wrap_with_password(key, data_key, vault),
    )


async def store(vault: OpenVault, slot: KeySlot) -> None:
    """Keep a new vault and its first slot. Call it inside a transaction."""
    await Vault.insert(
        Vault(
            id=vault.id,
            owner=vault.owner,
            public_key=vault.public_key,
            private_box=vault.private_box,
            closed=False,
        )
    )
    await KeySlot.insert(slot)
    for listener in MADE.values():
        await listener(vault)


async def _hold(vault: UUID) -> None:
    """Let nobody else change the secrets of a vault until this transaction ends.

    Without it, two changes at once leave the slots of both on PostgreSQL: neither sees the
    other's. Raises WrongSecret when a reset has closed the vault meanwhile.
    """
    held = Vault.select(Vault.id).where(Vault.id == vault, Vault.closed.eq(False))
    if not await locked(held):
        raise WrongSecret


async def change_password(
    settings: Settings, owner: UUID, vault: UUID, data_key: bytes, password: str, kept: UUID | None
) -> None:
    """Wrap the data key anew and sign every other device out."""
    slot = await password_slot(settings, vault, data_key, password)
    async with write_transaction():
        await _hold(vault)
        await KeySlot.delete().where(KeySlot.vault == vault, KeySlot.kind == "password")
        await KeySlot.insert(slot)
        await sign_ins.end_others(owner, kept)
        await access_log.note(owner, Kind.PASSWORD_CHANGED)


async def make_codes(viewer: UUID, vault: OpenVault) -> list[str]:
    """Eight fresh recovery codes, which replace all older ones. Never stored in clear."""
    codes = new_codes(CODES)
    slots = [_code_slot(vault.id, vault.data_key, code) for code in codes]
    async with write_transaction():
        await _hold(vault.id)
        await KeySlot.delete().where(KeySlot.vault == vault.id, KeySlot.kind == "recovery")
        await KeySlot.insert(*slots)
        await Account.update({Account.settled: False}).where(Account.id == viewer)
        await access_log.note(viewer, Kind.CODES_MADE)
    return codes


def _code_slot(vault: UUID, data_key: bytes, code: str) -> KeySlot:
    salt = new_salt()
    box = wrap_with_code(code, salt, data_key, vault)
    return KeySlot(vault=vault, kind="recovery", salt=salt, memory_kib=0, passes=0, box=box)


async def settle(viewer: UUID, vault: UUID, code: str) -> None:
    """Note that the person has her codes at hand: one of them was copied. Raises WrongSecret."""
    await _opening_slot(vault, code)
    await Account.update({Account.settled: True}).where(Account.id == viewer)


async def _opening_slot(vault: UUID, code: str) -> tuple[KeySlot, bytes]:
    """The slot that a code opens, and the data key in it. Raises WrongSecret.

    Always as many trials as there are codes on a fresh sheet: their number tells nothing.
    """
    slots = await queries.slots(vault, "recovery")
    with suppress(Malformed):
        for slot in slots:
            with suppress(WrongSecret):
                return slot, unwrap_with_code(code, slot.salt, slot.box, vault)
        for _ in range(CODES - len(slots)):
            with suppress(WrongSecret):
                unwrap_with_code(code, *no_slot(), vault)
    raise WrongSecret


async def use_code(vault: UUID, code: str) -> None:
    """Use up one code, in the transaction of what it is for. Raises WrongSecret."""
    slot, _ = await _opening_slot(vault, code)
    await _use_up(slot)


async def _use_up(slot: KeySlot) -> None:
    if not await KeySlot.delete().where(KeySlot.id == slot.id).returning(KeySlot.id):
        raise WrongSecret  # The same code, used at the same moment elsewhere.


async def recover(settings: Settings, email: str, code: str, password: str, address: str) -> Opened:
    """A new password for somebody who holds a recovery code; the code is used up.

    Raises WrongSecret, the same for an unknown address, and TooManyAttempts.
    """
    attempt = Attempt.of(settings, email, address)
    await attempt.count()
    account = await queries.account_by_email(email)
    owner = account.id if account else uuid4()  # For nobody, the same statements and trials.
    vaults = await queries.vaults(owner, closed=False)
    vault = vaults[0].id if vaults else uuid4()
    opened = await recover_vault(settings, owner, vault, code, password)
    await attempt.forgive()
    return opened


async def recover_vault(
    settings: Settings, owner: UUID, vault: UUID, code: str, password: str, claim: Claim = _freely
) -> Opened:
    """Use up one code of a vault for a new password. Raises WrongSecret and what `claim` does."""
    used, data_key = await _opening_slot(vault, code)
    slot = await password_slot(settings, vault, data_key, password)
    async with write_transaction():
        await claim()
        await _hold(vault)
        await _use_up(used)
        await KeySlot.delete().where(KeySlot.vault == vault, KeySlot.kind == "password")
        await KeySlot.insert(slot)
        await sign_ins.end_others(owner, None)
        await access_log.note(owner, Kind.PASSWORD_RECOVERED)
    return Opened(owner, vault, slot.id, data_key)


async def replace(settings: Settings, owner: UUID, password: str, claim: Claim = _freely) -> Opened:
    """A new, empty vault for somebody who has neither password nor code.

    The old one stays closed, with its slots, for a code that is found later. What a second step
    was made of goes: it was sealed in the old one, or lost with everything else.
    """
    vault = new_vault(owner)
    slot = await password_slot(settings, vault.id, vault.data_key, password)
    async with write_transaction():
        await claim()
        await Vault.update({Vault.closed: True}).where(Vault.owner == owner)
        await store(vault, slot)
        await Account.update({Account.settled: False}).where(Account.id == owner)
        await SecondFactor.delete().where(SecondFactor.account == owner)
        await Passkey.delete().where(Passkey.account == owner)
        await sign_ins.end_others(owner, None)
        await access_log.note(owner, Kind.VAULT_REPLACED)
    return Opened(owner, vault.id, slot.id, vault.data_key)


async def open_closed(viewer: UUID, code: str) -> OpenVault:
    """A vault of the viewer's that a reset left closed, opened by a code. Raises WrongSecret."""
    for row in await queries.vaults(viewer, closed=True):
        try:
            _, data_key = await _opening_slot(row.id, code)
        except WrongSecret:
            continue
        return OpenVault(row.id, viewer, row.public_key, data_key, row.private_box)
    raise WrongSecret


async def open_closed_by_password(settings: Settings, viewer: UUID, password: str) -> OpenVault:
    """The same by the password of that time: whoever lost her phone and all her codes, but not
    her memory, loses nothing. Raises WrongSecret."""
    for row in await queries.vaults(viewer, closed=True):
        for slot in await queries.slots(row.id, "password"):
            key = await derive(settings, password, slot.salt, Cost(slot.memory_kib, slot.passes))
            try:
                data_key = unwrap_with_password(key, slot.box, row.id)
            except WrongSecret:
                continue
            return OpenVault(row.id, viewer, row.public_key, data_key, row.private_box)
    raise WrongSecret


async def forget(viewer: UUID, vault: UUID) -> None:
    """Delete a closed vault whose content was taken over, with what it was opened by."""
    await Vault.delete().where(Vault.id == vault, Vault.owner == viewer, Vault.closed.eq(True))
