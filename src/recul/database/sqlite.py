"""Piccolo's SQLite engine with kept connections.

Reads outside a transaction run on a kept connection in the event loop: with an index they take
microseconds, less than the way to a thread and back. Writes and transactions have a thread.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from piccolo.engine.sqlite import SQLiteEngine, SQLiteTransaction, TransactionType
from piccolo.querystring import QueryString
from typing_extensions import override

from recul.database.recording import note, only_reads
from recul.database.sqlite_files import Row, connect, create, empty_log, run
from recul.database.sqlite_troubles import reading
from recul.database.sqlite_writer import Writer

T = TypeVar("T")


class Transaction(SQLiteTransaction):
    """Always IMMEDIATE: a DEFERRED one fails when two of them read and then write."""

    engine: "SQLite"

    def __init__(self, engine: "SQLite", *, allow_nested: bool, foreign_keys: bool) -> None:
        super().__init__(engine, TransactionType.immediate, allow_nested)
        self._foreign_keys = foreign_keys
        self.open = False

    async def __aenter__(self) -> SQLiteTransaction:
        if self._parent is not None:
            return self._parent
        self.connection = self.engine.writer
        await self.connection.begin(foreign_keys=self._foreign_keys)
        self.open = True
        self.engine.current_transaction.set(self)
        return self

    async def __aexit__(self, kind: object, error: object, traceback: object) -> bool:
        if self._parent is None:
            self.open = False
            self.engine.current_transaction.set(None)
            commit = error is None and not self._rolled_back
            await self.connection.finish(commit=commit, foreign_keys=self._foreign_keys)
        return False

    async def mark(self, sql: str) -> None:
        """Set, release or go back to a savepoint."""
        await self.connection.execute(sql)


class SQLite(SQLiteEngine):
    """The database file at `path`, made when it is first opened."""

    def __init__(self, path: Path) -> None:
        self.file = path
        self._reader: sqlite3.Connection | None = None
        self._writer: Writer | None = None
        self._scanners: list[sqlite3.Connection] = []
        super().__init__(path=str(path))

    async def open(self) -> None:
        """Raises OSError, sqlite3.Error or Unavailable when the file cannot be made or opened."""
        self._open()

    def _open(self) -> tuple[sqlite3.Connection, Writer]:
        if self._reader is None or self._writer is None:
            create(self.file)
            self._writer = Writer(self.file)
            with reading():
                self._reader = connect(self.file, write=False)
        return self._reader, self._writer

    async def close(self) -> None:
        """Close every connection. The engine opens again when it is asked again."""
        reader, writer = self._reader, self._writer
        self._reader = self._writer = None
        while self._scanners:
            self._scanners.pop().close()
        if reader is not None:
            reader.close()
        if writer is not None:
            await writer.close()

    async def empty_log(self) -> None:
        """Move what was written into the file, and cut the write-ahead log to nothing.

        Until then the log still holds what was erased, and the key of a vault that was locked.
        Not now when another process reads: the next time will do.
        """
        await asyncio.to_thread(empty_log, self.file)

    @property
    def writer(self) -> Writer:
        return self._open()[1]

    @property
    def active_transaction(self) -> Transaction | None:
        """The transaction of this task; never one that a finished task left behind."""
        current = self.current_transaction.get()
        return current if isinstance(current, Transaction) and current.open else None

    def transaction_exists(self) -> bool:
        return self.active_transaction is not None

    @override
    def transaction(
        self,
        transaction_type: TransactionType = TransactionType.immediate,
        allow_nested: bool = True,
        foreign_keys: bool = True,
    ) -> Transaction:
        """`foreign_keys=False` is for migrations that rebuild a table."""
        if self.active_transaction is None:
            self.current_transaction.set(None)
        return Transaction(self, allow_nested=allow_nested, foreign_keys=foreign_keys)

    @override
    async def run_querystring(self, querystring: QueryString, in_pool: bool = False) -> list[Row]:
        return await self.run_sql(*querystring.compile_string(engine_type="sqlite"))

    @override
    async def run_ddl(self, ddl: str, in_pool: bool = False) -> list[Row]:
        return await self.run_sql(ddl)

    async def run_sql(self, sql: str, args: Sequence[Any] = ()) -> list[Row]:
        reader, writer = self._open()
        note(sql)
        if self.active_transaction is not None:
            return await writer.execute(sql, args)
        if only_reads(sql):
            with reading():
                return run(reader, sql, args)
        return await writer.write(sql, args)

    async def write_each(self, statements: Sequence[tuple[str, Sequence[Any]]]) -> None:
        """Several writes of the transaction of this task."""
        if self.active_transaction is None:
            raise RuntimeError("Several writes belong in a transaction.")
        for sql, _ in statements:
            note(sql)
        await self.writer.execute_each(statements)

    async def scan(self, sql: str, args: Sequence[Any], work: Callable[[list[Row]], T]) -> T:
        """Fetch many rows and work on them, both in a thread and on a connection of its own."""
        if self.active_transaction is not None:
            return await asyncio.to_thread(work, await self.run_sql(sql, args))
        self._open()
        note(sql)
        return await asyncio.to_thread(lambda: work(self._fetch_all(sql, args)))

    def _fetch_all(self, sql: str, args: Sequence[Any]) -> list[Row]:
        with reading():
            try:
                connection = self._scanners.pop()
            except IndexError:
                connection = connect(self.file, write=False)
            try:
                return run(connection, sql, args)
            finally:
                self._scanners.append(connection)
