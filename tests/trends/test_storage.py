"""The threat table, line by line: what somebody reads who holds this or that."""

import logging
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from piccolo.querystring import QueryString
from tests.conftest import Databases
from tests.trends.people import (
    CYCLE,
    Team,
    Town,
    beyond,
    cell_of,
    everybody_shares,
    moment,
    note,
    sums,
)

from recul import clock
from recul.database import Database, all_tables, bound, fetch
from recul.trends import queries, sealing
from recul.trends.actions import rekeying, sharing
from recul.trends.actions.opening import open_cycle
from recul.trends.actions.turning import turn
from recul.trends.keyring import KeyLost, Keyring, Name
from recul.trends.sums import SIZE
from recul.vault.boxes import SEAL_OVERHEAD

KEPT_WITHOUT_ROWID = {
    "roster",
    "sealed_cell",
    "receipt",
    "publication",
    "publication_figure",
    "upper_figure",
}
Stolen = Callable[[], list[Path]]


@pytest.fixture
async def team(town: Town, live_db: Database) -> Team:
    """Eight people, of whom five share and all have noted something."""
    team = await town.team(8)
    assert await open_cycle(CYCLE, town)
    for n, vault in enumerate(team.people):
        if n < 5:
            await sharing.start(vault)
        await note(vault, n, workload=4)
    return team


@pytest.fixture
async def stolen(
    request: pytest.FixtureRequest, databases: Databases, live_url: str, live_db: Database
) -> Stolen:
    """Every file of the database: tables, indexes, logs."""
    folder = Path(databases.server.pgdata) if databases.server else databases.folder
    name = databases.name(live_url)

    def files() -> list[Path]:
        every = [path for path in folder.rglob("*") if path.is_file()]
        return every if databases.server else [path for path in every if name in path.name]

    return files


async def flushed() -> None:
    if (await fetch(QueryString("SELECT 1 AS one"))) and _is_postgres():
        await fetch(QueryString("CHECKPOINT"))


def _is_postgres() -> bool:
    return bound().engine_type == "postgres"


def holding(files: list[Path], *needles: bytes) -> list[str]:
    found = []
    for path in files:
        try:
            content = path.read_bytes()
        except OSError:  # a server removes its own files at any time
            continue
        found += [path.name for needle in needles if needle in content]
    return found


async def boxes() -> tuple[list[bytes], list[bytes]]:
    cells = await fetch(QueryString("SELECT box FROM sealed_cell"))
    receipts = await fetch(QueryString("SELECT box FROM receipt"))
    return [row["box"] for row in cells], [row["box"] for row in receipts]


# The database or a backup, without the keys


async def test_the_database_holds_neither_sums_nor_keys(team: Team, ring: Keyring, stolen: Stolen):
    found = await sums(await cell_of(team))
    keys = [ring.key(name) for name in ring.names()]
    [box], _ = await boxes()
    await flushed()
    assert holding(stolen(), box) != []  # the search finds what is there
    assert holding(stolen(), found.mark, found.encode()[9:40], *keys) == []


async def test_boxes_are_of_one_size_whoever_shares(team: Team, town: Town):
    _, before = await boxes()
    assert len(before) == 8
    for vault in team.people:
        await sharing.pause(vault)
    _, paused = await boxes()
    for vault in team.people:
        await sharing.leave_out(vault, CYCLE, frozenset({0, 1, 2, 3}), frozenset({"support"}))
        await sharing.start(vault)
    cells, shared = await boxes()
    assert len({len(box) for box in (*before, *paused, *shared)}) == 1
    assert {len(box) for box in cells} == {SIZE + SEAL_OVERHEAD}


async def test_boxes_look_like_chance(team: Team):
    """Two of the same content have no byte in common but by chance; every byte is as frequent."""
    ana, seen = team.people[0], []
    for _ in range(40):
        await sharing.start(ana)
        _, receipts = await boxes()
        cells, _ = await boxes()
        seen += [box[1:] for box in (*receipts, *cells)]
    counts = Counter(b"".join(dict.fromkeys(seen)))
    expected = counts.total() / 256
    chi_square = sum((counts[byte] - expected) ** 2 / expected for byte in range(256))
    assert chi_square < 256 + 8 * 22.6  # eight standard deviations


async def test_nothing_says_when(live_db: Database):
    """No column of trends can hold a time; one holds the day on which all figures came out."""
    named = KEPT_WITHOUT_ROWID | {"cell", "cycle"}
    tables = [table for table in all_tables() if table._meta.tablename in named]
    columns = {
        (table._meta.tablename, c._meta.name): c for table in tables for c in table.all_columns()
    }
    assert type(columns.pop(("cycle", "out_on"))).__name__ == "Date"
    kinds = {type(column).__name__ for column in columns.values()}
    assert kinds == {"UUID", "Boolean", "Bytea", "Integer", "Varchar"}


async def test_nothing_says_in_which_order(live_db: Database):
    if not _is_postgres():
        statement = "SELECT name, sql FROM sqlite_master WHERE type = 'table'"
        rows = await fetch(QueryString(statement))
        without = {row["name"] for row in rows if row["sql"].endswith("WITHOUT ROWID")}
        assert without >= KEPT_WITHOUT_ROWID
        return
    statement = """SELECT table_name FROM information_schema.columns
        WHERE column_default LIKE 'nextval%' OR is_identity = 'YES'"""
    kept = {row["table_name"] for row in await fetch(QueryString(statement))}
    assert kept.isdisjoint(KEPT_WITHOUT_ROWID)


async def test_transactions_join_a_save_to_a_cell_whether_the_person_shares(team: Team):
    """PostgreSQL says which rows one transaction wrote. It is the same for everybody."""
    if not _is_postgres():
        return
    touched = []
    for vault in (team.people[0], team.people[7]):
        await note(vault, 9, workload=2)
        statement = """
        SELECT 'entry' AS t, xmin::text AS x FROM entry UNION ALL
        SELECT 'receipt', xmin::text FROM receipt UNION ALL
        SELECT 'cell', xmin::text FROM sealed_cell"""
        rows = await fetch(QueryString(statement))
        last = next(row["x"] for row in rows if row["t"] == "cell")
        touched.append(sorted(row["t"] for row in rows if row["x"] == last))
    assert touched == [["cell", "entry", "receipt"]] * 2


# Database and keys


async def test_at_one_moment_sums_are_noisy_and_the_count_is_exact(team: Team, town: Town):
    """What the page says is possible: no more than this."""
    found = await sums(await cell_of(team))
    assert found.by_dimension["workload"].count == 5
    other = await town.team(6)
    assert other.people
    with clock.set_to(moment(28).at):
        await turn(town)
    begun = await sums(await cell_of(team), CYCLE + 1)
    values = [found.by_dimension["workload"].noisy_sum - 5 * 25]
    values += [one.noisy_sum for one in begun.by_dimension.values()]
    assert any(values)


async def test_at_two_moments_of_one_day_changes_are_exact(team: Team):
    """The line of the table that is open, and said to be so in the app."""
    cell = await cell_of(team)
    first = await sums(cell)
    await note(team.people[0], 8, workload=1)
    assert beyond(await sums(cell), first)[0] < 0


async def test_after_a_night_an_older_copy_opens_no_more(team: Team, ring: Keyring, stolen: Stolen):
    [before], _ = await boxes()
    name = ring.names()[0]
    await rekeying.rekey()
    [now] = ring.names()
    for key_name in (name, now):
        with pytest.raises(KeyLost):
            sealing.opened_with(ring.key(now), key_name, before)
    with pytest.raises(KeyLost):
        ring.key(name)
    if not _is_postgres():  # which keeps what is dead for a while, under a key that is gone
        assert holding(stolen(), before) == []
        assert [path.stat().st_size for path in stolen() if path.name.endswith("-wal")] == [0]


async def test_after_the_close_neither_cell_nor_key_nor_count_is_left(
    team: Team, town: Town, ring: Keyring, stolen: Stolen
):
    cell = await cell_of(team)
    [before], _ = await boxes()
    found = (await sums(cell)).by_dimension["workload"]
    with clock.set_to(moment(28).at):
        await turn(town)
    assert {name.cycle for name in ring.names()} == {CYCLE + 1}
    rows = await fetch(QueryString("SELECT * FROM publication_figure"))
    assert {row["noisy_n"] for row in rows} <= {found.noisy_count}
    assert all(row["dimension"] == "workload" for row in rows)
    if not _is_postgres():
        assert holding(stolen(), before) == []
    assert not [path for path in ring.folder.iterdir() if str(CYCLE) in path.name.split("-")[1:2]]


# Logs


async def test_nothing_is_logged(town: Town, live_db: Database, caplog: pytest.LogCaptureFixture):
    with caplog.at_level(logging.DEBUG):
        team = await town.team(6)
        assert await open_cycle(CYCLE, town)
        await everybody_shares(team)
        await sharing.stop(team.people[0])
        await rekeying.rekey()
        with clock.set_to(moment(28).at):
            await turn(town)
    assert [r for r in caplog.records if not r.name.startswith("asyncio")] == []


async def test_the_journal_and_the_cell_are_written_together(team: Team, ring: Keyring):
    """A key that is lost stops no check-in, and counts nobody."""
    cell = await cell_of(team)
    ring.destroy(ring.names())
    before = await queries.sealed(cell, CYCLE, lock=False)
    await note(team.people[0], 9, workload=1)
    assert await queries.sealed(cell, CYCLE, lock=False) == before
    assert before is not None
    assert Name(cell, CYCLE, before["key_version"]) not in ring.names()
