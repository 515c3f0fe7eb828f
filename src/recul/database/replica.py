"""A read replica of the database, and the one door through which something is read from it.

A replica lags. Whoever saved something must see it on the next page, and whoever lost a right must
have lost it: so sign-ins, reach and everything that a person writes are read where they were
written. Only **settled** rows come from the replica: rows that are written once, all together,
and never changed. A mark says how far they go; it is read on both sides, and where the replica has
not got there yet, or does not answer, the database itself is asked. So a page never tells which of
the two it was made from.

Piccolo's `extra_nodes` would choose by query, without asking how far a replica is.
"""

import logging
import time

import asyncpg
from piccolo.querystring import QueryString

from recul.database.postgres import CACHED_STATEMENTS
from recul.database.work import Rows, fetch

POOL_SIZE = 10
PATIENCE_SECONDS = 2.0
LEFT_ALONE_SECONDS = 30.0
"""After a replica did not answer."""

log = logging.getLogger("recul")


class Replica:
    """Connects when it is first asked: a replica that is away stops no server."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._pool: asyncpg.Pool | None = None
        self._away_until = 0.0

    async def fetch(self, query: QueryString) -> Rows | None:
        """None when it does not answer."""
        if time.monotonic() < self._away_until:
            return None
        sql, args = query.compile_string(engine_type="postgres")
        try:
            return [dict(row) for row in await (await self._opened()).fetch(sql, *args)]
        except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            self._away_until = time.monotonic() + LEFT_ALONE_SECONDS
            log.warning("replica: %s", type(error).__name__)
            return None

    async def _opened(self) -> asyncpg.Pool:
        if self._pool is None:
            self._pool = await asyncpg.create_pool(
                self._url,
                min_size=0,
                max_size=POOL_SIZE,
                timeout=PATIENCE_SECONDS,
                command_timeout=PATIENCE_SECONDS,
                statement_cache_size=CACHED_STATEMENTS,
            )
        return self._pool

    async def close(self) -> None:
        pool, self._pool = self._pool, None
        if pool is not None:
            pool.terminate()


_bound: Replica | None = None


def bind_replica(url: str) -> None:
    """Let settled rows be read there; nowhere else when there is no `url`."""
    global _bound  # noqa: PLW0603 - one process works with one replica
    _bound = Replica(url) if url else None


async def close_replica() -> None:
    if _bound is not None:
        await _bound.close()


async def fetch_settled(query: QueryString, mark: QueryString) -> Rows:
    """Rows that are written once. `mark` gives one row with one value, which changes in the
    transaction that writes more of them and never otherwise."""
    if _bound is not None and (rows := await _from(_bound, query, mark)) is not None:
        return rows
    return await fetch(query)


async def _from(replica: Replica, query: QueryString, mark: QueryString) -> Rows | None:
    """In this order: rows of the replica are at least as new as its mark."""
    theirs = await replica.fetch(mark)
    if theirs is None or theirs != await fetch(mark):
        return None
    return await replica.fetch(query)
