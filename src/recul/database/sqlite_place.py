"""Whether the file that is open is still the one at its address."""

import ctypes
import sqlite3
from pathlib import Path

from recul.database import trouble
from recul.database.errors import Unreachable


class Place:
    """Made beside a connection. A file that was moved away, or replaced by another one, is still
    open here: what would be written to it would be lost with it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._first = self._here()

    def check(self) -> None:
        """Raises Unreachable unless it is the same file. Moved back, it works again; when another
        one has taken its place, Recul must be started anew."""
        if self._here() != self._first:
            raise trouble.met(Unreachable("the database file was moved or replaced"))

    def leave(self, connection: sqlite3.Connection) -> None:
        """Close the connection. SQLite then deletes the write-ahead log by its name: when that is
        the name of another database's log, the connection is left to the end of the process."""
        if self._here() == self._first:
            connection.close()
        else:
            ctypes.pythonapi.Py_IncRef(ctypes.py_object(connection))

    def _here(self) -> tuple[int, int] | None:
        try:
            found = self._path.stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino
