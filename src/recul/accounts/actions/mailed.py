"""One-time links by mail, where a mail server is set."""

import time
from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import anyio

from recul import clock
from recul.accounts import queries, throttle
from recul.accounts.actions import access_log, invitations
from recul.accounts.actions.access_log import Kind
from recul.accounts.throttle import TooManyAttempts
from recul.database import write_transaction
from recul.notifications import actions as notifications
from recul.settings import Settings

RESET_VALID = timedelta(hours=24)
SECONDS = 0.4
"""How long asking for a link takes at least: far longer than writing a mail, so that the time
does not tell whether one was written."""
PER_ADDRESS = 20
LIMITS = ((1, timedelta(minutes=15)), (8, timedelta(hours=24)))
"""Links by mail to one person within a time: what somebody else asks for stays bearable."""


async def invite(settings: Settings, email: str, *, administrator: bool = False) -> None:
    """Invite somebody by mail. Raises AddressTaken."""
    async with write_transaction():
        made = await invitations.make_invitation(email, administrator=administrator)
        await send_invitation(settings, made.id, email, made.code)


async def send_invitation(settings: Settings, invitation: UUID, email: str, code: str) -> None:
    """Mail the link of an invitation that was just made, in the transaction that made it.

    The mail bears the id of the invitation: both are withdrawn together.
    """
    until = clock.now() + invitations.VALID
    await notifications.send(
        settings,
        to=email,
        kind="invitation",
        language=settings.language,
        zone=settings.time_zone,
        context={
            "url": f"{settings.url}/invitation/{code}",
            "until": until.astimezone(ZoneInfo(settings.time_zone)).date(),
        },
        useful_until=until,
        mail=invitation,
    )


async def reset_link(settings: Settings, email: str, address: str) -> None:
    """Mail a link to choose a new password, if somebody has this address; at once, since she
    waits for it. Nothing tells whether somebody has. Raises TooManyAttempts."""
    answered_at = time.monotonic() + SECONDS
    if await throttle.often(settings, f"links-from:{address}", PER_ADDRESS, throttle.WINDOW):
        raise TooManyAttempts
    account = await queries.account_by_email(email)
    if account is not None and not await _often(settings, email):
        async with write_transaction():
            code = await invitations.offer_link(account.id, account.email, RESET_VALID)
            await notifications.send(
                settings,
                to=account.email,
                kind="password-reset",
                language=account.language or settings.language,
                zone=account.time_zone,
                context={"url": f"{settings.url}/reinitialisation/{code}"},
                account=account.id,
                urgent=True,
                useful_until=clock.now() + RESET_VALID,
            )
            await access_log.note(account.id, Kind.LINK_ASKED)
    await anyio.sleep(max(0.0, answered_at - time.monotonic()))


async def _often(settings: Settings, email: str) -> bool:
    """A link refused for being the second in a quarter of an hour does not count for the day."""
    for limit, window in LIMITS:
        if await throttle.often(settings, f"links-to:{window}:{email}", limit, window):
            return True
    return False
