"""Piccolo's PostgreSQL engine with a pool, and transactions that always give back their
connection."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import asyncpg
from piccolo.engine.postgres import PostgresEngine, PostgresTransaction
from piccolo.querystring import QueryString
from typing_extensions import override

from recul.database.errors import UniqueViolation
from recul.database.recording import note

T = TypeVar("T")
Row = dict[str, Any]

POOL_SIZE = 10
CACHED_STATEMENTS = 512


class Transaction(PostgresTransaction):
    engine: "Postgres"
    connection: Any
    transaction: Any

    def __init__(self, engine: "Postgres", *, allow_nested: bool) -> None:
        super().__init__(engine, allow_nested)
        self.open = False

    async def __aenter__(self) -> PostgresTransaction:
        if self._parent is not None:
            return self._parent
        self.connection = await self.engine.take_connection()
        self.transaction = self.connection.transaction()
        try:
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
            await asyncio.shield(asyncio.ensure_future(self._end(commit=error is None)))
        return False

    async def _end(self, *, commit: bool) -> None:
        try:
            if self.connection.is_in_transaction():
                await (self.transaction.commit() if commit else self.transaction.rollback())
        finally:
            await self.engine.give_back(self.connection)


class Postgres(PostgresEngine):
    """The database at `url`. Without `open` each query makes a connection of its own."""

    def __init__(self, url: str) -> None:
        super().__init__(config={"dsn": url, "statement_cache_size": CACHED_STATEMENTS})

    async def check_version(self) -> None:
        """Piccolo would connect as soon as the engine is made, and hide the error."""

    async def open(self) -> None:
        """Start the pool. Raises OSError or asyncpg.PostgresError when nobody answers."""
        if self.pool is None:
            self.pool = await asyncpg.create_pool(
                **self.config, min_size=1, max_size=POOL_SIZE, reset=_keep_as_it_is
            )

    async def close(self) -> None:
        if self.pool is not None:
            pool, self.pool = self.pool, None
            await pool.close()

    async def empty_log(self) -> None:
        """PostgreSQL keeps house itself: autovacuum, and a log that is written over."""

    async def take_connection(self) -> Any:
        return await (self.pool.acquire() if self.pool else self.get_new_connection())

    async def give_back(self, connection: Any) -> None:
        await (self.pool.release(connection) if self.pool else connection.close())

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
        note(sql)
        try:
            return [dict(record) for record in await self._fetch(sql, args)]
        except asyncpg.UniqueViolationError as error:
            raise UniqueViolation(str(error)) from error

    async def _fetch(self, sql: str, args: Sequence[Any]) -> Any:
        if transaction := self.active_transaction:
            return await transaction.connection.fetch(sql, *args)
        if self.pool:
            return await self.pool.fetch(sql, *args)
        return await self._run_in_new_connection(sql, args)

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
