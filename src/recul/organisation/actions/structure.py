"""Founding organisations; naming, opening and closing their units and teams."""

from uuid import UUID, uuid4

from recul import clock
from recul.database import UniqueViolation, locked, write_transaction
from recul.organisation import rules
from recul.organisation.actions import memberships, places
from recul.organisation.tables import LineManager, Membership, Organisation, Team, Unit


class NameTaken(Exception):
    """Another one has this name already."""


class StillOpen(Exception):
    """There are open teams in this unit."""


async def found(name: str) -> UUID:
    """Make an organisation. Raises NameTaken."""
    new = uuid4()
    async with write_transaction():
        _refuse_twin(name, await Organisation.select(Organisation.id, Organisation.name))
        await Organisation.insert(Organisation(id=new, name=name))
    return new


async def rename(organisation: UUID, name: str) -> None:
    await Organisation.update({Organisation.name: name}).where(Organisation.id == organisation)


async def add_unit(organisation: UUID, name: str) -> UUID:
    """Raises NameTaken."""
    new = uuid4()
    try:
        async with write_transaction():
            await _refuse_twin_unit(organisation, name)
            await Unit.insert(Unit(id=new, organisation=organisation, name=name))
    except UniqueViolation:
        raise NameTaken from None
    return new


async def rename_unit(organisation: UUID, unit: UUID, name: str) -> None:
    """Raises NameTaken."""
    try:
        async with write_transaction():
            await _refuse_twin_unit(organisation, name, unit)
            await Unit.update({Unit.name: name}).where(Unit.id == unit)
    except UniqueViolation:
        raise NameTaken from None


async def _refuse_twin_unit(organisation: UUID, name: str, but: UUID | None = None) -> None:
    rows = await Unit.select(Unit.id, Unit.name).where(
        Unit.organisation == organisation, Unit.closed_on.is_null()
    )
    _refuse_twin(name, [row for row in rows if row["id"] != but])


async def close_unit(unit: UUID) -> None:
    """Raises StillOpen."""
    async with write_transaction():
        await locked(Unit.select(Unit.id).where(Unit.id == unit))
        if await Team.exists().where(Team.unit == unit, Team.closed_on.is_null()):
            raise StillOpen
        await Unit.update({Unit.closed_on: clock.today()}).where(Unit.id == unit)


async def add_team(unit: UUID, name: str) -> UUID:
    """Raises NameTaken."""
    new = uuid4()
    try:
        async with write_transaction():
            # A unit that is closed at the same moment would keep an open team.
            await locked(Unit.select(Unit.id).where(Unit.id == unit))
            await _refuse_twin_team(unit, name)
            await Team.insert(Team(id=new, unit=unit, name=name))
    except UniqueViolation:
        raise NameTaken from None
    return new


async def rename_team(unit: UUID, team: UUID, name: str) -> None:
    """Raises NameTaken."""
    try:
        async with write_transaction():
            await _refuse_twin_team(unit, name, team)
            await Team.update({Team.name: name}).where(Team.id == team)
    except UniqueViolation:
        raise NameTaken from None


async def _refuse_twin_team(unit: UUID, name: str, but: UUID | None = None) -> None:
    rows = await Team.select(Team.id, Team.name).where(Team.unit == unit, Team.closed_on.is_null())
    _refuse_twin(name, [row for row in rows if row["id"] != but])


def _refuse_twin(name: str, others: list[dict[str, object]]) -> None:
    if any(rules.same_name(name, str(other["name"])) for other in others):
        raise NameTaken


async def close_team(team: UUID) -> None:
    """End what a team holds today: memberships, line managers, ballots, waiting places."""
    today = clock.today()
    async with write_transaction():
        await locked(Team.select(Team.id).where(Team.id == team))
        await places.withdraw_all(team)
        current = await Membership.select(Membership.id).where(
            Membership.team == team, Membership.ended_on.is_null()
        )
        for row in current:
            await memberships.end(row["id"], today)
        await LineManager.update({LineManager.ended_on: today}).where(
            LineManager.team == team, LineManager.ended_on.is_null()
        )
        await Team.update({Team.closed_on: today}).where(Team.id == team)


async def forget_all() -> None:
    """Delete every organisation. Only ever called on a demo."""
    await Organisation.delete(force=True)
