"""The département Val-Clair: ten teams, and nine cycles of trends through the real pipeline."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from uuid import UUID, uuid4

from recul import clock
from recul.database import write_transaction
from recul.demo import groups
from recul.demo.circles import VAL_CLAIR
from recul.demo.neighbours import names
from recul.demo.people import Person
from recul.demo.tilleuls import after_the_cycles
from recul.journal.actions import entries
from recul.journal.moments import Moment
from recul.organisation import rules
from recul.organisation.actions import ballots, memberships, roles, structure
from recul.settings import Settings
from recul.trends import cycles
from recul.trends.actions import sharing
from recul.trends.actions.turning import turn
from recul.trends.noise import seeded
from recul.vault.opened import OpenVault
from recul.wiring import PLACES

CYCLES = 9
TEAMS = {
    "Territoire Nord": {
        "AEMO des Tilleuls": 9,
        "AEMO du Canal": 11,
        "Placement familial Nord": 7,
        "Mesures administratives": 4,
    },
    "Territoire Sud": {
        "Polyvalence Sud": 14,
        "Évaluation des informations préoccupantes": 8,
        "Visites médiatisées": 5,
    },
    "Hébergement": {
        "Foyer de l’Enfance": 30,
        "Maison des Glycines": 20,
        "Service des jeunes majeurs": 6,
    },
}
HOME = "AEMO des Tilleuls"
AT_HOME = ("educatrice", "collegue", "referent")
MOST = 0.84
"""Of the neighbours share with their team."""

Answers = Mapping[str, float]
"""Around which step, 1 to 5, a team answers in a cycle."""


@dataclass
class Team:
    id: UUID
    name: str
    people: list[OpenVault] = field(default_factory=list)


def first_day(today: date) -> date:
    """Of the first cycle: nine of them are over today."""
    return cycles.first_day(cycles.number_on(today) - CYCLES)


def founding(today: date) -> datetime:
    """When people came together, a little before the first cycle."""
    return datetime.combine(first_day(today) - timedelta(days=10), time(9), UTC)


def neighbours(today: date) -> list[Person]:
    """Those who live in no story: enough for every team, the same for the same day."""
    wanted = sum(size for teams in TEAMS.values() for size in teams.values()) - len(AT_HOME)
    found = names(wanted + groups.NEIGHBOURS, Random(today.isoformat()))
    return [Person(name, shown, 0) for name, shown in found]


async def found(
    vaults: Mapping[str, OpenVault], others: Iterator[OpenVault]
) -> tuple[UUID, list[Team]]:
    """The organisation, its teams and the people of the demo in their places.

    Call it with the clock set to the founding. `vaults`: people of the demo, by name."""
    organisation = await structure.found(VAL_CLAIR)
    teams = []
    for unit_name, sizes in TEAMS.items():
        unit = await structure.add_unit(organisation, unit_name)
        for name, size in sizes.items():
            team = Team(await structure.add_team(unit, name), name)
            own = [vaults[each] for each in AT_HOME] if name == HOME else []
            team.people = own + [next(others) for _ in range(size - len(own))]
            for vault in team.people:
                await memberships.join(vault.owner, team.id)
            teams.append(team)
    await _give_roles(organisation, next(team for team in teams if team.name == HOME), vaults)
    return organisation, teams


async def _give_roles(organisation: UUID, home: Team, vaults: Mapping[str, OpenVault]) -> None:
    await roles.appoint(vaults["organisatrice"].owner, organisation, rules.ORGANISER)
    await roles.answer_for(vaults["cheffe"].owner, home.id)
    for vault in home.people[:7]:
        await ballots.vote(vault.owner, home.id, vaults["referent"].owner)


async def live(settings: Settings, teams: list[Team], today: date) -> None:
    """Nine cycles, closed one after the other, and the open one."""
    chance = Random(f"{today.isoformat()}/val-clair")
    current = cycles.number_on(today)
    sharers = {team.id: await _decide(team, chance, first_day(today)) for team in teams}
    with _noise(settings, chance):
        for n, cycle in enumerate(range(current - CYCLES, current)):
            with _on(cycles.first_day(cycle), hour=4):
                await turn(PLACES)
            with _on(cycles.last_day(cycle)):
                async with write_transaction():
                    for team in teams:
                        await _contribute(team, sharers[team.id], cycle, n, chance)
        with _on(cycles.first_day(current), hour=4):
            await turn(PLACES)
    home = next(team for team in teams if team.name == HOME)
    for vault in home.people[:2]:
        async with write_transaction():
            await sharing.settle(vault)
    await after_the_cycles(home.id, [vault.owner for vault in home.people], current - 1)


def _noise(settings: Settings, chance: Random) -> AbstractContextManager[None]:
    """The same noise for the same day; a production instance takes no seed."""
    return nullcontext() if settings.production else seeded(chance)


def _on(day: date, hour: int = 19) -> AbstractContextManager[None]:
    return clock.set_to(datetime.combine(day, time(hour), UTC))


async def _decide(team: Team, chance: Random, day: date) -> list[OpenVault]:
    """Most of a team share. Of the people of the demo, those who keep a journal do."""
    told = team.people[:2] if team.name == HOME else []
    others = team.people[len(AT_HOME) if told else 0 :]
    most = 1 if told else MOST  # a team that is looked at has few cycles without figures
    some = chance.sample(others, max(round(most * len(others)), min(5, len(others))))
    with _on(day):
        for vault in told + some:
            await sharing.start(vault)
    return told + some


async def _contribute(
    team: Team, sharers: list[OpenVault], cycle: int, n: int, chance: Random
) -> None:
    around = _answers(team.name, n)
    for vault in sharers:
        if team.name == HOME and vault in team.people[:2]:  # their journals are written already
            async with write_transaction():
                await sharing.settle(vault)
            continue
        own = Random(f"{vault.owner}").gauss(0, 0.6)
        written = [_moment(monday, around, own, chance) for monday in cycles.mondays(cycle)]
        await entries.add_all(vault, [(uuid4(), moment) for moment in written])


def _answers(team: str, n: int) -> Answers:
    """Les Tilleuls carry more in the end; the others sway about a level of their own."""
    if team == HOME:
        return {
            "workload": 2.9 + 0.04 * n + (1.5 if n == CYCLES - 1 else 0),
            "emotional_load": 3.0 + 0.05 * n,
            "recovery": 3.3 - 0.06 * n,
            "support": 3.5,
        }
    level = Random(team)
    sway = Random(f"{team}/{n}").uniform(-0.3, 0.3)
    return {
        "workload": level.uniform(2.6, 3.8) + sway,
        "emotional_load": level.uniform(2.4, 3.6) + sway,
        "recovery": level.uniform(2.6, 3.6) - sway,
        "support": level.uniform(2.8, 4),
    }


def _moment(monday: date, around: Answers, own: float, chance: Random) -> Moment:
    day = monday + timedelta(days=chance.randrange(5))
    at = datetime.combine(day, time(chance.randrange(9, 18), chance.randrange(60)), UTC)
    steps = {
        dimension: min(5, max(1, round(chance.gauss(middle + own, 0.6))))
        for dimension, middle in around.items()
    }
    return Moment(
        at=at,
        workload=steps["workload"],
        emotional_load=steps["emotional_load"],
        recovery=steps["recovery"],
        support=steps["support"],
    )
