"""Whether somebody else is connected to a database: a server that runs, most likely."""

import asyncio
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from recul.database import Database
from recul.database.postgres import Postgres
from recul.database.sqlite import SQLite
from recul.keeping.refusals import Refused
from recul.keeping.snapshots import connected

PATIENCE_SECONDS = 2.0
"""PostgreSQL takes a moment to notice that somebody has gone."""
OTHERS = """
SELECT COUNT(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND usename = current_user
    AND backend_type = 'client backend'"""


async def refuse_others(engine: Database, what: str) -> None:
    """Raises Refused, so that nothing is changed behind a server's back."""
    if isinstance(engine, SQLite):
        busy = engine.file.exists() and not _alone_with(engine.file)
    else:
        busy = await _others(engine)
    if busy:
        raise Refused(f"Somebody is connected to {what}: stop `recul serve` and `recul worker`.")


async def _others(engine: Postgres) -> bool:
    deadline = time.monotonic() + PATIENCE_SECONDS
    async with connected(engine) as connection:
        while await connection.fetchval(OTHERS):
            if time.monotonic() > deadline:
                return True
            await asyncio.sleep(0.1)
    return False


def _alone_with(file: Path) -> bool:
    """Leaving the write-ahead log needs the file for oneself; the next who writes begins one."""
    with closing(sqlite3.connect(file, timeout=PATIENCE_SECONDS, isolation_level=None)) as found:
        try:
            [mode] = found.execute("PRAGMA journal_mode = DELETE").fetchone()
        except sqlite3.OperationalError:
            return False
    return bool(mode == "delete")
