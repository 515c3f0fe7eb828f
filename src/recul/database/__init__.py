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
from recul.database.errors import (
    Busy,
    DatabaseTooNew,
    Full,
    Unavailable,
    Uncertain,
    UniqueViolation,
    Unreachable,
    Unwritable,
)
from recul.database.migrations import known_migrations, migrate, migrate_back, migration_state
from recul.database.recording import recorded_statements
from recul.database.replica import Replica, bind_replica, close_replica, fetch_settled
from recul.database.work import (
    clock_apart,
    fetch,
    if_possible,
    locked,
    scan,
    write_each,
    write_transaction,
)

__all__ = [
    "Busy",
    "Database",
    "DatabaseTooNew",
    "Full",
    "Replica",
    "Unavailable",
    "Uncertain",
    "UniqueViolation",
    "Unreachable",
    "Unwritable",
    "all_tables",
    "bind",
    "bind_replica",
    "bound",
    "clock_apart",
    "close_database",
    "close_replica",
    "empty_log",
    "engine_for",
    "fetch",
    "fetch_settled",
    "if_possible",
    "is_bound",
    "known_migrations",
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
