"""The demo world is made by the application's own actions, noise and all."""

import re
from datetime import UTC, datetime
from random import Random

import pytest
from tests import visitors

from recul import clock
from recul.accounts.queries import account_by_email
from recul.database import Database
from recul.demo import town, world
from recul.demo.neighbours import names
from recul.organisation.queries import elections, teams
from recul.trends import cycles, keyring, queries, queries_team

pytestmark = pytest.mark.usefixtures("app")  # it ties together who listens to whom

TODAY = datetime(2026, 11, 24, 15, 42, tzinfo=UTC)


def test_every_neighbour_has_a_name_and_an_address_of_her_own():
    found = names(400, Random(1))
    assert len({name for name, _ in found}) == len({shown for _, shown in found}) == 400
    assert all(re.fullmatch(r"[a-z.-]+", name) for name, _ in found)


async def test_nine_cycles_through_the_real_pipeline(db: Database, tmp_path):
    before = keyring._bound
    settings = visitors.settings(RECUL_VAR=str(tmp_path), RECUL_KEYS=str(tmp_path / "cles"))
    keyring.bind(settings.key_folder)
    try:
        with clock.set_to(TODAY):
            await world.seed(settings, reset=False)
            await assert_it_lives()
            await world.seed(settings, reset=True)
            await assert_it_lives()
    finally:
        keyring._bound = before


async def assert_it_lives() -> None:
    current = cycles.number_on(TODAY.date())
    assert await queries.open_cycle() == current
    sizes = {team.name: len(await teams.members(team.id)) for team in await teams.open_teams()}
    here = {name: size for unit in town.TEAMS.values() for name, size in unit.items()}
    assert sizes == here | {"Les Lucioles": 8, "Foyer du Lac": 5}
    nadia = await account_by_email("educatrice@recul.example")
    cheffe = await account_by_email("cheffe@recul.example")
    assert nadia
    assert cheffe
    home = await teams.home_team(nadia.id)
    assert home
    assert home.name == town.HOME
    cell = await queries.cell_of_team(home.id)
    assert cell
    published = await queries.published(cell)
    assert [one.cycle for one in published] == list(range(current - town.CYCLES, current))
    assert sum(bool(one.points) for one in published) > town.CYCLES // 2
    steward = await elections.steward(home.id)
    assert steward
    assert steward.display_name == "Claire Vasseur"
    assert [team.name for team in await teams.managed_teams(cheffe.id)] == [town.HOME]
    assert await queries_team.reading(cheffe.id, home.id) is None
    small = next(t for t in await teams.open_teams() if t.name == "Mesures administratives")
    assert await queries.cell_of_team(small.id) is None


def test_there_are_ten_teams_from_four_to_thirty():
    sizes = [size for unit in town.TEAMS.values() for size in unit.values()]
    assert (len(sizes), min(sizes), max(sizes)) == (10, 4, 30)


@pytest.mark.parametrize("day", ["2026-11-02", "2026-11-29", "2026-01-01"])
def test_the_nine_cycles_are_over_on_the_day_of_seeding(day: str):
    today = datetime.fromisoformat(day).date()
    last = cycles.number_on(town.first_day(today)) + town.CYCLES - 1
    assert cycles.last_day(last) < today
