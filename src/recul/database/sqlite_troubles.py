"""SQLite's errors in the words of both engines."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from recul.database import trouble
from recul.database.errors import Busy, Full, Unavailable, Uncertain, Unreachable, Unwritable

_PRIMARY = 0xFF
# The log may hold the whole commit, though nobody could be sure that it is on the disk.
_UNSURE = {sqlite3.SQLITE_IOERR_FSYNC, sqlite3.SQLITE_IOERR_DIR_FSYNC}
_WRITING: dict[int, type[Unavailable]] = {
    sqlite3.SQLITE_FULL: Full,
    sqlite3.SQLITE_READONLY: Unwritable,
    sqlite3.SQLITE_IOERR: Unwritable,
    sqlite3.SQLITE_BUSY: Busy,
    sqlite3.SQLITE_PROTOCOL: Busy,
    sqlite3.SQLITE_CANTOPEN: Unreachable,
}
# A reader may be refused as read-only: that would be our mistake, not the disk's.
_READING: dict[int, type[Unavailable]] = {
    sqlite3.SQLITE_FULL: Full,
    sqlite3.SQLITE_IOERR: Unreachable,
    sqlite3.SQLITE_BUSY: Busy,
    sqlite3.SQLITE_PROTOCOL: Busy,
    sqlite3.SQLITE_CANTOPEN: Unreachable,
}


@contextmanager
def writing() -> Iterator[None]:
    """Around work of the writing connection, opening it too. Raises Unavailable."""
    try:
        yield
    except sqlite3.Error as error:
        _raise(error, _WRITING)


@contextmanager
def reading() -> Iterator[None]:
    """Around work of a reading connection. Raises Unavailable."""
    try:
        yield
    except sqlite3.Error as error:
        _raise(error, _READING)


def _raise(error: sqlite3.Error, kinds: dict[int, type[Unavailable]]) -> None:
    code = getattr(error, "sqlite_errorcode", 0)
    kind = Uncertain if code in _UNSURE else kinds.get(code & _PRIMARY)
    if kind is None:
        raise error
    raise trouble.met(kind(str(error))) from error
