"""Mail that waits, working hours, and who does which job of the clockwork."""

from typing import Any

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.engine import Engine, engine_finder

ID = "2026-11-23T09:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "the outbox, working hours and the leases of jobs"

CREATE = """
CREATE TABLE outbox_mail (
    id UUID PRIMARY KEY NOT NULL,
    account UUID REFERENCES account (id) ON DELETE CASCADE,
    kind VARCHAR(40) NOT NULL,
    box BYTEA,
    time_zone VARCHAR(64) NOT NULL,
    urgent BOOLEAN NOT NULL,
    useful_until TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL,
    next_try_at TIMESTAMPTZ NOT NULL,
    first_try_at TIMESTAMPTZ,
    tries INTEGER NOT NULL,
    claim VARCHAR(32),
    claimed_until TIMESTAMPTZ,
    handing BOOLEAN NOT NULL,
    unsure INTEGER NOT NULL,
    sent_at TIMESTAMPTZ,
    failed BOOLEAN NOT NULL,
    erase_at TIMESTAMPTZ
);
CREATE INDEX outbox_mail_next_try_at ON outbox_mail (next_try_at);
CREATE INDEX outbox_mail_account ON outbox_mail (account);
CREATE TABLE hours (
    account UUID PRIMARY KEY NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    weekdays VARCHAR(7) NOT NULL,
    starts INTEGER NOT NULL,
    ends INTEGER NOT NULL
);
CREATE TABLE lease (
    name VARCHAR(40) PRIMARY KEY NOT NULL,
    holder VARCHAR(100),
    until TIMESTAMPTZ,
    due_at TIMESTAMPTZ NOT NULL,
    failures INTEGER NOT NULL,
    last_run_at TIMESTAMPTZ,
    last_ok BOOLEAN,
    note VARCHAR(80) NOT NULL
)
"""

TABLES = ("lease", "hours", "outbox_mail")


def bound() -> Engine[Any]:
    engine = engine_finder()
    if engine is None:
        raise RuntimeError("No database is bound.")
    return engine


async def create() -> None:
    engine = bound()
    sqlite = engine.engine_type == "sqlite"
    for statement in CREATE.split(";"):
        await engine.run_ddl(statement.replace("BYTEA", "BLOB") if sqlite else statement)


async def drop() -> None:
    engine = bound()
    for table in TABLES:
        await engine.run_ddl(f"DROP TABLE {table}")


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="recul", description=DESCRIPTION)
    manager.add_raw(create)
    manager.add_raw_backwards(drop)
    return manager
