"""Adding and removing passkeys, recognising one, opening a vault with what it computes."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from recul import clock
from recul.accounts import challenges, passkey_queries, queries
from recul.accounts.actions import access_log, sign_ins
from recul.accounts.actions.access_log import Kind
from recul.accounts.actions.second_step import NoCodes
from recul.accounts.actions.sign_ins import Opened
from recul.accounts.answers import Assertion, Creation
from recul.accounts.challenges import Purpose
from recul.accounts.tables import KeySlot, Passkey
from recul.accounts.throttle import Attempt
from recul.accounts.webauthn import CREATE, GET, NotGenuine, Site, challenge_of, created, used
from recul.database import UniqueViolation, write_transaction
from recul.settings import Settings
from recul.vault.errors import WrongSecret
from recul.vault.opened import OpenVault
from recul.vault.slots import (
    PASSKEY_SECRET_SIZE,
    new_salt,
    unwrap_with_passkey,
    wrap_with_passkey,
)

MOST = 10
"""Passkeys of one person."""


class TooMany(Exception):
    """There are as many passkeys as one person may have."""


class KnownAlready(Exception):
    """This credential is kept here already."""


class GoneBack(Exception):
    """The passkey counted further before: there may be a copy of it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked of whom, and where the answer comes from in the network."""

    purpose: Purpose
    whom: bytes
    address: str


async def add(
    settings: Settings, vault: OpenVault, sign_in: UUID, name: str, new: Creation
) -> UUID:
    """Keep a new passkey; where its authenticator computed a secret, it opens the vault too.

    Raises NotGenuine, StaleChallenge, NoCodes, KnownAlready and TooMany.
    """
    site = Site.of(settings.url)
    challenge = challenge_of(site, CREATE, new.client_data)
    challenges.check(settings, Purpose.ADD, sign_in.bytes, challenge)
    made = created(site, new.attestation)
    await challenges.use_up(settings, challenge)
    passkey = Passkey(
        id=(id_ := uuid4()),
        account=vault.owner,
        credential_id=made.credential,
        public_key=made.public_key,
        sign_count=made.sign_count,
        transports=new.transports,
        name_box=vault.seal_keep(passkey_queries.name_of(id_), name.encode(), 0),
        computes=new.computes,
        created_on=clock.today(),
    )
    # What is computed without knowing its person would be another secret next time.
    opens = made.verified and len(new.secret) == PASSKEY_SECRET_SIZE
    await _store(vault, passkey, new.secret if opens else None)
    return id_


async def _store(vault: OpenVault, passkey: Passkey, secret: bytes | None) -> None:
    try:
        async with write_transaction():
            await sign_ins.hold(vault.owner, vault.id, vault.data_key)
            if not await queries.codes_left(vault.id):
                raise NoCodes
            if await Passkey.count().where(Passkey.account == vault.owner) >= MOST:
                raise TooMany
            await Passkey.insert(passkey)
            if secret is not None:
                await KeySlot.insert(_slot(vault, passkey.id, passkey.credential_id, secret))
            await access_log.note(vault.owner, Kind.PASSKEY_ADDED)
    except UniqueViolation:
        raise KnownAlready from None


def _slot(vault: OpenVault, passkey: UUID, credential: bytes, secret: bytes) -> KeySlot:
    salt = new_salt()
    box = wrap_with_passkey(secret, salt, vault.data_key, vault.id, credential)
    return KeySlot(
        vault=vault.id,
        kind="passkey",
        salt=salt,
        memory_kib=0,
        passes=0,
        box=box,
        passkey=passkey,
    )


async def recognise(
    settings: Settings, asked: Asked, answer: Assertion, account: UUID | None
) -> Passkey:
    """The passkey that answered: one of `account`, or of whoever holds it.

    As a second step its presence is enough; whatever it does alone, its authenticator must have
    known its person. Raises NotGenuine, StaleChallenge, GoneBack and TooManyAttempts.
    """
    who = account.hex if account else answer.credential.hex()
    attempt = Attempt.of(settings, f"passkey:{who}", asked.address)
    await attempt.count()
    site = Site.of(settings.url)
    challenge = challenge_of(site, GET, answer.client_data)
    challenges.check(settings, asked.purpose, asked.whom, challenge)
    passkey = await passkey_queries.by_credential(answer.credential, account)
    if passkey is None or answer.user not in (b"", passkey.account.bytes):
        raise NotGenuine
    use = used(
        site,
        passkey.public_key,
        client_data=answer.client_data,
        said=answer.authenticator_data,
        signature=answer.signature,
    )
    if not use.verified and asked.purpose is not Purpose.SECOND:
        raise NotGenuine
    await challenges.use_up(settings, challenge)
    await _count(settings, passkey, use.sign_count)
    await attempt.forgive()
    return passkey


async def _count(settings: Settings, passkey: Passkey, count: int) -> None:
    """Some authenticators count their signatures, others always say 0: never back from a count."""
    grown = (
        await Passkey.update({Passkey.sign_count: count})
        .where(Passkey.id == passkey.id, Passkey.sign_count < max(count, 1))
        .returning(Passkey.id)
    )
    if not grown:
        await access_log.note_failure(settings, passkey.account, Kind.PASSKEY_GONE_BACK)
        raise GoneBack


async def open_vault(settings: Settings, passkey: Passkey, secret: bytes) -> Opened:
    """The vault in use, by what a recognised passkey computed. Raises WrongSecret."""
    slot = await passkey_queries.slot(passkey.id)
    if slot is None:
        raise WrongSecret
    try:
        data_key = unwrap_with_passkey(
            secret, slot.salt, slot.box, slot.vault, passkey.credential_id
        )
    except WrongSecret:
        if secret:
            await access_log.note_failure(settings, passkey.account, Kind.UNLOCK_FAILED)
        raise
    return Opened(passkey.account, slot.vault, slot.id, data_key)


async def let_open(vault: OpenVault, passkey: Passkey, secret: bytes) -> None:
    """Let a recognised passkey open the vault from now on.

    Raises WrongSecret when its authenticator computed nothing, or when the passkey was removed or
    the vault closed meanwhile.
    """
    if len(secret) != PASSKEY_SECRET_SIZE:
        raise WrongSecret
    slot = _slot(vault, passkey.id, passkey.credential_id, secret)
    async with write_transaction():
        await sign_ins.hold(vault.owner, vault.id, vault.data_key)
        kept = Passkey.update({Passkey.computes: True}).where(Passkey.id == passkey.id)
        if not await kept.returning(Passkey.id):
            raise WrongSecret
        await KeySlot.delete().where(KeySlot.passkey == passkey.id, KeySlot.vault == vault.id)
        await KeySlot.insert(slot)


async def remove(viewer: UUID, passkey: UUID) -> bool:
    """Forget a passkey of the viewer's, with the slots it opens. False when it is not hers."""
    async with write_transaction():
        removed = (
            await Passkey.delete()
            .where(Passkey.id == passkey, Passkey.account == viewer)
            .returning(Passkey.id)
        )
        if removed:
            await access_log.note(viewer, Kind.PASSKEY_REMOVED)
    return bool(removed)
