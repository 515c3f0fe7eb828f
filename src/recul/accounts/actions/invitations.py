"""One-time links: the first administrator, invited people, a reset without a code."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from uuid import UUID, uuid4

from recul import clock
from recul.accounts import joining, queries, second_queries
from recul.accounts.actions import access_log, vaults
from recul.accounts.actions.access_log import Kind
from recul.accounts.actions.sign_ins import Opened
from recul.accounts.tables import Account, Invitation
from recul.database import UniqueViolation, write_transaction
from recul.notifications import actions as notifications
from recul.settings import Settings
from recul.vault.codes import new_codes, normalise_code
from recul.vault.errors import Malformed
from recul.vault.opened import new_vault
from recul.vault.sign_in_key import hash_token

VALID = timedelta(days=7)


class AlreadyUsed(Exception):
    """The link was used, or is of no use any more."""


class CodeNeeded(Exception):
    """A link that was mailed does not replace a second step: it takes a recovery code as well."""


class AddressTaken(Exception):
    """Somebody has an account under this address."""


def _hash(code: str) -> bytes:
    return hash_token(normalise_code(code).encode())


async def invite(email: str, *, administrator: bool = False) -> str:
    """Invite somebody; an older invitation of theirs ends. Returns the code of the link."""
    return (await make_invitation(email, administrator=administrator)).code


async def make_invitation(email: str, *, administrator: bool = False) -> "Made":
    if await queries.account_by_email(email):
        raise AddressTaken
    return await _make("welcome", email=email, administrator=administrator)


@dataclass(frozen=True, slots=True)
class Made:
    """A link that was just made. Its code is kept nowhere."""

    id: UUID
    code: str


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody whom another slice invites."""

    invitation: UUID
    email: str
    """Empty for somebody who will type one when she accepts."""
    display_name: str
    leads_into: str
    """In words, for the page that welcomes: a team, an organisation."""


async def invite_into(guests: Sequence[Guest]) -> list[str]:
    """Invite people into something that another slice keeps. Returns their codes, in order.

    Whether somebody has an account at an address is neither asked nor told: who has one joins
    with it.
    """
    codes = new_codes(len(guests))
    rows = [
        Invitation(
            id=guest.invitation,
            token_hash=_hash(code),
            purpose="welcome",
            email=guest.email,
            display_name=guest.display_name,
            leads_into=guest.leads_into,
            expires_at=clock.now() + VALID,
        )
        for guest, code in zip(guests, codes, strict=True)
    ]
    if rows:
        await Invitation.insert(*rows)
    return codes


async def invite_first() -> str:
    """The link that makes the first technical administrator; an older one ends."""
    return (await _make("first", email="", administrator=True)).code


async def offer_reset(email: str) -> str:
    """A link to choose a new password. Raises LookupError when nobody has this address."""
    account = await queries.account_by_email(email)
    if account is None:
        raise LookupError(email)
    async with write_transaction():
        await access_log.note(account.id, Kind.LINK_ASKED)
        return (await _make("reset", email=email, account=account.id)).code


async def offer_link(account: UUID, email: str, valid: timedelta) -> str:
    """One more link to choose a new password: older ones go on, since anybody may ask for one."""
    [code] = new_codes(1)
    await Invitation.insert(
        Invitation(
            token_hash=_hash(code),
            purpose="reset",
            email=email,
            account=account,
            mailed=True,
            expires_at=clock.now() + valid,
        )
    )
    return code


async def _make(
    purpose: str, *, email: str, administrator: bool = False, account: UUID | None = None
) -> Made:
    [code], made = new_codes(1), uuid4()
    async with write_transaction():
        older = await Invitation.select(Invitation.id).where(
            Invitation.purpose == purpose, Invitation.email == email, Invitation.leads_into == ""
        )
        await withdraw(*(row["id"] for row in older))
        await Invitation.insert(
            Invitation(
                id=made,
                token_hash=_hash(code),
                purpose=purpose,
                email=email,
                account=account,
                administrator=administrator,
                expires_at=clock.now() + VALID,
            )
        )
    return Made(made, code)


async def find(code: str, *purposes: str) -> Invitation:
    """The invitation of a code. Raises AlreadyUsed when it ended or never was."""
    try:
        found = await queries.invitation(_hash(code))
    except Malformed:
        raise AlreadyUsed from None
    if found is None or found.purpose not in purposes:
        raise AlreadyUsed
    return found


async def accept(
    settings: Settings, code: str, *, email: str, display_name: str, password: str, time_zone: str
) -> Opened:
    """Make the account and its vault. Raises AlreadyUsed, AddressTaken and joining.Refused."""
    invitation = await find(code, "welcome", "first")
    account = uuid4()
    vault = new_vault(account)
    slot = await vaults.password_slot(settings, vault.id, vault.data_key, password)
    try:
        async with write_transaction():
            await _use_up(invitation)
            # Whoever comes first, by whichever link: from then on administrators are invited.
            await Invitation.delete().where(Invitation.purpose == "first")
            await Account.insert(
                Account(
                    id=account,
                    email=invitation.email or email,
                    display_name=display_name,
                    administrator=invitation.administrator,
                    time_zone=time_zone,
                    joined_on=clock.today(),
                )
            )
            await vaults.store(vault, slot)
            await joining.tell(invitation.id, account)
    except UniqueViolation:
        raise AddressTaken from None
    return Opened(account, vault.id, slot.id, vault.data_key)


async def join(viewer: UUID, code: str) -> None:
    """Accept with an account that is there already. Raises AlreadyUsed and joining.Refused."""
    invitation = await find(code, "welcome")
    if not invitation.leads_into:
        raise AlreadyUsed
    async with write_transaction():
        await _use_up(invitation)
        await joining.tell(invitation.id, viewer)


async def reset(settings: Settings, code: str, *, password: str, recovery_code: str) -> Opened:
    """A new password by a one-time link: with a recovery code the vault opens, without one
    a new vault begins. Raises AlreadyUsed, WrongSecret and CodeNeeded."""
    invitation = await find(code, "reset")
    owner = invitation.account
    claim = partial(_use_up, invitation)
    if not recovery_code:
        if await needs_code(invitation):
            raise CodeNeeded
        return await vaults.replace(settings, owner, password, claim)
    [vault] = await queries.vaults(owner, closed=False)
    return await vaults.recover_vault(settings, owner, vault.id, recovery_code, password, claim)


async def needs_code(invitation: Invitation) -> bool:
    """A mailbox that somebody else reads must not undo a second step. Whoever has lost all her
    codes asks those who keep the server, who know her: they hand her a link of another kind."""
    if not invitation.mailed or invitation.account is None:
        return False
    return (await second_queries.methods(invitation.account)).any


async def _use_up(invitation: Invitation) -> None:
    used = await Invitation.delete().where(Invitation.id == invitation.id).returning(Invitation.id)
    if not used:
        raise AlreadyUsed
    if invitation.purpose == "reset":  # the others that were asked for meanwhile
        await Invitation.delete().where(
            Invitation.purpose == "reset", Invitation.account == invitation.account
        )


async def withdraw(*invitations: UUID) -> None:
    """End links, and take back their mails if they have not left."""
    if invitations:
        await Invitation.delete().where(Invitation.id.is_in(list(invitations)))
        await notifications.withdraw(*invitations)


async def withdraw_plain(invitation: UUID) -> None:
    """Withdraw an invitation that leads into no organisation."""
    plain = Invitation.exists().where(Invitation.id == invitation, Invitation.leads_into == "")
    if await plain:
        await withdraw(invitation)


async def sweep() -> None:
    """Forget what has expired."""
    await Invitation.delete().where(Invitation.expires_at < clock.now())
