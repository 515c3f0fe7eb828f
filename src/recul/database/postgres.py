"""Piccolo's PostgreSQL engine with a pool, and transactions that always give back their
connection."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, TypeVar

import asyncpg
from piccolo.engine.postgres import PostgresEngine, PostgresTransaction
from piccolo.querystring import QueryString
from typing_extensions import override

from recul.database import kept, trouble
from recul.database.errors import Busy, Uncertain, UniqueViolation, Unreachable
from recul.database.postgres_link import Link
from recul.database.postgres_troubles import spoken
from recul.database.recording import note, only_reads

T = TypeVar("T")
Row = dict[str, Any]

POOL_SIZE = 10
CACHED_STATEMENTS = 512
CLOSING_SECONDS = 2
CONNECT_SECONDS = 5.0
TURN_SECONDS = 10.0
"""How long to wait for a connection of the pool."""
STATEMENT_SECONDS = 60.0
GIVE_BACK_SECONDS = 5.0


class Transaction(PostgresTransaction):
    engine: "Postgres"
    connection: Any
    transaction: Any

    def __init__(self, engine: "Postgres", *, allow_nested: bool) -> None:
        super().__init__(engine, allow_nested)
        self.open = False
        self.seconds: float | None = None
        """How long one statement may take, when it is not as long as usual."""
        self.failed = False
        """A statement failed since the last savepoint that was gone back to."""

    async def __aenter__(self) -> PostgresTransaction:
        """Raises Unavailable."""
        if self._parent is not None:
            return self._parent
        self.connection = await self.engine.take_connection()
        self.transaction = self.connection.transaction()
        try:
            with spoken():
                await self.transaction.start()
        except BaseException:
            await self.engine.give_back(self.connection)
            raise
        self.open = True
        self.engine.current_transaction.set(self)
        return self

    async def __aexit__(self, kind: object, error: object, traceback: object) -> bool:
        if self._parent is None:
            self.open = False
            self.engine.current_transaction.set(None)
            # Shielded: a second cancellation must not keep the connection from the pool.
            commit = error is None and not self._rolled_back
            await asyncio.shield(asyncio.ensure_future(self._end(commit=commit)))
            if commit:
                kept.note()
        return False

    async def _end(self, *, commit: bool) -> None:
        try:
            await (self._commit() if commit else self._roll_back())
        finally:
            await self.engine.give_back(self.connection)

    async def _commit(self) -> None:
        """PostgreSQL answers a COMMIT with a rollback, and no error, once a statement failed."""
        with spoken():
            usable = self.connection.is_in_transaction() and not self.failed
        if not usable:
            await self._roll_back()
            raise RuntimeError("A statement failed and the error was dropped: nothing is kept.")
        with spoken(away=Uncertain):
            await self.transaction.commit()
        trouble.over()

    async def mark(self, sql: str) -> None:
        """Set, release or go back to a savepoint."""
        with spoken():
            await self.connection.execute(sql)
        self.failed = self.failed and not sql.startswith("ROLLBACK")

    async def _roll_back(self) -> None:
        """What cannot be reached any more is rolled back there; why is known already."""
        with suppress(Unreachable), spoken():
            if self.connection.is_in_transaction():
                await self.transaction.rollback()


class Postgres(PostgresEngine):
    """The database at `url`. Without `open` each query makes a connection of its own."""

    def __init__(self, url: str) -> None:
        super().__init__(config={"dsn": url, "statement_cache_size": CACHED_STATEMENTS})

    async def check_version(self) -> None:
        """Piccolo would connect as soon as the engine is made, and hide the error."""

    async def open(self) -> None:
        """Start the pool. Raises Unavailable when nobody answers."""
        if self.pool is None:
            with spoken():
                await (await self.get_new_connection()).close()
                # None is kept at any price: asyncpg would log each failure to come by one.
                self.pool = await asyncpg.create_pool(
                    **self.config,
                    min_size=0,
                    max_size=POOL_SIZE,
                    reset=_keep_as_it_is,
                    connection_class=Link,
                    timeout=CONNECT_SECONDS,
                    command_timeout=STATEMENT_SECONDS,
                )

    async def close(self) -> None:
        if self.pool is not None:
            pool, self.pool = self.pool, None
            try:
                await asyncio.wait_for(pool.close(), CLOSING_SECONDS)
            except TimeoutError:
                pool.terminate()  # somebody does not give her connection back

    async def empty_log(self) -> None:
        """PostgreSQL keeps house itself: autovacuum, and a log that is written over."""

    async def take_connection(self) -> Any:
        """Raises Unavailable."""
        with spoken():
            if self.pool is None:
                return await self.get_new_connection()
            try:
                return await self.pool.acquire(timeout=TURN_SECONDS)
            except TimeoutError:
                if self.pool.get_size() < POOL_SIZE:
                    raise
                raise trouble.met(Busy("no connection is free")) from None

    async def give_back(self, connection: Any) -> None:
        """A connection that is broken is thrown away; the pool makes another one."""
        with suppress(asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError):
            if self.pool is None:
                await connection.close()
            else:
                await self.pool.release(connection, timeout=GIVE_BACK_SECONDS)

    @property
    def active_transaction(self) -> Transaction | None:
        """The transaction of this task; never one that a finished task left behind."""
        current = self.current_transaction.get()
        return current if isinstance(current, Transaction) and current.open else None

    def transaction_exists(self) -> bool:
        return self.active_transaction is not None

    @override
    def transaction(self, allow_nested: bool = True) -> Transaction:
        if self.active_transaction is None:
            self.current_transaction.set(None)
        return Transaction(self, allow_nested=allow_nested)

    @override
    async def run_querystring(self, querystring: QueryString, in_pool: bool = True) -> list[Row]:
        return await self.run_sql(*querystring.compile_string(engine_type="postgres"))

    @override
    async def run_ddl(self, ddl: str, in_pool: bool = True) -> list[Row]:
        return await self.run_sql(ddl)

    async def run_sql(self, sql: str, args: Sequence[Any] = ()) -> list[Row]:
        """Raises UniqueViolation and Unavailable."""
        note(sql)
        try:
            with spoken():
                return [dict(record) for record in await self._fetch(sql, args)]
        except Exception as error:
            if transaction := self.active_transaction:
                transaction.failed = True
            if isinstance(error, asyncpg.UniqueViolationError):
                raise UniqueViolation(str(error)) from error
            raise

    async def _fetch(self, sql: str, args: Sequence[Any]) -> Any:
        if transaction := self.active_transaction:
            return await transaction.connection.fetch(sql, *args, timeout=transaction.seconds)
        connection = await self.take_connection()
        try:
            found = await connection.fetch(sql, *args)
        finally:
            await self.give_back(connection)
        if not only_reads(sql):
            kept.note()
            trouble.over()
        return found

    def transform_response_to_dicts(self, results: list[Row]) -> list[Row]:
        return results

    async def write_each(self, statements: Sequence[tuple[str, Sequence[Any]]]) -> None:
        """Several writes of the transaction of this task."""
        if self.active_transaction is None:
            raise RuntimeError("Several writes belong in a transaction.")
        for sql, args in statements:
            await self.run_sql(sql, args)

    async def scan(self, sql: str, args: Sequence[Any], work: Callable[[list[Row]], T]) -> T:
        """Fetch many rows, then work on them in a thread."""
        return await asyncio.to_thread(work, await self.run_sql(sql, args))


async def _keep_as_it_is(connection: object) -> None:
    """Recul changes no session setting: resetting them would cost a round trip a query."""
