"""People, teams and check-ins for tests of trends, without a page in between."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from recul.accounts.actions import vaults
from recul.accounts.tables import Account, KeySlot
from recul.database import write_transaction
from recul.journal.actions import entries
from recul.journal.moments import Moment
from recul.trends import cycles, queries, sealing
from recul.trends.actions import sharing
from recul.trends.keyring import Name
from recul.trends.places import Unit
from recul.trends.sums import Sums
from recul.vault.opened import OpenVault, new_vault
from recul.web.viewer import Viewer

CYCLE = 38
MONDAY = cycles.first_day(CYCLE)


@dataclass
class Town:
    """An organisation as trends know it: homes, and units with what they belong to."""

    homes: list[tuple[UUID, UUID, UUID]] = field(default_factory=list)
    organisation: UUID = field(default_factory=uuid4)
    roster_minimum: int = 6
    teams: "list[Team]" = field(default_factory=list)

    async def home_cells(self, on: date) -> Sequence[tuple[UUID, UUID, UUID]]:
        return self.homes

    async def units(self) -> Mapping[UUID, Unit]:
        known = Unit(self.organisation, self.roster_minimum)
        return {unit: known for _, _, unit in self.homes}

    async def team(self, size: int, unit: UUID | None = None) -> "Team":
        team = Team(uuid4(), unit or uuid4(), [await person() for _ in range(size)])
        self.homes += [(vault.owner, team.id, team.unit) for vault in team.people]
        self.teams.append(team)
        return team


@dataclass
class Team:
    id: UUID
    unit: UUID
    people: list[OpenVault]


async def person() -> OpenVault:
    """An account with its vault open."""
    account = uuid4()
    vault = new_vault(account)
    async with write_transaction():
        await Account.insert(
            Account(
                id=account,
                email=f"{account.hex}@recul.example",
                display_name="Quelqu’un",
                time_zone="Europe/Paris",
                joined_on=date(2026, 1, 1),
            )
        )
        await vaults.store(vault, slot(vault))
    return vault


def slot(vault: OpenVault) -> KeySlot:
    return KeySlot(vault=vault.id, kind="password", salt=b"", memory_kib=1, passes=1, box=b"")


def moment(day: date | int = 0, **answers: Any) -> Moment:
    """At noon of a day, or of so many days after the cycle's first."""
    on = MONDAY + timedelta(days=day) if isinstance(day, int) else day
    return Moment(at=datetime(on.year, on.month, on.day, 12, tzinfo=UTC), **answers)


async def note(vault: OpenVault, day: date | int = 0, **answers: int | None) -> UUID:
    """A check-in, filed."""
    return await entries.write(viewer(vault), uuid4().hex, b"", moment(day, **answers))


def viewer(vault: OpenVault) -> Viewer:
    """The person behind a request, with her vault open."""
    return Viewer(
        id=vault.owner,
        sign_in=uuid4(),
        email="",
        display_name="Quelqu’un",
        standings=frozenset(),
        settled=True,
        language=None,
        time_zone="Europe/Paris",
        idle_minutes=15,
        vault_id=vault.id,
        public_key=vault.public_key,
        vault=vault,
    )


async def sums(cell: UUID, cycle: int = CYCLE) -> Sums:
    """What a thief of database and keys reads."""
    found = await queries.sealed(cell, cycle, lock=False)
    assert found is not None
    return sealing.opened(Name(cell, cycle, found["key_version"]), found["box"])


async def cell_of(team: Team) -> UUID:
    found = await queries.cell_of_team(team.id)
    assert found is not None
    return found


def beyond(now: Sums, begun: Sums, dimension: str = "workload") -> tuple[int, int, int]:
    """(Σ(v − c), noisy count, exact count) without the noise that was there first."""
    one, other = now.by_dimension[dimension], begun.by_dimension[dimension]
    return (
        one.noisy_sum - other.noisy_sum,
        one.noisy_count - other.noisy_count,
        one.count - other.count,
    )


async def everybody_shares(team: Team, *, workload: int = 4) -> None:
    for vault in team.people:
        await sharing.start(vault)
        await note(vault, workload=workload)
