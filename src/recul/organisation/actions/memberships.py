"""Joining, leaving and moving between teams. Accounts, vaults and journals are not touched."""

from datetime import date
from uuid import UUID

from recul import clock
from recul.database import UniqueViolation, locked, write_transaction
from recul.organisation.tables import Membership, StewardBallot, Team


class AlreadyThere(Exception):
    """The person is in this team already."""


class TeamClosed(Exception):
    """The team was closed meanwhile."""


class HomeElsewhere(Exception):
    """The person's home team is not one that this organiser may change."""


class WrongDay(Exception):
    """Before the beginning, or still to come."""


async def join(account: UUID, team: UUID, started_on: date | None = None) -> UUID:
    """Put somebody into a team; it becomes her home team when she has none.

    Raises AlreadyThere, TeamClosed and WrongDay.
    """
    day = started_on or clock.today()
    if day > clock.today():
        raise WrongDay
    try:
        return await _join(account, team, day)
    except UniqueViolation:
        pass  # In this team already, or another first team came at the same moment: look again.
    try:
        return await _join(account, team, day)
    except UniqueViolation:
        raise AlreadyThere from None


async def _join(account: UUID, team: UUID, day: date, home: bool | None = None) -> UUID:
    async with write_transaction():
        if not await locked(Team.select(Team.id).where(Team.id == team, Team.closed_on.is_null())):
            raise TeamClosed
        if home is None:
            home = not await Membership.exists().where(
                Membership.account == account,
                Membership.home.eq(True),
                Membership.ended_on.is_null(),
            )
        new = Membership(account=account, team=team, home=home, started_on=day)
        await Membership.insert(new)
    return UUID(str(new.id))


async def end(membership: UUID, ended_on: date) -> None:
    """Let somebody leave: her ballot, and those for her, go; another team becomes her home.

    Nothing happens when it has ended before. Raises WrongDay.
    """
    async with write_transaction():
        await _end(membership, ended_on)


async def _end(membership: UUID, ended_on: date, *, keep_home: bool = True) -> Membership | None:
    query = Membership.objects().where(Membership.id == membership, Membership.ended_on.is_null())
    found = await locked(query)
    if not found:
        return None
    left: Membership = found[0]
    if not left.started_on <= ended_on <= clock.today():
        raise WrongDay
    await Membership.update({Membership.ended_on: ended_on}).where(Membership.id == membership)
    await StewardBallot.delete().where(
        StewardBallot.team == left.team,
        (StewardBallot.voter == left.account) | (StewardBallot.candidate == left.account),
    )
    if left.home and keep_home:
        await _settle_in_the_oldest(left.account)
    return left


async def _settle_in_the_oldest(account: UUID) -> None:
    other = (
        await Membership.select(Membership.id)
        .where(Membership.account == account, Membership.ended_on.is_null())
        .order_by(Membership.started_on)
        .order_by(Membership.id)
        .first()
    )
    if other:
        await Membership.update({Membership.home: True}).where(Membership.id == other["id"])


async def move(membership: UUID, team: UUID, day: date) -> None:
    """Leave one team for another on the same day; a home team moves along.

    Raises AlreadyThere, TeamClosed and WrongDay.
    """
    try:
        async with write_transaction():
            left = await _end(membership, day, keep_home=False)
            if left is not None:
                await _join(left.account, team, day, left.home)
    except UniqueViolation:
        raise AlreadyThere from None


async def make_home(account: UUID, membership: UUID, within: list[UUID] | None = None) -> None:
    """Make this the person's one home team. With `within`, memberships that an organiser
    reaches, her home of today must be one of them: raises HomeElsewhere."""
    async with write_transaction():
        current = await locked(
            Membership.select(Membership.id, Membership.home).where(
                Membership.account == account, Membership.ended_on.is_null()
            )
        )
        homes = [row["id"] for row in current if row["home"]]
        if membership not in [row["id"] for row in current]:
            return
        if within is not None and not set(homes) <= set(within):
            raise HomeElsewhere
        await Membership.update({Membership.home: False}).where(
            Membership.account == account,
            Membership.home.eq(True),
            Membership.ended_on.is_null(),
        )
        await Membership.update({Membership.home: True}).where(Membership.id == membership)
