"""The database this process works with: one engine, bound to every table."""

import sqlite3
from importlib import import_module
from pathlib import Path

import asyncpg
from piccolo.apps.migrations.tables import Migration
from piccolo.table import TABLE_REGISTRY, Table

from recul.database.errors import Unreachable
from recul.database.postgres import Postgres
from recul.database.sqlite import SQLite

Database = SQLite | Postgres

APP_NAME = "recul"
TABLE_MODULES = (
    "recul.accounts.tables",
    "recul.organisation.tables",
    "recul.journal.tables",
    "recul.notifications.tables",
    "recul.clockwork.tables",
    "recul.trends.tables",
    "recul.booking.tables",
)

_bound: Database | None = None


def all_tables() -> list[type[Table]]:
    """Every table of every slice, those referred to before those that refer to them."""
    for name in TABLE_MODULES:
        import_module(name)
    return [table for table in TABLE_REGISTRY if table.__module__ in TABLE_MODULES]


def engine_for(url: str) -> Database:
    """The engine for ``sqlite:///relative/path``, ``sqlite:////absolute/path`` or
    ``postgresql://user:password@host/name``. Connects to nothing. Raises ValueError."""
    if (path := url.removeprefix("sqlite:///")) and path != url:
        return SQLite(Path(path))
    if url.startswith(("postgresql://", "postgres://")):
        return Postgres(url)
    raise ValueError("A database address begins with sqlite:///path or postgresql://")


def bind(engine: Database) -> None:
    """Let every table work on `engine`."""
    global _bound  # noqa: PLW0603 - one process works with one database
    tables: list[type[Table]] = [*all_tables(), Migration]
    for table in tables:
        table._meta.db = engine
    _bound = engine


def is_bound() -> bool:
    return _bound is not None


def bound() -> Database:
    if _bound is None:
        raise RuntimeError("No database is bound: call recul.database.bind() first.")
    return _bound


async def open_database() -> None:
    """Open the bound database when the application starts. Raises Unreachable."""
    try:
        await bound().open()
    except (OSError, sqlite3.Error, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        raise Unreachable(str(error)) from error


async def close_database() -> None:
    await bound().close()


async def empty_log() -> None:
    """Leave nothing in the bound database's log of what was erased or locked."""
    await bound().empty_log()
