"""Trends after a restore: the open cycle begins anew, what is out stays, and it goes on."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from tests.keeping.sealed import QUIET, TO_WORDS, nobody, with_words
from tests.trends.people import CYCLE, Town, cell_of, everybody_shares, moment, note, sums

from recul import clock
from recul.database import Database, engine_for
from recul.keeping.backing_up import back_up
from recul.keeping.restoring import restore, verified
from recul.trends import keyring, queries
from recul.trends.actions.opening import open_cycle
from recul.trends.actions.turning import turn
from recul.trends.cycles import first_day
from recul.trends.keyring import Keyring
from recul.trends.queries import Published


@pytest.fixture
async def another(empty_url: str) -> AsyncIterator[Database]:
    engine = engine_for(empty_url)
    yield engine
    await engine.close()


@pytest.mark.parametrize("same_folder", [True, False])
async def test_the_open_cycle_begins_anew(
    live_db: Database,
    another: Database,
    ring: Keyring,
    town: Town,
    tmp_path: Path,
    same_folder: bool,
):
    """Also where the keys of that day are still there: nothing is counted twice or half."""
    team = await town.team(7)
    assert await open_cycle(CYCLE, town)
    await everybody_shares(team)
    await back_up(live_db, tmp_path / "a", TO_WORDS, QUIET)
    await live_db.close()
    await restore(verified(with_words(tmp_path / "a"), QUIET), another, QUIET, nobody)
    if not same_folder:
        keyring.bind(tmp_path / "other")
    before = set(keyring.bound().names())
    await note(team.people[0], 1, workload=2)  # before anybody noticed
    await turn(town)
    cell = await cell_of(team)
    assert {one.count for one in (await sums(cell)).by_dimension.values()} == {0}
    assert set(keyring.bound().names()).isdisjoint(before)
    for vault in team.people:
        await note(vault, 2, workload=5)
    assert (await sums(cell)).by_dimension["workload"].count == 7
    with clock.set_to(moment(28).at):
        await turn(town)
    [found] = await queries.published(cell)
    assert isinstance(found, Published)
    assert (found.cycle, found.out_on) == (CYCLE, first_day(CYCLE + 1))
