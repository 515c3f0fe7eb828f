"""Places that wait for people: kept when asked for, led to by invitations, taken when accepted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from recul import clock
from recul.accounts.actions import invitations, mailed
from recul.accounts.actions.invitations import Guest
from recul.accounts.joining import TOO_LATE, Refused
from recul.database import write_transaction
from recul.organisation import rules
from recul.organisation.actions import memberships, roles
from recul.organisation.actions.memberships import AlreadyThere, TeamClosed
from recul.organisation.actions.roles import RolesApart
from recul.organisation.queries import places as queries
from recul.organisation.queries.shapes import PlaceRow
from recul.organisation.rules import Newcomer
from recul.organisation.tables import Place
from recul.settings import Settings
from recul.words import N_

APART = N_(
    "Votre compte est celui de l’administration technique : il ne peut pas aussi organiser. "
    "Acceptez avec un autre compte."
)
KEPT = timedelta(days=90)
"""How long a place waits before it is forgotten, with the name and the address in it."""

AT_ONCE = 100
"""Rows of one statement: writing it takes the event loop some milliseconds."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one person is handed: it is shown or sent once, for only a hash of the code is kept."""

    invitation: UUID
    display_name: str
    email: str
    leads_into: str
    code: str
    valid_until: datetime


async def ask(organisation: UUID, newcomers: Sequence[Newcomer]) -> list[UUID]:
    """Keep a place for each. They have no code yet: see `invite`."""
    rows = [
        Place(
            id=uuid4(),
            organisation=organisation,
            team=newcomer.team,
            kind=newcomer.kind,
            display_name=newcomer.display_name,
            email=newcomer.email,
            asked_on=clock.today(),
        )
        for newcomer in newcomers
    ]
    async with write_transaction():
        for start in range(0, len(rows), AT_ONCE):
            await Place.insert(*rows[start : start + AT_ONCE])
    return [row.id for row in rows]


async def invite(places: Sequence[PlaceRow]) -> list[Sheet]:
    """Make one fresh code a place; the codes that were made before end."""
    guests = [Guest(uuid4(), p.email, p.display_name, p.leads_into) for p in places]
    until = clock.now() + invitations.VALID
    async with write_transaction():
        await invitations.withdraw(*(p.invitation for p in places if p.invitation))
        codes = await invitations.invite_into(guests)
        for place, guest in zip(places, guests, strict=True):
            await Place.update(
                {Place.invitation: guest.invitation, Place.valid_until: until}
            ).where(Place.id == place.id)
    return [
        Sheet(guest.invitation, guest.display_name, guest.email, guest.leads_into, code, until)
        for guest, code in zip(guests, codes, strict=True)
    ]


async def send(settings: Settings, places: Sequence[PlaceRow]) -> bool:
    """Invite those who have an address by mail. False where no mail server is set."""
    if settings.smtp is None:
        return False
    async with write_transaction():
        for sheet in await invite([place for place in places if place.email]):
            await mailed.send_invitation(settings, sheet.invitation, sheet.email, sheet.code)
    return True


async def take(invitation: UUID, account: UUID) -> None:
    """Somebody accepted: give her what was kept for her. Told by accounts, in their transaction.

    Raises Refused when every place has gone meanwhile.
    """
    waiting = await queries.of_invitation(invitation)
    taken = 0
    for place in waiting:
        try:
            await _seat(place, account)
        except TeamClosed:
            continue
        except AlreadyThere:
            pass
        except RolesApart:
            raise Refused(APART) from None
        taken += 1
    if waiting and not taken:
        raise Refused(TOO_LATE)
    await _forget(waiting)


async def _seat(place: PlaceRow, account: UUID) -> None:
    if place.kind == rules.MEMBER and place.team:
        await memberships.join(account, place.team)
    elif place.kind == rules.MANAGER and place.team:
        await roles.answer_for(account, place.team)
    else:
        await roles.appoint(account, place.organisation, place.kind)


async def withdraw(place: PlaceRow) -> None:
    async with write_transaction():
        await _forget([place])


async def withdraw_all(team: UUID) -> None:
    """Call it inside a transaction."""
    await _forget(await queries.of_team(team))


async def _forget(places: Sequence[PlaceRow]) -> None:
    if places:
        await Place.delete().where(Place.id.is_in([place.id for place in places]))
        await invitations.withdraw(*(place.invitation for place in places if place.invitation))


async def sweep() -> None:
    """Forget the names and addresses of people who did not come."""
    await Place.delete().where(Place.asked_on < clock.today() - KEPT)
