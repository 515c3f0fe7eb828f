"""Opening a SQLite file the way Recul wants it, and running one statement on it."""

import os
import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from recul.database.errors import UniqueViolation
from recul.database.sqlite_troubles import writing

Row = dict[str, Any]

BUSY_SECONDS = 10.0
# A reader works in the event loop: in the write-ahead log it waits for nobody but a recovery.
READER_BUSY_SECONDS = 0.5
CACHED_STATEMENTS = 512
# A filed entry of 600 characters fits in one page of the tree of a WITHOUT ROWID table.
PAGE_BYTES = 8192
PRAGMAS = (
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA temp_store = MEMORY",
)
_UNIQUE = {
    sqlite3.SQLITE_CONSTRAINT_UNIQUE,
    sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY,
    sqlite3.SQLITE_CONSTRAINT_ROWID,
}


def create(path: Path) -> None:
    """Make the file readable by its owner alone; SQLite gives its WAL the same rights."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))


def connect(path: Path, *, write: bool) -> sqlite3.Connection:
    connection = sqlite3.connect(
        path,
        timeout=BUSY_SECONDS if write else READER_BUSY_SECONDS,
        detect_types=sqlite3.PARSE_DECLTYPES | sqlite3.PARSE_COLNAMES,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=CACHED_STATEMENTS,
    )
    for pragma in PRAGMAS:
        connection.execute(pragma)
    if write:
        connection.execute(f"PRAGMA page_size = {PAGE_BYTES}")
        _use_write_ahead_log(connection)
    else:
        connection.execute("PRAGMA query_only = ON")
    return connection


def _use_write_ahead_log(connection: sqlite3.Connection) -> None:
    """SQLite does not wait its turn for this one pragma: another process may be at it."""
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            mode = connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
        except sqlite3.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)
        else:
            break
    if mode != "wal":
        raise sqlite3.OperationalError("the file system cannot hold SQLite's write-ahead log")


def empty_log(path: Path) -> bool:
    """False when somebody was reading or writing: it waits for nobody."""
    with writing(), closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as connection:
        [busy, *_] = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy


def run(connection: sqlite3.Connection, sql: str, args: Sequence[Any] = ()) -> list[Row]:
    """Every row of one statement. Raises UniqueViolation."""
    try:
        cursor = connection.execute(sql, args)
        rows = cursor.fetchall()
    except sqlite3.IntegrityError as error:
        if error.sqlite_errorcode in _UNIQUE:
            raise UniqueViolation(str(error)) from error
        raise
    if not rows:
        return []
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in rows]
