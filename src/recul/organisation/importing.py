"""What a file of people would change: compared with who is there already, nothing written.

Somebody who belongs to the organisation already is put into her team at once. Everybody else is
asked to join, whether or not there is an account at her address: a file must not tell that.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from recul.organisation import rules
from recul.organisation.people_csv import Line, People, Problem
from recul.organisation.rules import name_key
from recul.words import N_


@dataclass(frozen=True, slots=True)
class KnownTeam:
    id: UUID
    name: str
    unit: str


@dataclass(frozen=True, slots=True)
class Known:
    """Who and what an organisation has. Names are keys of `name_key`, kinds those of `rules`."""

    teams: list[KnownTeam] = field(default_factory=list)
    accounts: dict[str, UUID] = field(default_factory=dict)
    """By address, those who belong to the organisation now."""
    seats: set[tuple[str, UUID | None, str]] = field(default_factory=set)
    """(name or address, team, kind) of everybody who is there or waited for."""


@dataclass(frozen=True, slots=True)
class Seat:
    """One person in one place; `account` when she belongs to the organisation already."""

    display_name: str
    email: str
    team: UUID | None
    kind: str
    account: UUID | None


@dataclass(frozen=True, slots=True)
class Plan:
    seats: list[Seat] = field(default_factory=list)
    unchanged: int = 0
    """Lines that say what is so already."""
    missing: list[tuple[str, str]] = field(default_factory=list)
    """(unit, team) that the file names and the organisation does not have."""
    problems: list[Problem] = field(default_factory=list)

    @property
    def invited(self) -> int:
        return sum(1 for seat in self.seats if seat.account is None)

    @property
    def placed(self) -> int:
        return len(self.seats) - self.invited


class _Teams:
    """Finds a team by its name, and by its unit's where the file gives it."""

    def __init__(self, known: list[KnownTeam]) -> None:
        self.by_name: dict[str, list[KnownTeam]] = {}
        for team in known:
            self.by_name.setdefault(name_key(team.name), []).append(team)

    def find(self, line: Line) -> KnownTeam | Problem:
        same = self.by_name.get(name_key(line.team), [])
        if line.unit:
            same = [team for team in same if name_key(team.unit) == name_key(line.unit)]
        if len(same) == 1:
            return same[0]
        if same:
            message = N_("plusieurs services ont une équipe « %(team)s » : précisez le service.")
        elif line.unit:
            message = N_("l’équipe « %(team)s » n’existe pas dans le service « %(unit)s ».")
        else:
            message = N_("l’équipe « %(team)s » n’existe pas.")
        return Problem(line.number, message, {"team": line.team, "unit": line.unit})


def plan(people: People, known: Known) -> Plan:
    """Each line once; a line that repeats or contradicts one above it is a problem."""
    teams, said = _Teams(known.teams), _Said()
    seats: list[Seat] = []
    problems = list(people.problems)
    missing: dict[tuple[str, str], tuple[str, str]] = {}
    unchanged = 0
    for line in people.lines:
        team = teams.find(line) if line.team else None
        if isinstance(team, Problem):
            problems.append(team)
            if line.unit:
                key = (name_key(line.unit), name_key(line.team))
                missing.setdefault(key, (line.unit, line.team))
            continue
        if problem := said.against(line, team.id if team else None):
            problems.append(problem)
            continue
        new = [seat for seat in _seats(line, team, known) if not _is_there(seat, known)]
        unchanged += not new
        seats += new
    problems.sort(key=lambda problem: problem.line)
    return Plan(seats, unchanged, list(missing.values()), problems)


def _seats(line: Line, team: KnownTeam | None, known: Known) -> Iterator[Seat]:
    """A role of the whole organisation, and a place in a team where the line names one."""
    account = known.accounts.get(line.email) if line.email else None
    of_all = line.kind in (rules.ORGANISER, rules.FACILITATOR)
    if of_all:
        yield Seat(line.display_name, line.email, None, line.kind, account)
    if team is not None:
        kind = rules.MEMBER if of_all else line.kind
        yield Seat(line.display_name, line.email, team.id, kind, account)


def _is_there(seat: Seat, known: Known) -> bool:
    """By address; by name where there is none, on either side."""
    if seat.email and (seat.email, seat.team, seat.kind) in known.seats:
        return True
    name = name_key(seat.display_name)
    return not seat.email and (name, seat.team, seat.kind) in known.seats


class _Said:
    """What the lines above said."""

    def __init__(self) -> None:
        self.seats: dict[tuple[str, UUID | None, str], int] = {}
        self.names: dict[str, tuple[str, int]] = {}

    def against(self, line: Line, team: UUID | None) -> Problem | None:
        name = name_key(line.display_name)
        if line.email:
            other, above = self.names.setdefault(line.email, (name, line.number))
            if other != name:
                message = N_("cette adresse a un autre nom à la ligne %(above)s.")
                return Problem(line.number, message, {"above": above})
        above = self.seats.setdefault((line.email or name, team, line.kind), line.number)
        if above != line.number:
            message = N_("la même personne est déjà à la ligne %(above)s.")
            return Problem(line.number, message, {"above": above})
        return None
