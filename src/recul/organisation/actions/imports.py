"""A file of people in three steps: read and kept sealed, looked at, taken. Twice changes nothing.

The file waits sealed under the token that only the organiser's cookie holds, for an hour at most:
neither the database nor a backup of it can be read for names, and 5,000 lines do not travel to
the browser and back.
"""

from datetime import timedelta
from uuid import UUID

import anyio.to_thread
from piccolo.querystring import QueryString

from recul import clock
from recul.database import fetch, locked, write_transaction
from recul.organisation import rules
from recul.organisation.actions import memberships, places, roles, structure
from recul.organisation.actions.memberships import AlreadyThere, TeamClosed
from recul.organisation.actions.roles import RolesApart
from recul.organisation.importing import Plan, Seat, plan
from recul.organisation.people_csv import People, parse
from recul.organisation.queries import importing as queries
from recul.organisation.rules import Newcomer, name_key
from recul.organisation.tables import Organisation, PeopleImport, Unit
from recul.vault.errors import Unreadable
from recul.vault.sign_in_key import open_with_token, seal_for_token

KEPT = timedelta(hours=1)
UPSERT = """
INSERT INTO people_import (sign_in, organisation, box, forget_at) VALUES ({}, {}, {}, {})
ON CONFLICT (sign_in) DO UPDATE SET
    organisation = excluded.organisation, box = excluded.box, forget_at = excluded.forget_at
"""


async def stage(sign_in: UUID, token: bytes, organisation: UUID, data: bytes) -> None:
    """Check a file and keep it, sealed, until the organiser has said yes. Raises ImportFailed."""
    await anyio.to_thread.run_sync(parse, data)
    box = await anyio.to_thread.run_sync(seal_for_token, token, data, sign_in)
    await fetch(QueryString(UPSERT, sign_in, organisation, box, clock.now() + KEPT))


async def staged(sign_in: UUID, token: bytes, organisation: UUID) -> People | None:
    """The file that waits; none when there is none any more."""
    box = await queries.staged(sign_in, organisation, clock.now())
    if box is None:
        return None
    try:
        data = await anyio.to_thread.run_sync(open_with_token, token, box, sign_in)
    except Unreadable:
        return None
    return await anyio.to_thread.run_sync(parse, data)


async def preview(organisation: UUID, people: People) -> Plan:
    """What the file would change."""
    known = await queries.known(organisation)
    return await anyio.to_thread.run_sync(plan, people, known)


async def take(organisation: UUID, people: People, *, make_teams: bool) -> Plan:
    """Do it, all or nothing. With `make_teams`, units and teams that are missing are made."""
    async with write_transaction():
        # Sent twice at the same moment, the second finds what the first has done.
        await locked(Organisation.select(Organisation.id).where(Organisation.id == organisation))
        if make_teams:
            await _make_teams(organisation, (await preview(organisation, people)).missing)
        planned = await preview(organisation, people)
        for seat in planned.seats:
            if seat.account is not None:
                await _place(organisation, seat.account, seat)
        await places.ask(
            organisation,
            [
                Newcomer(seat.display_name, seat.email, seat.team, seat.kind)
                for seat in planned.seats
                if seat.account is None
            ],
        )
    return planned


async def _make_teams(organisation: UUID, missing: list[tuple[str, str]]) -> None:
    rows = await Unit.select(Unit.id, Unit.name).where(
        Unit.organisation == organisation, Unit.closed_on.is_null()
    )
    units = {name_key(row["name"]): row["id"] for row in rows}
    for unit, team in missing:
        key = name_key(unit)
        if key not in units:
            units[key] = await structure.add_unit(organisation, unit)
        await structure.add_team(units[key], team)


async def _place(organisation: UUID, account: UUID, seat: Seat) -> None:
    try:
        if seat.kind == rules.MEMBER and seat.team:
            await memberships.join(account, seat.team)
        elif seat.kind == rules.MANAGER and seat.team:
            await roles.answer_for(account, seat.team)
        else:
            await roles.appoint(account, organisation, seat.kind)
    except (AlreadyThere, TeamClosed, RolesApart):
        pass  # Another has done it since the file was looked at, or it is not to be.


async def drop(sign_in: UUID) -> None:
    await PeopleImport.delete().where(PeopleImport.sign_in == sign_in)


async def sweep() -> None:
    await PeopleImport.delete().where(PeopleImport.forget_at < clock.now())
