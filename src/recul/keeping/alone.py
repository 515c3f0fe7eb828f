"""Whether somebody else is connected to a database: a server that runs, most likely."""

import sqlite3
from contextlib import closing
from pathlib import Path

from recul.database import Database
from recul.database.sqlite import SQLite
from recul.keeping.refusals import Refused
from recul.keeping.snapshots import connected

PATIENCE_SECONDS = 2.0
OTHERS = """
SELECT COUNT(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
"""


async def refuse_others(engine: Database, what: str) -> None:
    """Raises Refused, so that nothing is changed behind a server's back."""
    if isinstance(engine, SQLite):
        busy = engine.file.exists() and not _alone_with(engine.file)
    else:
        async with connected(engine) as connection:
            busy = bool(await connection.fetchval(OTHERS))
    if busy:
        raise Refused(f"Somebody is connected to {what}: stop `recul serve` and `recul worker`.")


def _alone_with(file: Path) -> bool:
    """Leaving the write-ahead log needs the file for oneself; the next who writes begins one."""
    with closing(sqlite3.connect(file, timeout=PATIENCE_SECONDS, isolation_level=None)) as found:
        try:
            [mode] = found.execute("PRAGMA journal_mode = DELETE").fetchone()
        except sqlite3.OperationalError:
            return False
    return bool(mode == "delete")
