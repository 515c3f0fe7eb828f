"""Reading and writing on the bound database."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from piccolo.query import Objects, Select
from piccolo.query.base import Query
from piccolo.querystring import QueryString

from recul.database.binding import bound
from recul.database.errors import Unavailable

T = TypeVar("T")
PATIENCE_SECONDS = 2.0
Rows = list[dict[str, Any]]
Lockable = TypeVar("Lockable", Select[Any], Objects[Any])


@asynccontextmanager
async def write_transaction() -> AsyncIterator[None]:
    """All or nothing. Inside another one it is a savepoint: what fails in it is undone, and
    the outer transaction stays usable."""
    engine = bound()
    outer = engine.active_transaction
    if outer is None:
        async with engine.transaction():
            yield
        return
    name = f"inner_{outer.get_savepoint_id()}"
    await outer.mark(f"SAVEPOINT {name}")
    try:
        yield
    except Unavailable:
        raise  # there is nothing to go back to: the outer transaction is lost too
    except BaseException:
        await outer.mark(f"ROLLBACK TO SAVEPOINT {name}")
        await outer.mark(f"RELEASE SAVEPOINT {name}")
        raise
    await outer.mark(f"RELEASE SAVEPOINT {name}")


@asynccontextmanager
async def if_possible() -> AsyncIterator[None]:
    """Around writes that a page can do without: it is shown where nothing can be written, and
    waits for nobody who writes for long. What was not written now is written another time."""
    with suppress(Unavailable, TimeoutError):
        async with asyncio.timeout(PATIENCE_SECONDS):
            yield


def locked(query: Lockable) -> Lockable:
    """Read rows that will be written in the same transaction: nobody else writes them until
    then. SQLite needs nothing for it, since its transactions come one after the other."""
    return query if bound().engine_type == "sqlite" else query.lock_rows()


async def fetch(query: QueryString) -> Rows:
    """Raw rows of a hand-written statement, for pages where building it would cost more than
    running it: ``fetch(QueryString("SELECT box FROM draft WHERE vault = {}", vault))``."""
    engine = bound()
    return await engine.run_sql(*query.compile_string(engine_type=engine.engine_type))


async def clock_apart() -> timedelta:
    """How far this machine's clock is ahead of that of the database's machine."""
    engine = bound()
    if engine.engine_type == "sqlite":
        return timedelta()
    began = datetime.now(UTC)
    [row] = await engine.run_sql("SELECT clock_timestamp() AS there")
    there: datetime = row["there"]
    return began + (datetime.now(UTC) - began) / 2 - there


async def write_each(*queries: QueryString) -> None:
    """Several writes of one transaction, in their order, whose rows nobody wants: on SQLite
    they go to its writer in one journey."""
    engine = bound()
    compiled = [query.compile_string(engine_type=engine.engine_type) for query in queries]
    await engine.write_each([(sql, args) for sql, args in compiled])


async def scan(query: QueryString | Query[Any, Any], work: Callable[[Rows], T]) -> T:
    """Do `work` on the rows of a large read in a worker thread, away from the event loop.

    `work` must not touch the database. Rows come raw: one dictionary each, by column name."""
    engine = bound()
    statement = query.querystrings[0] if isinstance(query, Query) else query
    sql, args = statement.compile_string(engine_type=engine.engine_type)
    return await engine.scan(sql, args, work)
