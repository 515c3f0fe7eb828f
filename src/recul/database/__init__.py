"""The database behind Piccolo: SQLite by default, PostgreSQL by its address."""

from recul.database.binding import (
    Database,
    all_tables,
    bind,
    bound,
    close_database,
    empty_log,
    engine_for,
    is_bound,
    open_database,
)
from recul.database.errors import DatabaseTooNew, UniqueViolation, Unreachable
from recul.database.migrations import migrate, migrate_back, migration_state
from recul.database.recording import recorded_statements
from recul.database.replica import Replica, bind_replica, close_replica, fetch_settled
from recul.database.work import fetch, locked, scan, write_each, write_transaction

__all__ = [
    "Database",
    "DatabaseTooNew",
    "Replica",
    "UniqueViolation",
    "Unreachable",
    "all_tables",
    "bind",
    "bind_replica",
    "bound",
    "close_database",
    "close_replica",
    "empty_log",
    "engine_for",
    "fetch",
    "fetch_settled",
    "is_bound",
    "locked",
    "migrate",
    "migrate_back",
    "migration_state",
    "open_database",
    "recorded_statements",
    "scan",
    "write_each",
    "write_transaction",
]
