"""A county for trends: 5,000 people in 600 teams, made in bulk. A few of them can sign in."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, cycle, islice
from pathlib import Path
from uuid import UUID, uuid4

from piccolo.table import Table
from tests.bench import world

from recul import clock
from recul.accounts.tables import Account, Vault
from recul.database import write_transaction
from recul.demo.tilleuls import after_the_cycles
from recul.organisation.tables import Membership, Organisation, Team, Unit
from recul.settings import Settings
from recul.trends import cycles
from recul.trends.actions import sharing
from recul.trends.receipt import Receipt
from recul.trends.tables import Receipt as ReceiptTable
from recul.vault.opened import new_vault

CHEAP = {"RECUL_ARGON2_MIB": "1", "RECUL_ARGON2_PASSES": "1"}
"""Settings of its servers: sign-ins are not what is measured."""
PEOPLE, TEAMS, UNITS = 5000, 600, 60
SIZES = (3, 4, 5, 6, 7, 8, 8, 9, 10, 11, 12, 17)
"""Of twelve teams, again and again; the smallest share the cell of their unit."""
ROWS_AT_ONCE = 1000
CYCLES_BEFORE = 14
"""The first cycle that opens is so many before the one of today."""

YOUNG, OLD = 9, 10
"""Two teams of eleven and twelve people: one has a single publication, one has them all."""
YOUNGSTER = "jeune@recul.example"
WRITERS = tuple(f"plume-{number}@recul.example" for number in range(8))
"""Eight people of eight teams; the first of them is in the old team."""


@dataclass(slots=True)
class TeamOf:
    """A team about to be stored, and who is in it."""

    place: int
    id: UUID = field(default_factory=uuid4)
    people: list[UUID] = field(default_factory=list)

    @property
    def unit(self) -> int:
        return self.place * UNITS // TEAMS


def settings_for(url: str, folder: Path) -> Settings:
    return world.settings_for(url, folder, **CHEAP)


def first_cycle() -> int:
    return cycles.number_on(clock.today()) - CYCLES_BEFORE


@dataclass(frozen=True, slots=True)
class County:
    """The ids of what was made: `unit` is that of the old team."""

    organisation: UUID
    unit: UUID
    old: UUID
    young: UUID


def teams_in_sizes(places: Sequence[int] = range(TEAMS)) -> Iterator[tuple[TeamOf, int]]:
    for place, size in enumerate(islice(cycle(SIZES), TEAMS)):
        if place in places:
            yield TeamOf(place), size


async def make(settings: Settings, places: Sequence[int] = range(TEAMS)) -> County:
    """Fill an empty, migrated database with the teams of some places."""
    named = await _who_sign_in(settings)
    teams = []
    async with write_transaction():
        for team, size in teams_in_sizes(places):
            team.people = named.get(team.place, [])
            teams.append((team, size - len(team.people)))
        others = await _strangers(sum(missing for _, missing in teams))
        for team, missing in teams:
            team.people = [*team.people, *islice(others, missing)]
        made = {team.place: team for team, _ in teams}
        whole, units = await _store(list(made.values()))
    old = made[OLD]
    await after_the_cycles(old.id, old.people, cycles.number_on(clock.today()) - 1)
    return County(whole, units[old.unit], old.id, made[YOUNG].id)


async def _who_sign_in(settings: Settings) -> dict[int, list[UUID]]:
    """Accounts with a password, by the place of their team; those who write share as well."""
    named = {YOUNG: [(await world.person(settings, YOUNGSTER, [])).owner]}
    for place, email in zip(range(OLD, TEAMS, len(SIZES)), WRITERS, strict=False):
        vault = await world.person(settings, email, [])
        await sharing.start(vault)
        named[place] = [vault.owner]
    return named


async def _strangers(count: int) -> Iterator[UUID]:
    """Accounts with a vault and a receipt, but without a password: nobody signs in to them."""
    vaults = [new_vault(uuid4()) for _ in range(count)]
    await _insert(_account(vault.owner) for vault in vaults)
    await _insert(
        Vault(id=v.id, owner=v.owner, public_key=v.public_key, private_box=v.private_box)
        for v in vaults
    )
    await _insert(ReceiptTable(vault=v.id, box=Receipt().sealed(v)) for v in vaults)
    return iter([vault.owner for vault in vaults])


def _account(account: UUID) -> Account:
    return Account(
        id=account,
        email=f"{account.hex}@recul.example",
        display_name=f"Quelqu’un {account.hex[:6]}",
        time_zone=world.TIME_ZONE,
        joined_on=clock.today(),
    )


async def _store(teams: Sequence[TeamOf]) -> tuple[UUID, list[UUID]]:
    """The ids of the organisation and its units."""
    whole = Organisation(name="Val-Clair")
    units = [Unit(organisation=whole.id, name=f"Territoire {n}") for n in range(UNITS)]
    await _insert([whole])
    await _insert(units)
    await _insert(Team(id=t.id, unit=units[t.unit].id, name=f"Équipe {t.place}") for t in teams)
    await _insert(chain.from_iterable(map(_memberships, teams)))
    return whole.id, [unit.id for unit in units]


def _memberships(team: TeamOf) -> Iterator[Membership]:
    for account in team.people:
        yield Membership(account=account, team=team.id, home=True, started_on=_began(team))


def _began(team: TeamOf) -> date:
    """The young team came together for the last cycle that closes."""
    first = first_cycle()
    return cycles.first_day(first + CYCLES_BEFORE - 1 if team.place == YOUNG else first)


async def _insert(rows: Iterable[Table]) -> None:
    rows = iter(rows)
    while some := list(islice(rows, ROWS_AT_ONCE)):
        await type(some[0]).insert(*some)
