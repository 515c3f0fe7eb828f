"""What a save does to the cell: exactly what the person sends, once, and nothing of others."""

from datetime import timedelta
from random import Random
from uuid import UUID, uuid4

import pytest
from piccolo.querystring import QueryString
from tests.trends.people import (
    CYCLE,
    MONDAY,
    Team,
    Town,
    beyond,
    cell_of,
    moment,
    note,
    person,
    slot,
    sums,
    viewer,
)

from recul import clock
from recul.accounts.actions import vaults
from recul.accounts.tables import Account, Vault
from recul.database import Database, fetch, write_transaction
from recul.journal import door
from recul.journal import queries as journal
from recul.journal.actions import entries
from recul.trends import cycles, queries
from recul.trends.actions import sharing
from recul.trends.actions.opening import open_cycle
from recul.trends.actions.turning import turn
from recul.trends.contribution import DIMENSIONS, contribution
from recul.trends.receipt import Receipt
from recul.trends.sums import Sums
from recul.vault.opened import OpenVault, new_vault

pytestmark = pytest.mark.usefixtures("db", "ring")


@pytest.fixture
async def team(town: Town, db: Database) -> Team:
    """Seven people at home in a team whose cycle is open; the first of them shares."""
    team = await town.team(7)
    assert await open_cycle(CYCLE, town)
    await sharing.start(team.people[0])
    return team


async def test_a_save_adds_what_is_sent(team: Team):
    cell, ana = await cell_of(team), team.people[0]
    begun = await sums(cell)
    await note(ana, workload=5, support=2)
    assert beyond(await sums(cell), begun) == (30, 1, 1)  # 100 is 30 above the centre at most
    assert beyond(await sums(cell), begun, "support") == (-25, 1, 1)
    assert beyond(await sums(cell), begun, "recovery") == (0, 0, 0)


async def test_a_person_counts_once_however_often_she_saves(team: Team):
    cell, ana = await cell_of(team), team.people[0]
    begun = await sums(cell)
    for day, workload in ((0, 3), (1, 4), (7, 3), (8, 3), (14, 4)):
        await note(ana, day, workload=workload)
    # Weeks of 3.5, 3 and 4: 62.5, 50 and 75 tenths, 62.5 in the mean, which is 63.
    assert beyond(await sums(cell), begun) == (13, 1, 1)


async def test_changes_and_erasures_are_exact(team: Team):
    cell, ana = await cell_of(team), team.people[0]
    begun = await sums(cell)
    first = await note(ana, workload=4)
    second = await note(ana, 1, workload=2)
    assert beyond(await sums(cell), begun) == (0, 1, 1)
    found = await journal.entry(ana, second)
    assert found is not None
    await entries.change(ana, second, entries.mark(found[1]), moment(1, workload=4))
    assert beyond(await sums(cell), begun) == (25, 1, 1)
    erased = [await entries.erase(ana, entry) for entry in (first, second)]
    assert await sums(cell) == begun
    for entry in erased:
        assert entry is not None
        await entries.bring_back(ana, entry)
    assert beyond(await sums(cell), begun) == (25, 1, 1)


async def test_days_outside_the_cycle_do_not_count(team: Team):
    cell, ana = await cell_of(team), team.people[0]
    begun = await sums(cell)
    await note(ana, -1, workload=5)
    await note(ana, 28, workload=1)
    assert await sums(cell) == begun
    await note(ana, 27, workload=4)
    assert beyond(await sums(cell), begun) == (25, 1, 1)


async def test_who_does_not_share_changes_nothing_but_the_box(team: Team):
    cell, boris = await cell_of(team), team.people[1]
    begun, before = await sums(cell), await queries.sealed(cell, CYCLE, lock=False)
    await note(boris, workload=5)
    after = await queries.sealed(cell, CYCLE, lock=False)
    assert await sums(cell) == begun
    assert after != before


async def test_sharing_begins_with_what_was_noted_in_this_cycle(team: Team):
    cell, boris = await cell_of(team), team.people[1]
    begun = await sums(cell)
    await note(boris, workload=4)
    await sharing.start(boris)
    assert beyond(await sums(cell), begun) == (25, 1, 1)


@pytest.mark.parametrize("leave", [sharing.pause, sharing.stop])
async def test_leaving_takes_everything_back(team: Team, leave):
    cell, ana = await cell_of(team), team.people[0]
    begun = await sums(cell)
    await note(ana, workload=4)
    await leave(ana)
    assert await sums(cell) == begun
    await note(ana, 1, workload=5)
    assert await sums(cell) == begun
    await sharing.start(ana)
    assert beyond(await sums(cell), begun) == (30, 1, 1)  # weeks of (4 + 5) / 2: 87.5


async def test_a_pause_keeps_choices_and_a_stop_forgets_them(team: Team):
    cell, ana = await cell_of(team), team.people[0]
    begun = await sums(cell)
    await note(ana, workload=4, support=4)
    await sharing.leave_out(ana, CYCLE, frozenset(), frozenset({"support"}))
    await sharing.pause(ana)
    await sharing.start(ana)
    assert beyond(await sums(cell), begun, "support") == (0, 0, 0)
    await sharing.stop(ana)
    await sharing.start(ana)
    assert beyond(await sums(cell), begun, "support") == (25, 1, 1)


async def test_a_pause_of_somebody_who_never_shared_is_no_consent(team: Team):
    cell, boris = await cell_of(team), team.people[1]
    begun = await sums(cell)
    await sharing.pause(boris)
    await note(boris, workload=4)
    assert await sums(cell) == begun


async def test_weeks_and_questions_are_left_out(team: Team):
    cell, ana = await cell_of(team), team.people[0]
    begun = await sums(cell)
    await note(ana, 0, workload=5, recovery=4)
    await note(ana, 7, workload=2)
    await sharing.leave_out(ana, CYCLE, frozenset({0}), frozenset())
    assert beyond(await sums(cell), begun) == (-25, 1, 1)
    assert beyond(await sums(cell), begun, "recovery") == (0, 0, 0)
    await sharing.leave_out(ana, CYCLE, frozenset(), frozenset({"workload"}))
    assert beyond(await sums(cell), begun) == (0, 0, 0)
    assert beyond(await sums(cell), begun, "recovery") == (25, 1, 1)


async def test_a_stranger_to_the_roster_touches_no_cell(team: Team):
    cell, joiner = await cell_of(team), await person()
    begun = await queries.sealed(cell, CYCLE, lock=False)
    await sharing.start(joiner)
    await note(joiner, workload=5)
    assert await queries.sealed(cell, CYCLE, lock=False) == begun


async def test_joiners_and_movers_count_from_the_next_cycle(team: Team, town: Town):
    other = await town.team(6)
    mover = team.people[0]
    town.homes = [home for home in town.homes if home[0] != mover.owner]
    town.homes.append((mover.owner, other.id, other.unit))
    begun = await sums(cell := await cell_of(team))
    await note(mover, workload=4)
    assert beyond(await sums(cell), begun) == (25, 1, 1)
    assert await queries.cell_of_team(other.id) is None
    following = cycles.first_day(CYCLE + 1)
    with clock.set_to(moment(following).at):
        await turn(town)
        begun = await sums(cell := await cell_of(other), CYCLE + 1)
        await note(mover, following, workload=4)
        await sharing.start(other.people[0])
        await note(other.people[0], following, workload=2)
        assert beyond(await sums(cell, CYCLE + 1), begun) == (0, 2, 2)


async def a_new_vault(account: Account) -> OpenVault:
    """After a reset without a code."""
    vault = new_vault(account.id)
    async with write_transaction():
        await Vault.update({Vault.closed: True}).where(Vault.owner == account.id)
        await vaults.store(vault, slot(vault))
    return vault


async def test_after_a_reset_without_code_one_waits_for_the_next_cycle(team: Team, town: Town):
    cell, ana = await cell_of(team), team.people[0]
    await note(ana, workload=4)
    sent = await sums(cell)
    account = await Account.objects().get(Account.id == ana.owner)
    assert account is not None
    new = await a_new_vault(account)
    await sharing.start(new)
    await note(new, workload=5)
    assert await sums(cell) == sent
    await sharing.stop(new)
    assert await sums(cell) == sent
    await sharing.start(new)
    following = cycles.first_day(CYCLE + 1)
    with clock.set_to(moment(following).at):
        await turn(town)
        begun = await sums(cell, CYCLE + 1)
        await note(new, following, workload=4)
        moved = await sums(cell, CYCLE + 1)
    assert beyond(moved, begun)[1:] == (1, 1)


async def test_erasing_somebody_who_is_not_there_leaves_what_she_sent(team: Team):
    cell, ana = await cell_of(team), team.people[0]
    await note(ana, workload=4)
    sent: Sums = await sums(cell)
    await Account.delete().where(Account.id == ana.owner)
    assert await sums(cell) == sent
    assert ana.owner not in await queries.roster(cell)


async def test_erasing_oneself_takes_everything_back(team: Team):
    cell, ana = await cell_of(team), team.people[0]
    begun = await sums(cell)
    await note(ana, workload=4)
    async with write_transaction():
        await sharing.stop(ana)
        await Account.delete().where(Account.id == ana.owner)
    assert await sums(cell) == begun


async def test_a_receipt_that_was_tampered_with_counts_for_nothing_this_cycle(team: Team):
    cell, ana = await cell_of(team), team.people[0]
    await note(ana, workload=4)
    sent = await sums(cell)
    other = Receipt().sealed(team.people[1])
    await fetch(QueryString("UPDATE receipt SET box = {} WHERE vault = {}", other, ana.id))
    await sharing.start(ana)
    await note(ana, 1, workload=5)
    assert await sums(cell) == sent


async def test_a_save_that_fails_leaves_the_cell_as_it_was(team: Team):
    cell, ana = await cell_of(team), team.people[0]
    begun = await sums(cell)

    async def fails() -> None:
        async with write_transaction():
            await note(ana, workload=4)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fails()
    assert await sums(cell) == begun
    await note(ana, 1, workload=4)
    assert beyond(await sums(cell), begun) == (25, 1, 1)


async def test_importing_the_same_moments_twice_changes_nothing(team: Team):
    cell, ana = await cell_of(team), team.people[0]
    begun = await sums(cell)
    same = [(uuid4(), moment(day, workload=4)) for day in range(10)]
    for _ in range(3):
        await entries.add_all(ana, same)
    assert beyond(await sums(cell), begun) == (25, 1, 1)


async def test_late_entries_change_the_journal_only(team: Team, town: Town):
    cell, ana = await cell_of(team), team.people[0]
    with clock.set_to(moment(MONDAY + timedelta(days=28)).at):
        await turn(town)
        published = await queries.published(cell)
        begun = await sums(cell, CYCLE + 1)
        await note(ana, 3, workload=5)
        assert await queries.published(cell) == published
        assert await sums(cell, CYCLE + 1) == begun


async def test_what_is_counted_as_it_comes_is_what_the_journal_says(team: Team):
    """A check-in adds to the receipt; whatever else happens counts the journal anew."""
    cell, ana, chance = await cell_of(team), team.people[0], Random(9)
    begun, noted = await sums(cell), list[UUID]()
    for turn_of in range(40):
        answers = {d: chance.randint(1, 5) for d in DIMENSIONS if chance.random() < 0.6}
        if answers:
            noted.append(await note(ana, chance.randrange(-3, 31), **answers))
        if turn_of % 7 == 3:
            await entries.erase(ana, noted.pop(chance.randrange(len(noted))))
        as_it_came = await sums(cell)
        async with write_transaction():
            await sharing.settle(ana)
        assert await sums(cell) == as_it_came
    first, last = cycles.first_day(CYCLE), cycles.last_day(CYCLE)
    answered = await door.weekly_answers(ana, first, last)
    sent = contribution(answered, begun.centres)
    assert (await sums(cell)) == begun.moved({}, sent)


async def test_the_same_form_sent_twice_counts_once(team: Team):
    cell, ana = await cell_of(team), team.people[0]
    begun = await sums(cell)
    await note(ana, 0, workload=2)
    for _ in range(3):
        await entries.write(viewer(ana), "nonce", b"", moment(1, workload=4))
    assert beyond(await sums(cell), begun) == (0, 1, 1)
