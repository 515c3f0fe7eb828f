"""Forty people at once, from two processes: every sum is exact, every receipt agrees with it."""

import asyncio
from collections.abc import Sequence
from random import Random
from uuid import UUID

import pytest
from piccolo.querystring import QueryString
from tests.organisation.world import founded
from tests.trends.people import CYCLE, Team, Town, beyond, cell_of, note, person, sums
from tests.trends.processes import DONE, Workplace, a_save

from recul import clock
from recul.database import Database, fetch
from recul.organisation.actions import memberships
from recul.trends import queries, queries_team
from recul.trends.actions import rekeying, sharing
from recul.trends.actions.opening import open_cycle
from recul.trends.receipt import Receipt
from recul.trends.tables import UpwardVote

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("live_db")]

PEOPLE = 40
SHARING = 33
OUT = "INSERT INTO cycle (number, closed, out_on) VALUES ({}, {}, {})"


@pytest.fixture
async def team(town: Town, live_db: Database) -> Team:
    team = await town.team(PEOPLE)
    assert await open_cycle(CYCLE, town)
    for vault in team.people[:SHARING]:
        await sharing.start(vault)
    return team


def answers(chance: Random) -> list[tuple[int, int]]:
    """(day, workload) of some check-ins, all in one week."""
    return [(chance.randrange(7), chance.randint(1, 5)) for _ in range(chance.randint(1, 4))]


async def receipts(team: Team) -> list[dict[str, int]]:
    found = []
    for vault in team.people:
        row = await queries.sharing_row(vault.owner, vault.id, lock=False)
        assert row is not None
        found.append(Receipt.opened(vault, row["box"], CYCLE).sent)
    return found


async def test_two_processes_save_for_forty_people(team: Team, town: Town, live_url: str):
    begun = await sums(cell := await cell_of(team))
    chance = Random(40)
    noted = [answers(chance) for _ in team.people]
    place = Workplace(live_url, town)
    saves = [
        [
            a_save(vault, *one)
            for vault, found in zip(team.people, noted, strict=True)
            for one in found[n::2]
        ]
        for n in range(2)
    ]
    workers = [await place.start("save", saves=some) for some in saves]
    assert await asyncio.gather(*(worker.go() for worker in workers)) == [DONE, DONE]
    sent = await receipts(team)
    means = [sum(w for _, w in found) / len(found) for found in noted[:SHARING]]
    due = [max(20, min(80, int((mean - 1) * 25 + 0.5))) for mean in means]
    assert sent == [{"workload": value} for value in due] + [{}] * (PEOPLE - SHARING)
    expected = (sum(due) - 50 * SHARING, SHARING, SHARING)
    assert beyond(await sums(cell), begun) == expected


async def test_saves_while_keys_change(team: Team, town: Town, live_url: str):
    begun = await sums(cell := await cell_of(team))
    place = Workplace(live_url, town)
    saves = [a_save(vault, day, 4) for vault in team.people for day in (0, 8)]
    worker = await place.start("save", saves=saves)
    rekeyers = [await place.start("rekey") for _ in range(2)]
    here = [note(vault, 15, workload=2) for vault in team.people]
    await asyncio.gather(worker.go(), *(rekeyer.go() for rekeyer in rekeyers), *here)
    await rekeying.rekey()
    # Weeks of 75, 75 and 25 tenths: 58 each.
    assert beyond(await sums(cell), begun) == (8 * SHARING, SHARING, SHARING)


async def test_one_person_in_twenty_windows(team: Team):
    begun, ana = await sums(cell := await cell_of(team)), team.people[0]
    await asyncio.gather(*(note(ana, day, workload=1 + day % 5) for day in range(20)))
    [sent, *_] = await receipts(team)
    assert beyond(await sums(cell), begun) == (sent["workload"] - 50, 1, 1)
    await asyncio.gather(sharing.pause(ana), sharing.start(ana), sharing.pause(ana))
    await sharing.pause(ana)
    assert await sums(cell) == begun


async def test_a_cycle_is_opened_once(town: Town, live_db: Database, live_url: str):
    team = await town.team(6)
    place = Workplace(live_url, town)
    workers = [await place.start("open") for _ in range(3)]
    statuses = await asyncio.gather(*(w.go() for w in workers), open_cycle(CYCLE, town))
    assert statuses[:3] == [DONE] * 3
    assert len(await queries.open_cells()) == 1
    await sums(await cell_of(team))


async def test_a_cycle_is_closed_once(team: Team, town: Town, live_url: str):
    for vault in team.people[:SHARING]:
        await note(vault, workload=3)
    place = Workplace(live_url, town)
    workers = [await place.start("turn", day=28) for _ in range(3)]
    assert await asyncio.gather(*(worker.go() for worker in workers)) == [DONE] * 3
    [published] = await queries.published(await cell_of(team))
    assert (published.cycle, set(published.points)) == (CYCLE, {"workload"})
    assert {row["cycle"] for row in await queries.open_cells()} == {CYCLE + 1}


async def test_forty_members_vote_from_two_processes(town: Town, live_db: Database, live_url: str):
    """One voice each, the last one given; and what is decided is what they come to."""
    house, place = await founded(), Workplace(live_url, town)
    people = [(await person()).owner for _ in range(PEOPLE)]
    for account in people:
        await memberships.join(account, house.team)
    await fetch(QueryString(OUT, CYCLE, True, clock.today()))

    async def given(*each: dict[UUID, bool | None]) -> tuple[int, int, bool]:
        """How many voices there are, how many say yes, and what was decided."""
        told = [[(str(account), yes) for account, yes in said.items()] for said in each]
        workers = [await place.start("vote", team=str(house.team), voices=one) for one in told]
        assert await asyncio.gather(*(w.go() for w in workers)) == [DONE] * len(workers)
        vote = await queries_team.upward_vote(people[0], house.team, CYCLE)
        assert vote.agreed == (2 * vote.yes > PEOPLE)
        return await UpwardVote.count(), vote.yes, vote.agreed

    def all_say(some: Sequence[UUID], yes: bool | None) -> dict[UUID, bool | None]:
        return dict.fromkeys(some, yes)

    number, *_ = await given(all_say(people, True), all_say(people, False))
    assert number == PEOPLE
    back = all_say(people, None)
    assert await given(back, back) == (0, 0, False)
    # It takes all of these voices, whichever is counted last.
    assert await given(all_say(people[:11], True), all_say(people[11:21], True)) == (21, 21, True)
    changes, others = all_say(people[:1], False), all_say(people[21:], False)
    assert await given(changes, others) == (40, 20, False)
