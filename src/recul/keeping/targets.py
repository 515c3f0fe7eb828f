"""Filling an empty database, all or nothing: SQLite in a new file that is moved into place,
PostgreSQL in one transaction. Migrations and actions work in it meanwhile, as it is bound."""

import os
import sqlite3
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager, closing
from glob import escape
from pathlib import Path
from secrets import token_hex
from typing import Any, Protocol

import asyncpg

from recul import database
from recul.database import Database
from recul.database.postgres import Postgres
from recul.database.sqlite import SQLite
from recul.database.sqlite_files import connect, create
from recul.keeping.alone import refuse_others
from recul.keeping.refusals import Damaged, Refused
from recul.keeping.shapes import Shape, quoted
from recul.keeping.snapshots import PostgresSnapshot, Snapshot, SQLiteSnapshot, connected

Blocks = AsyncIterator[Sequence[Sequence[Any]]]
OCCUPIED = (
    "There are accounts in this database already, and nothing is ever written over them. Name an "
    "empty one in RECUL_DATABASE_URL."
)

# What PostgreSQL gives, SQLite takes.
sqlite3.register_adapter(asyncpg.pgproto.pgproto.UUID, str)


class Target(Protocol):
    def reading(self) -> Snapshot:
        """What is in it now."""

    async def fill(self, shape: Shape, blocks: Blocks) -> None:
        """Put rows into a table that is empty."""

    async def check(self) -> None:
        """Raises Damaged when a row refers to one that is not there."""


class SQLiteTarget:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def reading(self) -> Snapshot:
        return SQLiteSnapshot(self._connection)

    async def fill(self, shape: Shape, blocks: Blocks) -> None:
        places = ", ".join("?" * len(shape.names))
        sql = f'INSERT INTO "{shape.name}" ({quoted(shape.names)}) VALUES ({places})'
        self._connection.execute("BEGIN")
        async for rows in blocks:
            self._connection.executemany(sql, rows)
        self._connection.execute("COMMIT")

    async def check(self) -> None:
        if broken := self._connection.execute("PRAGMA foreign_key_check").fetchone():
            raise Damaged(f"A row of {broken[0]} refers to one of {broken[2]} that is not there.")


class PostgresTarget:
    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def reading(self) -> Snapshot:
        return PostgresSnapshot(self._connection)

    async def fill(self, shape: Shape, blocks: Blocks) -> None:
        """One statement, at whose end rows may refer to others of their own table."""

        async def each() -> AsyncIterator[Sequence[Any]]:
            async for rows in blocks:
                for row in rows:
                    yield row

        copy = self._connection.copy_records_to_table
        try:
            await copy(shape.name, records=each(), columns=shape.names)
        except asyncpg.ForeignKeyViolationError as error:
            raise Damaged(f"A row of {shape.name} refers to one that is not there.") from error

    async def check(self) -> None:
        """PostgreSQL saw to it with every table."""


async def refuse_other_schema(wanted: Iterable[Shape], target: Target) -> None:
    """Raises Refused when a table is not the one that is about to be filled."""
    here = {shape.name: shape for shape in await target.reading().shapes()}
    if odd := [shape.name for shape in wanted if here.get(shape.name) != shape]:
        raise Refused(f"The table {odd[0]} is not one that this version of Recul knows.")


@asynccontextmanager
async def empty_target(engine: Database) -> AsyncIterator[Target]:
    """A database without tables, in the place of `engine`'s. When the body ends it is there as a
    whole; when it fails, nothing has changed. Raises Refused when somebody has an account."""
    await refuse_occupied(engine)
    await refuse_others(engine, "the database to be filled")
    making = _new_file(engine) if isinstance(engine, SQLite) else _one_transaction(engine)
    async with making as target:
        yield target


async def refuse_occupied(engine: Database) -> None:
    """Raises Refused, or DatabaseTooNew. The database need not be there."""
    if isinstance(engine, SQLite):
        if engine.file.exists() and engine.file.stat().st_size:
            with closing(connect(engine.file, write=False)) as connection:
                await _refuse_accounts(SQLiteSnapshot(connection))
        return
    async with connected(engine) as connection:
        await _refuse_accounts(PostgresSnapshot(connection))


async def _refuse_accounts(found: Snapshot) -> None:
    names = [shape.name for shape in await found.shapes()]
    if "account" in names:
        if await found.value('SELECT COUNT(*) FROM "account"'):
            raise Refused(OCCUPIED)
    elif names:
        raise Refused("This database holds tables of something else. Name an empty one.")


@asynccontextmanager
async def _new_file(engine: SQLite) -> AsyncIterator[Target]:
    _remove(engine.file, "new-*")  # what was left when a machine stopped in the middle
    path = engine.file.with_name(f"{engine.file.name}.new-{token_hex(4)}")
    fresh = SQLite(path)
    database.bind(fresh)
    try:
        await fresh.open()
        with closing(connect(path, write=True)) as connection:
            connection.execute("PRAGMA foreign_keys = OFF")
            yield SQLiteTarget(connection)
        await fresh.empty_log()
        await fresh.close()
        await refuse_others(engine, "the database to be filled")
        _move(path, engine.file)
    finally:
        await fresh.close()
        database.bind(engine)
        _remove(engine.file, f"{path.suffix[1:]}*")


def _remove(file: Path, ending: str) -> None:
    for each in file.parent.glob(f"{escape(file.name)}.{ending}"):
        each.unlink(missing_ok=True)


def _move(path: Path, place: Path) -> None:
    """Put a finished file in the place of an empty one, which nobody may open meanwhile."""
    create(place)
    with closing(sqlite3.connect(place, isolation_level=None)) as held:
        held.execute("BEGIN EXCLUSIVE")
        served = held.execute("SELECT 1 FROM sqlite_master WHERE name = 'account'").fetchone()
        if served and held.execute("SELECT 1 FROM account").fetchone():
            raise Refused(OCCUPIED)
        _flush(path)
        path.replace(place)
        _flush(path.parent)


def _flush(path: Path) -> None:
    """See it safely on the disk."""
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


@asynccontextmanager
async def _one_transaction(engine: Postgres) -> AsyncIterator[Target]:
    database.bind(engine)
    async with engine.transaction() as transaction:
        applied, _ = await database.migration_state()
        if applied:
            await database.bound().run_sql("LOCK TABLE account IN ACCESS EXCLUSIVE MODE")
            await _refuse_accounts(PostgresSnapshot(transaction.connection))
            await database.migrate_back(len(applied))
        yield PostgresTarget(transaction.connection)
