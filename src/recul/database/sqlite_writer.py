"""The one connection that writes to a SQLite file: its thread, and whose turn it is.

The thread runs its jobs in the order they were handed in. So a turn may be given away as soon
as its last job is handed in, and a cancelled request cannot leave its transaction open: the
job that ends it is handed in without waiting.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

from recul.database.sqlite_files import Row, run

T = TypeVar("T")


class Writer:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="recul-writer")
        self._turn = asyncio.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None

    async def write(self, sql: str, args: Sequence[Any] = ()) -> list[Row]:
        """One statement that commits itself, when its turn has come."""
        async with self._lock():
            return await self.execute(sql, args)

    async def execute(self, sql: str, args: Sequence[Any] = ()) -> list[Row]:
        """One statement of the transaction whose turn it is."""
        return await asyncio.wrap_future(self._hand_in(run, sql, args))

    async def execute_each(self, statements: Sequence[tuple[str, Sequence[Any]]]) -> None:
        """Several statements of the transaction whose turn it is."""
        await asyncio.wrap_future(self._hand_in(_run_each, statements))

    async def begin(self, *, foreign_keys: bool) -> None:
        """Wait for a turn and begin; `finish` must follow unless this raises."""
        await self._lock().acquire()
        try:
            await asyncio.wrap_future(self._hand_in(_begin, foreign_keys))
        except BaseException:
            self._end(commit=False)
            raise

    async def finish(self, *, commit: bool) -> None:
        # Shielded: a job still waiting in line would be withdrawn by a cancellation.
        await asyncio.shield(asyncio.wrap_future(self._end(commit=commit)))

    async def close(self) -> None:
        await asyncio.shield(asyncio.wrap_future(self._hand_in(sqlite3.Connection.close)))
        self._thread.shutdown()  # its last job is done: this does not wait

    def _end(self, *, commit: bool) -> "Future[None]":
        ended = self._hand_in(_finish, commit)
        self._turn.release()
        return ended

    def _hand_in(self, job: Callable[..., T], *args: Any) -> "Future[T]":
        return self._thread.submit(job, self._connection, *args)

    def _lock(self) -> asyncio.Lock:
        """An asyncio lock serves one loop; a test or a command may come with another."""
        loop = asyncio.get_running_loop()
        if loop is not self._loop:
            if self._loop and not self._loop.is_closed() and self._turn.locked():
                raise RuntimeError("Another event loop is writing to this database.")
            self._loop, self._turn = loop, asyncio.Lock()
        return self._turn


def _run_each(
    connection: sqlite3.Connection, statements: Sequence[tuple[str, Sequence[Any]]]
) -> None:
    for sql, args in statements:
        run(connection, sql, args)


def _begin(connection: sqlite3.Connection, foreign_keys: bool) -> None:
    if connection.in_transaction:  # left by a loop that stopped in the middle
        connection.execute("ROLLBACK")
    if not foreign_keys:
        connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("BEGIN IMMEDIATE")


def _finish(connection: sqlite3.Connection, commit: bool) -> None:
    try:
        if commit and connection.in_transaction:
            connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        connection.execute("PRAGMA foreign_keys = ON")
