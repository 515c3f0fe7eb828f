"""An older backup put back: the open cycle is lost by design, and nothing else."""

import pytest
from tests.conftest import Databases
from tests.trends.people import CYCLE, Team, Town, cell_of, everybody_shares, moment, note, sums

from recul import clock
from recul.database import Database, bind, engine_for
from recul.trends import queries
from recul.trends.actions import rekeying
from recul.trends.actions.opening import open_cycle
from recul.trends.actions.turning import turn
from recul.trends.cycles import first_day
from recul.trends.keyring import Keyring
from recul.trends.queries import Published
from recul.trends.sums import Sums


class Backup:
    """A copy of a database, made while nobody is connected to it."""

    def __init__(self, databases: Databases, url: str) -> None:
        self.databases = databases
        self.url = url
        self.engine: Database | None = None

    async def make(self, engine: Database) -> None:
        await engine.close()
        self.url = await self.databases.make(self.databases.name(self.url))
        await engine.open()

    async def put_back(self, engine: Database) -> None:
        await engine.close()
        self.engine = engine_for(self.url)
        bind(self.engine)
        await self.engine.open()


@pytest.fixture
async def backup(databases: Databases, live_url: str, live_db: Database):
    backup = Backup(databases, live_url)
    yield backup
    if backup.engine:
        await backup.engine.close()
    await databases.remove(backup.url)


@pytest.fixture
async def team(town: Town, live_db: Database) -> Team:
    team = await town.team(6)
    assert await open_cycle(CYCLE, town)
    await everybody_shares(team)
    return team


def heads(found: Sums) -> set[int]:
    return {one.count for one in found.by_dimension.values()}


async def test_after_a_night(team: Team, town: Town, live_db: Database, backup: Backup):
    await backup.make(live_db)
    await rekeying.rekey()
    await backup.put_back(live_db)
    await note(team.people[0], 1, workload=5)  # before anybody noticed
    await turn(town)
    assert heads(await sums(await cell_of(team))) == {0}
    await note(team.people[0], 2, workload=5)
    assert (await sums(await cell_of(team))).by_dimension["workload"].count == 1


async def test_of_the_same_day_nothing_is_lost(
    team: Team, town: Town, live_db: Database, backup: Backup
):
    before = await sums(cell := await cell_of(team))
    await backup.make(live_db)
    await note(team.people[0], 8, workload=1)
    await backup.put_back(live_db)
    await turn(town)
    assert await sums(cell) == before


async def test_after_the_close_nothing_comes_out_a_second_time(
    team: Team, town: Town, live_db: Database, backup: Backup, ring: Keyring
):
    await backup.make(live_db)
    with clock.set_to(moment(28).at):
        await turn(town)
    assert len(await queries.published(await cell_of(team))) == 1
    await backup.put_back(live_db)
    await turn(town)
    for vault in team.people:
        await note(vault, 1, workload=5)
    with clock.set_to(moment(28).at):
        await turn(town)
    assert await queries.published(await cell_of(team)) == [Published(CYCLE, first_day(CYCLE + 1))]
    assert {name.cycle for name in ring.names()} <= {CYCLE + 1}


async def test_of_before_the_opening_after_the_close(town: Town, live_db: Database, backup: Backup):
    """The restored database knows nothing of the cycle; the keyring remembers that it is out."""
    team = await town.team(6)
    await backup.make(live_db)
    assert await open_cycle(CYCLE, town)
    await everybody_shares(team)
    with clock.set_to(moment(28).at):
        await turn(town)
    await backup.put_back(live_db)
    await turn(town)
    assert await queries.open_cycle() is None
    with clock.set_to(moment(28).at):
        await turn(town)
        assert await queries.open_cycle() == CYCLE + 1
        await sums(await cell_of(team), CYCLE + 1)
