"""From one cycle to the next: rosters, gates, pools, what units see, backups that come back."""

from datetime import timedelta
from random import Random
from uuid import UUID, uuid4

import pytest
from tests.trends.people import (
    CYCLE,
    Town,
    beyond,
    cell_of,
    everybody_shares,
    moment,
    note,
    person,
    sums,
)

from recul import clock
from recul.trends import cycles, figures, queries
from recul.trends.actions import closing, rekeying, sharing
from recul.trends.actions.opening import open_cycle
from recul.trends.actions.turning import turn
from recul.trends.contribution import DIMENSIONS
from recul.trends.keyring import Keyring, Name
from recul.trends.noise import seeded
from recul.trends.queries import Published

OUT = cycles.first_day(CYCLE + 1)

pytestmark = pytest.mark.usefixtures("db", "ring")


class Silent:
    """A source of chance that makes all noise nought: for looking at the rest."""

    def __init__(self) -> None:
        self.coin = 0

    def randrange(self, stop: int) -> int:
        """Always the first, but coins fall on their other side every second time."""
        self.coin ^= stop == 2
        return self.coin if stop == 2 else 0


def without_noise():
    return seeded(Silent())


async def next_cycle(town: Town, cycle: int = CYCLE + 1) -> None:
    with clock.set_to(moment(cycles.first_day(cycle)).at):
        await turn(town)


# Opening


async def test_the_roster_is_frozen_and_small_teams_are_pooled(town: Town):
    unit = uuid4()
    large = await town.team(6, unit)
    small = [await town.team(size, unit) for size in (4, 5)]
    alone = await town.team(3)
    assert await open_cycle(CYCLE, town)
    pool = await queries.pool_of_unit(unit)
    assert pool is not None
    assert set(await queries.roster(await cell_of(large))) == {v.owner for v in large.people}
    pooled = {vault.owner for team in small for vault in team.people}
    assert set(await queries.roster(pool)) == pooled
    assert [await queries.cell_of_team(team.id) for team in (*small, alone)] == [None] * 3
    await town.team(8)
    assert len(await queries.open_cells()) == 3
    assert await queries.cell_in(alone.people[0].owner) == (
        CYCLE,
        await queries.pool_of_unit(alone.unit),
    )


async def test_a_harder_minimum_counts_and_a_softer_one_does_not(town: Town):
    team = await town.team(7)
    town.roster_minimum = 8
    assert not await open_cycle(CYCLE, town)
    town.roster_minimum = 2
    assert await open_cycle(CYCLE, town)
    assert (await sums(await cell_of(team))).many
    few = Town()
    await few.team(5)
    few.roster_minimum = 2
    assert not await open_cycle(CYCLE + 1, few)


async def test_nothing_opens_where_nobody_could_be_shown(town: Town):
    await town.team(5)
    assert not await open_cycle(CYCLE, town)
    assert await queries.open_cycle() is None


async def test_a_cell_stays_the_same_over_cycles_and_follows_its_team(town: Town):
    team = await town.team(6)
    assert await open_cycle(CYCLE, town)
    first = await cell_of(team)
    moved_to = uuid4()
    town.homes = [(account, of, moved_to) for account, of, _ in town.homes]
    await next_cycle(town)
    assert await cell_of(team) == first
    assert [row["unit"] for row in await queries.cells()] == [moved_to]
    assert len((await sums(first, CYCLE + 1)).mark) == 8


async def test_a_server_that_slept_for_a_month_opens_the_cycle_of_today(town: Town):
    team = await town.team(6)
    assert await open_cycle(CYCLE, town)
    await next_cycle(town, CYCLE + 3)
    assert await queries.open_cycle() == CYCLE + 3
    assert [each.cycle for each in await queries.published(await cell_of(team))] == [CYCLE]


# Closing


async def test_figures_are_out_on_the_day_of_the_close(town: Town):
    """Not on the day after the cycle: a server may have been off."""
    team = await town.team(6)
    await turn(town)
    with clock.set_to(moment(28 + 5).at):
        await turn(town)
    with clock.set_to(moment(28 + 6).at):
        await turn(town)
    [found] = await queries.published(await cell_of(team))
    assert (found.cycle, found.out_on) == (CYCLE, cycles.first_day(CYCLE) + timedelta(days=33))


async def test_figures_are_those_of_the_noisy_sums(town: Town):
    team = await town.team(9)
    assert await open_cycle(CYCLE, town)
    await everybody_shares(team, workload=4)
    found = (await sums(cell := await cell_of(team))).by_dimension["workload"]
    await next_cycle(town)
    [published] = await queries.published(cell)
    if found.noisy_count >= 5:
        point = figures.Point(figures.figure(found), found.noisy_count)
        assert published == Published(CYCLE, OUT, {"workload": point})
    else:
        assert published == Published(CYCLE, OUT)


async def test_without_its_noise_a_figure_is_the_mean(town: Town):
    team = await town.team(9)
    with without_noise():
        assert await open_cycle(CYCLE, town)
    for vault, workload in zip(team.people, (1, 2, 2, 3, 3, 3, 4, 4, 5), strict=True):
        await sharing.start(vault)
        await note(vault, workload=workload)
    await next_cycle(town)
    # 20, 25, 25, 50, 50, 50, 75, 75, 80: out of reach at both ends.
    assert await queries.published(await cell_of(team)) == [
        Published(CYCLE, OUT, {"workload": figures.Point(50, 9)})
    ]


@pytest.mark.parametrize(("sharing_people", "shown"), [(4, False), (5, True)])
async def test_under_five_nothing_is_published(town: Town, sharing_people: int, shown: bool):
    team = await town.team(6)
    with without_noise():
        assert await open_cycle(CYCLE, town)
    for vault in team.people[:sharing_people]:
        await sharing.start(vault)
        await note(vault, workload=4)
    await next_cycle(town)
    [published] = await queries.published(await cell_of(team))
    assert (published.cycle, bool(published.points)) == (CYCLE, shown)


async def test_each_question_has_a_gate_of_its_own(town: Town):
    team = await town.team(6)
    with without_noise():
        assert await open_cycle(CYCLE, town)
    for n, vault in enumerate(team.people):
        await sharing.start(vault)
        await note(
            vault, workload=4, **({"support": 2} if n else {}), recovery=3 if n > 2 else None
        )
    await next_cycle(town)
    [published] = await queries.published(await cell_of(team))
    assert set(published.points) == {"workload", "support"}


async def test_after_the_close_no_cell_no_roster_and_no_key_is_left(town: Town, ring: Keyring):
    await town.team(6)
    assert await open_cycle(CYCLE, town)
    assert len(ring.names()) == 1
    await closing.close_cycle(CYCLE, town)
    assert (await queries.open_cells(), ring.names()) == ([], [])
    assert await queries.roster_sizes(CYCLE) == {}
    assert ring.last_closed == CYCLE


async def test_the_centre_follows_what_was_published(town: Town):
    team = await town.team(8)
    with without_noise():
        assert await open_cycle(CYCLE, town)
        await everybody_shares(team, workload=5)
        await next_cycle(town)
        cell = await cell_of(team)
        assert (await queries.published(cell))[0].points["workload"].figure == 80
        centres = (await sums(cell, CYCLE + 1)).centres
        assert centres == {"workload": 65, "emotional_load": 50, "recovery": 50, "support": 50}
        assert await queries.centres_of(cell) == centres
        for vault in team.people:
            await note(vault, cycles.first_day(CYCLE + 1), workload=5)
        await next_cycle(town, CYCLE + 2)
        assert (await queries.centres_of(cell))["workload"] == 70
    assert (await queries.published(cell))[1].points["workload"].figure == 95
    assert (await sums(cell, CYCLE + 2)).centres["workload"] == 70


# Units and organisations


async def a_close_without_noise(town: Town, *sizes: int, unit: UUID) -> None:
    teams = [await town.team(size, unit) for size in sizes]
    with without_noise():
        assert await open_cycle(CYCLE, town)
    for team in teams:
        await everybody_shares(team, workload=4)
    await next_cycle(town)


async def test_a_unit_is_its_teams_and_its_pool(town: Town):
    unit = uuid4()
    await a_close_without_noise(town, 6, 7, 3, 2, unit=unit)
    for place in (unit, town.organisation):
        [published] = await queries.published_of_place(place)
        # The pool of five had a roster too small to be shown alone.
        assert published.points == {"workload": figures.Point(75, 18, cells=3)}


async def test_a_pool_of_few_counts_nowhere(town: Town):
    unit = uuid4()
    await a_close_without_noise(town, 6, 4, unit=unit)
    [published] = await queries.published_of_place(unit)
    assert published.points == {"workload": figures.Point(75, 6, cells=1)}


async def test_few_of_several_units_count_together_for_the_organisation(town: Town):
    unit, other = uuid4(), uuid4()
    await town.team(2, other)
    [small] = town.teams
    with without_noise():
        team, few = await town.team(6, unit), await town.team(4, unit)
        assert await open_cycle(CYCLE, town)
    for each in (small, team, few):
        await everybody_shares(each, workload=4)
    await next_cycle(town)
    assert (await queries.published_of_place(other))[0].points == {}
    assert (await queries.published_of_place(unit))[0].points["workload"].people == 6
    assert (await queries.published_of_place(town.organisation))[0].points == {
        "workload": figures.Point(75, 12, cells=3)
    }


async def test_upper_figures_are_made_of_the_noisy_sums_alone(town: Town):
    """Site minus teams gives nothing that is not noisy: it is a sum of what is out already."""
    unit = uuid4()
    with seeded(Random(3)):
        teams = [await town.team(8, unit) for _ in range(3)]
        assert await open_cycle(CYCLE, town)
    for team in teams:
        await everybody_shares(team, workload=4)
    found = [(await sums(await cell_of(team))).by_dimension["workload"] for team in teams]
    await next_cycle(town)
    due = figures.joined(
        [figures.part(one) for one in found if figures.may_be_published(one, many=True)],
        [figures.part(one) for one in found if not figures.may_be_published(one, many=True)],
    )
    assert (await queries.published_of_place(unit))[0].points.get("workload") == due


# Backups that come back


async def test_a_cell_whose_key_is_gone_begins_anew(town: Town, ring: Keyring):
    team = await town.team(6)
    assert await open_cycle(CYCLE, town)
    await everybody_shares(team)
    cell, ana = await cell_of(team), team.people[0]
    lost = await sums(cell)
    ring.destroy(ring.names())
    await note(ana, 1, workload=5)  # nothing breaks meanwhile
    await sharing.pause(team.people[1])
    await turn(town)
    begun = await sums(cell)
    assert begun.mark != lost.mark
    assert {found.count for found in begun.by_dimension.values()} == {0}
    assert begun.many
    await note(ana, 2, workload=4)
    assert beyond(await sums(cell), begun)[1:] == (1, 1)
    assert {name.version for name in ring.names()} == {2}
    await turn(town)
    assert (await sums(cell)).mark == begun.mark


async def test_a_cell_whose_key_is_gone_closes_without_a_word(town: Town, ring: Keyring):
    team = await town.team(6)
    assert await open_cycle(CYCLE, town)
    await everybody_shares(team)
    ring.destroy(ring.names())
    await next_cycle(town)
    assert await queries.published(await cell_of(team)) == [Published(CYCLE, OUT)]


async def test_a_cycle_that_closed_is_never_opened_again(town: Town, ring: Keyring):
    await town.team(6)
    ring.note_closed(CYCLE)
    assert not await open_cycle(CYCLE, town)
    assert await open_cycle(CYCLE + 1, town)


async def test_without_a_cycle_people_go_on_writing(town: Town):
    ana = await person()
    await sharing.start(ana)
    await note(ana, workload=4)
    await sharing.stop(ana)
    assert await queries.open_cells() == []


# Nightly keys


async def test_a_night_changes_keys_and_nothing_else(town: Town, ring: Keyring):
    team = await town.team(6)
    assert await open_cycle(CYCLE, town)
    await everybody_shares(team)
    cell = await cell_of(team)
    found, old = await sums(cell), ring.names()
    for night in (2, 3, 4):
        await rekeying.rekey()
        assert ring.names() == [Name(cell, CYCLE, night)]
    assert (await sums(cell), old) == (found, [Name(cell, CYCLE, 1)])
    await sharing.pause(team.people[0])
    assert beyond(await sums(cell), found) == (-25, -1, -1)


async def test_every_question_has_a_figure_or_none(town: Town):
    team = await town.team(12)
    assert await open_cycle(CYCLE, town)
    for vault in team.people:
        await sharing.start(vault)
        await note(vault, workload=3, emotional_load=4, recovery=2, support=5)
    await next_cycle(town)
    [published] = await queries.published(await cell_of(team))
    assert set(published.points) <= set(DIMENSIONS)
    assert len(published.points) >= 3
