"""Who organises, who facilitates, who answers for a team."""

from typing import Any
from uuid import UUID

from recul import clock
from recul.accounts.queries import is_administrator
from recul.database import UniqueViolation, locked, write_transaction
from recul.organisation import rules
from recul.organisation.actions.memberships import AlreadyThere, TeamClosed
from recul.organisation.tables import LineManager, Organisation, Role, Team


class LastOrganiser(Exception):
    """Nobody else would be left to organise."""


class RolesApart(Exception):
    """A technical administrator does not organise under the same account."""


async def appoint(account: UUID, organisation: UUID, kind: str) -> None:
    """`kind`: rules.ORGANISER or rules.FACILITATOR. Raises AlreadyThere and RolesApart."""
    if kind == rules.ORGANISER and await is_administrator(account):
        raise RolesApart
    try:
        async with write_transaction():
            await Role.insert(
                Role(
                    account=account,
                    organisation=organisation,
                    kind=kind,
                    started_on=clock.today(),
                )
            )
    except UniqueViolation:
        raise AlreadyThere from None


async def end(role: dict[str, Any]) -> None:
    """Raises LastOrganiser."""
    async with write_transaction():
        organisation = role["organisation"]
        await locked(Organisation.select(Organisation.id).where(Organisation.id == organisation))
        if role["kind"] == rules.ORGANISER:
            others = await Role.count().where(
                Role.organisation == organisation,
                Role.kind == rules.ORGANISER,
                Role.ended_on.is_null(),
                Role.id != role["id"],
            )
            if not others:
                raise LastOrganiser
        await Role.update({Role.ended_on: clock.today()}).where(
            Role.id == role["id"], Role.ended_on.is_null()
        )


async def answer_for(account: UUID, team: UUID) -> None:
    """Make somebody a line manager of a team. Raises AlreadyThere and TeamClosed."""
    try:
        async with write_transaction():
            open_team = Team.select(Team.id).where(Team.id == team, Team.closed_on.is_null())
            if not await locked(open_team):
                raise TeamClosed
            await LineManager.insert(
                LineManager(account=account, team=team, started_on=clock.today())
            )
    except UniqueViolation:
        raise AlreadyThere from None


async def end_answering(link: UUID) -> None:
    await LineManager.update({LineManager.ended_on: clock.today()}).where(
        LineManager.id == link, LineManager.ended_on.is_null()
    )
