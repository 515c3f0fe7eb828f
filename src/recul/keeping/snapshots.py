"""Reading a whole database as it is at one moment, while others go on writing."""

import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, closing
from itertools import count
from pathlib import Path
from typing import Any, Protocol

import asyncpg

from recul.database import Database, Unreachable
from recul.database.postgres import Postgres
from recul.database.sqlite import SQLite
from recul.database.sqlite_files import connect
from recul.keeping import shapes
from recul.keeping.document import Sum, Tally
from recul.keeping.shapes import Shape

ROWS_AT_ONCE = 200
_numbers = count()
BINARY, C = "COLLATE BINARY", 'COLLATE "C"'
"""The order of texts by their bytes, in either database."""


class Snapshot(Protocol):
    async def shapes(self) -> list[Shape]:
        """Every table, those referred to first."""

    async def value(self, sql: str) -> Any:
        """The first column of the first row."""

    async def column(self, sql: str) -> list[Any]:
        """The first column of every row."""

    def blocks(self, shape: Shape) -> AsyncIterator[Sequence[Sequence[Any]]]:
        """Every row, in the order of the key, a few at once."""


async def sum_of(snapshot: Snapshot, shape: Shape) -> Sum:
    tally = Tally(shape)
    async for rows in snapshot.blocks(shape):
        tally.add(rows)
    return tally.sum


async def migrations_of(snapshot: Snapshot, names: Sequence[str]) -> list[str]:
    """The migrations that ran, oldest first; none in an empty database."""
    if "migration" not in names:
        return []
    sql = "SELECT name FROM migration WHERE app_name = 'recul' ORDER BY name"
    return sorted(await snapshot.column(sql))


class SQLiteSnapshot:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    async def shapes(self) -> list[Shape]:
        columns = self._connection.execute(shapes.SQLITE).fetchall()
        return shapes.shapes(columns, self._connection.execute(shapes.SQLITE_LINKS).fetchall())

    async def value(self, sql: str) -> Any:
        return self._connection.execute(sql).fetchone()[0]

    async def column(self, sql: str) -> list[Any]:
        return [row[0] for row in self._connection.execute(sql)]

    async def blocks(self, shape: Shape) -> AsyncIterator[Sequence[Sequence[Any]]]:
        cursor = self._connection.execute(shape.select(BINARY))
        while rows := cursor.fetchmany(ROWS_AT_ONCE):
            yield rows


class PostgresSnapshot:
    """On a connection that is in a transaction."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    async def shapes(self) -> list[Shape]:
        columns = await self._connection.fetch(shapes.POSTGRES)
        links = await self._connection.fetch(shapes.POSTGRES_LINKS)
        return shapes.shapes([tuple(row) for row in columns], [tuple(row) for row in links])

    async def value(self, sql: str) -> Any:
        return await self._connection.fetchval(sql)

    async def column(self, sql: str) -> list[Any]:
        return [row[0] for row in await self._connection.fetch(sql)]

    async def blocks(self, shape: Shape) -> AsyncIterator[Sequence[Sequence[Any]]]:
        """By a cursor that is closed at the end: a table with an open one cannot be altered. Its
        name is new each time, as the driver remembers what a statement gave."""
        ask, name = self._connection.fetch, f"kept_{next(_numbers)}"
        await ask(f"DECLARE {name} NO SCROLL CURSOR FOR {shape.select(C)}")
        while rows := await ask(f"FETCH {ROWS_AT_ONCE} FROM {name}"):
            yield rows
        await ask(f"CLOSE {name}")


@asynccontextmanager
async def snapshot(engine: Database, *, frozen: bool = False) -> AsyncIterator[Snapshot]:
    """Raises Unreachable. With `frozen` nobody writes until the end."""
    if isinstance(engine, SQLite):
        with closing(_begun(engine.file, frozen=frozen)) as connection:
            yield SQLiteSnapshot(connection)
        return
    async with connected(engine) as connection:
        tables = [] if not frozen else await PostgresSnapshot(connection).shapes()
        async with connection.transaction(isolation="repeatable_read", readonly=not frozen):
            # Before anything is read: what is read is then as it is under the lock.
            for shape in tables:
                await connection.execute(f'LOCK TABLE "{shape.name}" IN SHARE MODE')
            yield PostgresSnapshot(connection)


def _begun(file: Path, *, frozen: bool) -> sqlite3.Connection:
    if not file.exists():
        raise Unreachable(f"there is no file {file}")
    try:
        connection = connect(file, write=frozen)
        connection.execute("BEGIN IMMEDIATE" if frozen else "BEGIN")
        connection.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()
    except sqlite3.Error as error:
        raise Unreachable(str(error)) from error
    return connection


@asynccontextmanager
async def connected(engine: Postgres) -> AsyncIterator[Any]:
    """A connection of its own. Raises Unreachable."""
    try:
        connection = await asyncpg.connect(engine.config["dsn"])
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        raise Unreachable(str(error)) from error
    try:
        yield connection
    finally:
        await connection.close()
