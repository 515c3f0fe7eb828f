"""The second step of a sign-in: what passes it, and turning it on and off.

Whatever passes it, `pass_` ends the half sign-in and begins a whole one under a fresh token: a
cookie that somebody planted, or saw before, opens nothing afterwards.
"""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from uuid import UUID

from recul import clock
from recul.accounts import queries, second_queries, throttle, totp
from recul.accounts.actions import access_log, sign_ins, vaults
from recul.accounts.actions.access_log import Kind
from recul.accounts.second_queries import HalfWay
from recul.accounts.tables import SecondFactor, SignIn, Vault
from recul.accounts.throttle import Attempt, TooManyAttempts
from recul.database import locked, write_transaction
from recul.settings import Settings
from recul.vault.errors import Unreadable, WrongSecret
from recul.vault.opened import OpenVault

CODES_A_DAY = 50
"""Attempts at six digits within a day: three codes are right at any moment, of a million."""
STEPS_KEPT = timedelta(minutes=10)
_NAME, _VERSION = "totp", 1

Claim = Callable[[], Awaitable[None]]
"""Uses up what was shown, inside the transaction that lets in. Raises WrongSecret."""


async def pass_(half: HalfWay, device: str, claim: Claim) -> bytes:
    """Let somebody in whose second secret was right. Returns the token for the cookie.

    Raises WrongSecret when what was shown, or the half sign-in itself, was used up meanwhile.
    """
    async with write_transaction():
        vault = await sign_ins.hold(half.account, half.vault.id, half.vault.data_key)
        await claim()
        ended = (
            await SignIn.delete()
            .where(SignIn.id == half.sign_in, SignIn.second_due.eq(True))
            .returning(SignIn.id)
        )
        if not ended:
            raise WrongSecret
        return await sign_ins.begin(vault, device)


async def by_code(
    settings: Settings, half: HalfWay, typed: str, address: str, device: str
) -> bytes:
    """Six digits of the application. Raises WrongSecret and TooManyAttempts."""
    attempt = await counted(settings, half, address)
    name = f"second-codes:{half.account}"
    if await throttle.often(settings, name, CODES_A_DAY, timedelta(hours=24)):
        raise TooManyAttempts
    try:
        step = await _step(half.vault, typed)
        token = await pass_(half, device, lambda: _use_step(half.account, step))
    except WrongSecret:
        await failed(settings, half)
        raise
    await attempt.forgive()
    return token


async def by_recovery_code(
    settings: Settings, half: HalfWay, typed: str, address: str, device: str
) -> bytes:
    """One of the eight keys, used up. Raises WrongSecret and TooManyAttempts."""
    attempt = await counted(settings, half, address)

    async def claim() -> None:
        await vaults.use_code(half.vault.id, typed)
        await access_log.note(half.account, Kind.RECOVERY_CODE_USED)

    try:
        token = await pass_(half, device, claim)
    except WrongSecret:
        await failed(settings, half)
        raise
    await attempt.forgive()
    return token


async def counted(settings: Settings, half: HalfWay, address: str) -> Attempt:
    """Count an attempt before it is made. Raises TooManyAttempts."""
    attempt = Attempt.of(settings, f"second:{half.account}", address)
    await attempt.count()
    return attempt


async def failed(settings: Settings, half: HalfWay) -> None:
    """Note for its person that somebody has her password, and did not get further."""
    await access_log.note_failure(settings, half.account, Kind.SECOND_STEP_FAILED)


async def _step(vault: OpenVault, typed: str) -> int:
    """The half minute of a code that is right. Raises WrongSecret."""
    box = await second_queries.secret_box(vault.owner)
    try:
        secret = vault.open_keep(_NAME, box or b"", _VERSION).decode()
    except Unreadable:
        raise WrongSecret from None
    step = totp.step_taken(secret, typed, clock.now())
    if step is None:
        raise WrongSecret
    return step


async def _use_step(account: UUID, step: int) -> None:
    """A code serves once, and none after a later one. Raises WrongSecret."""
    used = await SecondFactor.raw(
        "UPDATE second_factor SET last_step = {} WHERE account = {} AND last_step < {}"
        " RETURNING account",
        step,
        account,
        step,
    )
    if not used:
        raise WrongSecret


def sealed_secret(vault: OpenVault, secret: str) -> bytes:
    return vault.seal_keep(_NAME, secret.encode(), _VERSION)


def opened_secret(vault: OpenVault, box: bytes) -> str:
    """Raises Unreadable."""
    return vault.open_keep(_NAME, box, _VERSION).decode()


class NoCodes(Exception):
    """Without recovery codes, a lost phone would be a lost account."""


async def turn_on(vault: OpenVault, box: bytes, typed: str) -> None:
    """Ask codes of this sealed secret from now on, once one of them was typed.

    Raises WrongSecret, NoCodes, and Unreadable when the secret is not of this vault.
    """
    step = totp.step_taken(opened_secret(vault, box), typed, clock.now())
    if step is None:
        raise WrongSecret
    async with write_transaction():
        await locked(Vault.select(Vault.id).where(Vault.id == vault.id))
        if not await queries.codes_left(vault.id):
            raise NoCodes
        await SecondFactor.delete().where(SecondFactor.account == vault.owner)
        await SecondFactor.insert(SecondFactor(account=vault.owner, box=box, last_step=step))
        await access_log.note(vault.owner, Kind.TOTP_ON)


async def turn_off(viewer: UUID) -> None:
    """Ask no code of an application any more; a second time, it does nothing."""
    async with write_transaction():
        gone = (
            await SecondFactor.delete()
            .where(SecondFactor.account == viewer)
            .returning(SecondFactor.account)
        )
        if gone:
            await access_log.note(viewer, Kind.TOTP_OFF)


async def forget_steps() -> None:
    """When a code was last used, once it can be used no more, though the server's clock were set
    back a little: nobody needs to know."""
    too_old = totp.step_of(clock.now() - STEPS_KEPT)
    await SecondFactor.update({SecondFactor.last_step: 0}).where(
        SecondFactor.last_step > 0, SecondFactor.last_step < too_old
    )
