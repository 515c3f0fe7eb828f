"""What trends need to know of the organisation; the application says who tells them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple, Protocol
from uuid import UUID

from recul.trends.figures import ROSTER_MINIMUM


class Home(NamedTuple):
    """One person's home for trends, and where it is."""

    account: UUID
    team: UUID
    unit: UUID


class Unit(NamedTuple):
    organisation: UUID
    roster_minimum: int = ROSTER_MINIMUM
    """The organisation's own; a lower one than six counts as six."""


class Places(Protocol):
    async def home_cells(self, on: date) -> Sequence[tuple[UUID, UUID, UUID]]:
        """(account, team, unit) of everybody who has a home on that day; each account once."""

    async def units(self) -> Mapping[UUID, Unit]:
        """Every unit that may be named by `home_cells`, or was."""


def cells_of(
    homes: Sequence[Home], units: Mapping[UUID, Unit]
) -> dict[tuple[UUID | None, UUID], list[UUID]]:
    """Accounts by (team, unit); (none, unit) is the pool of the unit's small teams."""
    by_team: dict[tuple[UUID | None, UUID], list[UUID]] = {}
    for home in homes:
        by_team.setdefault((home.team, home.unit), []).append(home.account)
    cells: dict[tuple[UUID | None, UUID], list[UUID]] = {}
    for (team, unit), people in by_team.items():
        own = len(people) >= minimum(units, unit)
        cells.setdefault((team if own else None, unit), []).extend(people)
    return cells


def minimum(units: Mapping[UUID, Unit], unit: UUID) -> int:
    known = units.get(unit)
    return max(known.roster_minimum, ROSTER_MINIMUM) if known else ROSTER_MINIMUM
