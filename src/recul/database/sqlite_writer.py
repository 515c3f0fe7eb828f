"""The one connection that writes to a SQLite file: its thread, and whose turn it is.

The thread runs its jobs in the order they were handed in. So a turn may be given away as soon
as its last job is handed in, and a cancelled request cannot leave its transaction open: the
job that ends it is handed in without waiting.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from recul.database import kept, trouble
from recul.database.errors import Busy
from recul.database.sqlite_files import BUSY_SECONDS, Row, connect, run
from recul.database.sqlite_place import Place
from recul.database.sqlite_troubles import writing

T = TypeVar("T")
TURN_SECONDS = 20.0
"""How long a write waits for those before it. After that nobody would wait for the page."""

MIGRATION_SECONDS = 3600


class Writer:
    """Raises Unavailable wherever SQLite cannot do it now."""

    def __init__(self, path: Path) -> None:
        with writing():
            self._connection = connect(path, write=True)
        self._place = Place(path)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="recul-writer")
        self._turn = asyncio.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None

    async def write(self, sql: str, args: Sequence[Any] = ()) -> list[Row]:
        """One statement that commits itself, when its turn has come."""
        await self._wait()
        try:
            found = await asyncio.wrap_future(self._hand_in(_run_alone, self._place, sql, args))
        finally:
            self._turn.release()
        kept.note()
        return found

    async def execute(self, sql: str, args: Sequence[Any] = ()) -> list[Row]:
        """One statement of the transaction whose turn it is."""
        return await asyncio.wrap_future(self._hand_in(run, sql, args))

    async def execute_each(self, statements: Sequence[tuple[str, Sequence[Any]]]) -> None:
        """Several statements of the transaction whose turn it is."""
        await asyncio.wrap_future(self._hand_in(_run_each, statements))

    async def begin(self, *, foreign_keys: bool) -> None:
        """Wait for a turn and begin; `finish` must follow unless this raises."""
        await self._wait()
        try:
            await asyncio.wrap_future(self._hand_in(_begin, self._place, foreign_keys))
        except BaseException:
            self._end(commit=False, foreign_keys=foreign_keys)
            raise

    async def finish(self, *, commit: bool, foreign_keys: bool) -> None:
        # Shielded: a job still waiting in line would be withdrawn by a cancellation.
        ended = self._end(commit=commit, foreign_keys=foreign_keys)
        await asyncio.shield(asyncio.wrap_future(ended))
        if commit:
            kept.note()

    async def close(self) -> None:
        await asyncio.shield(asyncio.wrap_future(self._hand_in(self._place.leave)))
        self._thread.shutdown()  # its last job is done: this does not wait

    def _end(self, *, commit: bool, foreign_keys: bool) -> "Future[None]":
        ended = self._hand_in(_finish, commit, foreign_keys)
        self._turn.release()
        return ended

    def _hand_in(self, job: Callable[..., T], *args: Any) -> "Future[T]":
        return self._thread.submit(_spoken, job, self._connection, *args)

    async def _wait(self) -> None:
        try:
            async with asyncio.timeout(TURN_SECONDS):
                await self._lock().acquire()
        except TimeoutError:
            raise trouble.met(Busy("too many writes wait for their turn")) from None

    def _lock(self) -> asyncio.Lock:
        """An asyncio lock serves one loop; a test or a command may come with another."""
        loop = asyncio.get_running_loop()
        if loop is not self._loop:
            if self._loop and not self._loop.is_closed() and self._turn.locked():
                raise RuntimeError("Another event loop is writing to this database.")
            self._loop, self._turn = loop, asyncio.Lock()
        return self._turn


def _spoken(job: Callable[..., T], *args: Any) -> T:
    with writing():
        return job(*args)


def _run_alone(
    connection: sqlite3.Connection, place: Place, sql: str, args: Sequence[Any]
) -> list[Row]:
    place.check()
    found = run(connection, sql, args)
    trouble.over()
    return found


def _run_each(
    connection: sqlite3.Connection, statements: Sequence[tuple[str, Sequence[Any]]]
) -> None:
    for sql, args in statements:
        run(connection, sql, args)


def _begin(connection: sqlite3.Connection, place: Place, foreign_keys: bool) -> None:
    place.check()
    if connection.in_transaction:  # left by a loop that stopped in the middle
        connection.execute("ROLLBACK")
    if not foreign_keys:  # a migration, which waits for another one to be done
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute(f"PRAGMA busy_timeout = {MIGRATION_SECONDS * 1000}")
    connection.execute("BEGIN IMMEDIATE")


def _finish(connection: sqlite3.Connection, commit: bool, foreign_keys: bool) -> None:
    """SQLite undoes a transaction by itself when a disk fails under it: that is no commit."""
    try:
        if commit and not connection.in_transaction:
            raise RuntimeError("A statement failed and the error was dropped: nothing is kept.")
        if commit:
            connection.execute("COMMIT")
            trouble.over()
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        if not foreign_keys:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute(f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}")
