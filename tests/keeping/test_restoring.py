"""What stops a restore, and that nothing is there then; what an older backup becomes."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from random import Random
from uuid import UUID, uuid4

import pytest
from tests.keeping.sealed import QUIET, TO_WORDS, nobody, sums, with_words

from recul import database
from recul.database import Database, DatabaseTooNew, Unreachable, engine_for
from recul.database.postgres import Postgres
from recul.keeping.backing_up import back_up
from recul.keeping.document import Header
from recul.keeping.refusals import Damaged, Refused
from recul.keeping.restoring import restore, verified
from recul.keeping.sealing import SEALED_CHUNK
from recul.keeping.transferring import transfer
from recul.trends.cycles import first_day

ACCOUNT = """
INSERT INTO account (id, email, display_name, administrator, time_zone, idle_minutes, joined_on,
settled) VALUES ('{}', '{}@exemple.fr', 'Ana', FALSE, 'Europe/Paris', 15, '2026-01-01', FALSE)"""
BEFORE_DAYS = "2026-11-25T09:00:00:000000"
"""The migration before the one that gives cycles their day."""


async def inhabited(engine: Database, people: int = 1, until: str | None = None) -> list[UUID]:
    database.bind(engine)
    await database.migrate(until)
    ids = [uuid4() for _ in range(people)]
    async with database.write_transaction():
        for each in ids:
            await engine.run_sql(ACCOUNT.format(each, each.hex))
    await engine.close()
    return ids


async def made(engine: Database, path: Path) -> Header:
    return await back_up(engine, path, TO_WORDS, QUIET)


@pytest.fixture
def source(tmp_path: Path) -> Database:
    return engine_for(f"sqlite:///{tmp_path}/source.sqlite")


@pytest.fixture
async def target(empty_url: str) -> AsyncIterator[Database]:
    engine = engine_for(empty_url)
    yield engine
    await engine.close()


async def restored(path: Path, target: Database) -> int:
    return await restore(verified(with_words(path), QUIET), target, QUIET, nobody)


async def untouched(target: Database) -> bool:
    """Neither a table nor a file that was begun."""
    try:
        if await sums(target):
            return False
    except Unreachable:
        pass
    return isinstance(target, Postgres) or not [*target.file.parent.glob(f"{target.file.name}.*")]


async def test_an_older_backup_is_brought_up_to_date(
    source: Database, target: Database, tmp_path: Path
):
    [ana] = await inhabited(source, until=BEFORE_DAYS)
    await source.run_sql("INSERT INTO cycle (number, closed) VALUES (37, TRUE)")
    header = await made(source, tmp_path / "a")
    assert header.migrations[-1] == BEFORE_DAYS
    assert await restored(tmp_path / "a", target) == 0
    assert await database.migration_state() == (database.known_migrations(),) * 2
    assert [row["id"] for row in await target.run_sql("SELECT id FROM account")] == [ana]
    [cycle] = await target.run_sql("SELECT * FROM cycle")
    assert cycle == {"number": 37, "closed": True, "out_on": first_day(38)}


@pytest.mark.parametrize("migration", database.known_migrations())
async def test_a_backup_of_any_version_can_be_tried(
    source: Database, tmp_path: Path, migration: str
):
    await inhabited(source, until=migration)
    assert (await made(source, tmp_path / "a")).migrations[-1] == migration
    target = engine_for(f"sqlite:///{tmp_path}/tried.sqlite")
    await restored(tmp_path / "a", target)
    assert (await database.migration_state())[0] == database.known_migrations()
    await target.close()


async def test_a_newer_backup_is_refused(source: Database, target: Database, tmp_path: Path):
    await inhabited(source)
    later = "INSERT INTO migration (name, app_name) VALUES ('2999-01-01T00:00:00:000000', 'recul')"
    await source.run_sql(later)
    await made(source, tmp_path / "a")
    with pytest.raises(DatabaseTooNew, match=r"2999-01-01\S+: newer than this version"):
        await restored(tmp_path / "a", target)
    assert await untouched(target)


async def test_an_empty_database_that_was_served_is_replaced(
    source: Database, target: Database, tmp_path: Path
):
    """Nobody has an account: there is a link for the first administrator, and nothing else."""
    await inhabited(source, 3)
    await made(source, tmp_path / "a")
    await inhabited(target, 0)
    await restored(tmp_path / "a", target)
    await target.close()
    assert (await sums(target))["account"] == (await sums(source))["account"]


async def test_nobody_is_written_over(source: Database, target: Database, tmp_path: Path):
    await inhabited(source)
    await inhabited(target)
    before = await sums(target)
    await made(source, tmp_path / "a")
    with pytest.raises(Refused, match="There are accounts"):
        await restored(tmp_path / "a", target)
    with pytest.raises(Refused, match="There are accounts"):
        await transfer(source, target, QUIET)
    assert await sums(target) == before


async def test_a_database_of_something_else_is_left_alone(
    source: Database, target: Database, tmp_path: Path
):
    await inhabited(source)
    await target.run_sql("CREATE TABLE bees (id INTEGER PRIMARY KEY)")
    await target.close()
    await made(source, tmp_path / "a")
    with pytest.raises(Refused, match="something else"):
        await restored(tmp_path / "a", target)
    assert set(await sums(target)) == {"bees"}


async def test_somebody_who_is_connected_is_told(
    source: Database, target: Database, empty_url: str, tmp_path: Path
):
    await inhabited(source)
    await inhabited(target, 0)
    await made(source, tmp_path / "a")
    other = engine_for(empty_url)
    await other.open()
    await other.run_sql("SELECT * FROM account")
    with pytest.raises(Refused, match="stop `recul serve`"):
        await restored(tmp_path / "a", target)
    with pytest.raises(Refused, match="stop `recul serve`"):
        await transfer(source, target, QUIET)
    await other.close()
    assert await restored(tmp_path / "a", target) == 0


async def test_who_is_erased_again_is_never_there(
    source: Database, target: Database, tmp_path: Path
):
    gone, stays = await inhabited(source, 2)
    await made(source, tmp_path / "a")

    async def erase() -> int:
        async with database.write_transaction():
            await database.bound().run_sql(f"DELETE FROM account WHERE id = '{gone}'")
        return 1

    found = verified(with_words(tmp_path / "a"), QUIET)
    assert await restore(found, target, QUIET, erase) == 1
    assert [row["id"] for row in await target.run_sql("SELECT id FROM account")] == [stays]


async def test_what_fails_late_leaves_nothing(source: Database, target: Database, tmp_path: Path):
    await inhabited(source)
    await made(source, tmp_path / "a")

    async def fail() -> int:
        assert len(await database.bound().run_sql("SELECT id FROM account")) == 1
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await restore(verified(with_words(tmp_path / "a"), QUIET), target, QUIET, fail)
    await target.close()
    assert await untouched(target)


async def test_a_row_that_refers_to_nobody(source: Database, target: Database, tmp_path: Path):
    await inhabited(source)
    with closing(sqlite3.connect(tmp_path / "source.sqlite")) as connection, connection:
        connection.execute("INSERT INTO muted VALUES (?, 'x')", [str(uuid4())])
    await made(source, tmp_path / "a")
    with pytest.raises(Damaged, match="A row of muted refers to"):
        await restored(tmp_path / "a", target)
    assert await untouched(target)


@pytest.fixture
async def whole(source: Database, tmp_path: Path) -> bytes:
    """A backup of several chunks."""
    await inhabited(source, 1200)
    await made(source, tmp_path / "a")
    return (tmp_path / "a").read_bytes()


async def test_damage_is_seen_before_there_is_a_database(whole: bytes, tmp_path: Path):
    chance, start = Random(20261201), len(whole) % SEALED_CHUNK
    chunks = [whole[at : at + SEALED_CHUNK] for at in range(start, len(whole), SEALED_CHUNK)]
    assert len(chunks) > 2
    wrong = [whole[:start] + b"".join([chunks[1], chunks[0], *chunks[2:]])]
    for _ in range(40):
        flipped = bytearray(whole)
        flipped[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        wrong += [bytes(flipped), whole[: chance.randrange(len(whole))]]
    for content in wrong:
        (tmp_path / "a").write_bytes(content)
        with pytest.raises(Refused, match=r"backup.*\."):
            verified(with_words(tmp_path / "a"), QUIET)


async def test_another_passphrase_is_told(whole: bytes, tmp_path: Path):
    with pytest.raises(Damaged, match="This passphrase or key does not open"):
        verified(with_words(tmp_path / "a", "quatre mots sous la neige"), QUIET)


async def test_nothing_to_back_up(tmp_path: Path, target: Database):
    missing = engine_for(f"sqlite:///{tmp_path}/nowhere.sqlite")
    with pytest.raises(Unreachable, match="no file"):
        await made(missing, tmp_path / "a")
    assert not (tmp_path / "nowhere.sqlite").exists()
    await target.run_sql("CREATE TABLE lease (name UUID PRIMARY KEY)")
    with pytest.raises(Refused, match="nothing in this database"):
        await made(target, tmp_path / "a")
    await target.run_sql("CREATE TABLE bees (name UUID PRIMARY KEY)")
    with pytest.raises(Refused, match="bees is unknown"):
        await made(target, tmp_path / "a")
    assert not (tmp_path / "a").exists()
