"""The first schema. Written by hand: Piccolo's own statements know no WITHOUT ROWID, no partial
index and, on SQLite, no table constraint."""

from typing import Any

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.engine import Engine, engine_finder

ID = "2026-11-21T09:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "accounts, vaults and the journal"

CREATE = """
CREATE TABLE account (
    id UUID PRIMARY KEY NOT NULL,
    email VARCHAR(254) UNIQUE NOT NULL,
    display_name VARCHAR(80) NOT NULL,
    administrator BOOLEAN NOT NULL,
    language VARCHAR(5),
    time_zone VARCHAR(64) NOT NULL,
    idle_minutes INTEGER NOT NULL,
    joined_on DATE NOT NULL,
    settled BOOLEAN NOT NULL
);
CREATE TABLE vault (
    id UUID PRIMARY KEY NOT NULL,
    owner UUID NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    public_key BYTEA NOT NULL,
    private_box BYTEA NOT NULL,
    closed BOOLEAN NOT NULL
);
CREATE INDEX vault_owner ON vault (owner);
CREATE UNIQUE INDEX vault_one_open ON vault (owner) WHERE NOT closed;
CREATE TABLE key_slot (
    id UUID PRIMARY KEY NOT NULL,
    vault UUID NOT NULL REFERENCES vault (id) ON DELETE CASCADE,
    kind VARCHAR(16) NOT NULL CHECK (kind IN ('password', 'recovery')),
    salt BYTEA NOT NULL,
    memory_kib INTEGER NOT NULL,
    passes INTEGER NOT NULL,
    box BYTEA NOT NULL
);
CREATE INDEX key_slot_vault ON key_slot (vault);
CREATE TABLE sign_in (
    id UUID PRIMARY KEY NOT NULL,
    account UUID NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    token_hash BYTEA UNIQUE NOT NULL,
    public_mark BYTEA NOT NULL,
    device VARCHAR(80) NOT NULL,
    created_on DATE NOT NULL,
    seen_on DATE NOT NULL,
    key_box BYTEA,
    open_until TIMESTAMPTZ
);
CREATE INDEX sign_in_account ON sign_in (account);
CREATE TABLE invitation (
    id UUID PRIMARY KEY NOT NULL,
    token_hash BYTEA UNIQUE NOT NULL,
    purpose VARCHAR(16) NOT NULL CHECK (purpose IN ('welcome', 'reset', 'first')),
    email VARCHAR(254) NOT NULL,
    account UUID REFERENCES account (id) ON DELETE CASCADE,
    administrator BOOLEAN NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX invitation_account ON invitation (account);
CREATE TABLE throttle (
    key_hash BYTEA PRIMARY KEY NOT NULL,
    failures INTEGER NOT NULL,
    forget_at TIMESTAMPTZ NOT NULL
);
CREATE TABLE installation (
    id INTEGER PRIMARY KEY NOT NULL CHECK (id = 1),
    demo BOOLEAN NOT NULL
);
CREATE TABLE entry (
    id UUID PRIMARY KEY NOT NULL,
    owner UUID NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    vault UUID NOT NULL REFERENCES vault (id) ON DELETE CASCADE,
    month BYTEA,
    box BYTEA NOT NULL
) {without_rowid};
CREATE INDEX entry_vault_month ON entry (vault, month);
CREATE INDEX entry_owner ON entry (owner);
CREATE TABLE journal_keep (
    vault UUID PRIMARY KEY NOT NULL REFERENCES vault (id) ON DELETE CASCADE,
    version INTEGER NOT NULL,
    box BYTEA NOT NULL
);
CREATE TABLE draft (
    vault UUID PRIMARY KEY NOT NULL REFERENCES vault (id) ON DELETE CASCADE,
    box BYTEA NOT NULL
);
CREATE TABLE import_preview (
    vault UUID PRIMARY KEY NOT NULL REFERENCES vault (id) ON DELETE CASCADE,
    box BYTEA NOT NULL
)
"""

TABLES = (
    "import_preview draft journal_keep entry installation throttle invitation sign_in key_slot"
    " vault account"
)


def bound() -> Engine[Any]:
    engine = engine_finder()
    if engine is None:
        raise RuntimeError("No database is bound.")
    return engine


async def create() -> None:
    engine = bound()
    sqlite = engine.engine_type == "sqlite"
    script = CREATE.format(without_rowid="WITHOUT ROWID" if sqlite else "")
    for statement in script.split(";"):
        await engine.run_ddl(statement.replace("BYTEA", "BLOB") if sqlite else statement)


async def drop() -> None:
    engine = bound()
    for table in TABLES.split():
        await engine.run_ddl(f"DROP TABLE {table}")


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="recul", description=DESCRIPTION)
    manager.add_raw(create)
    manager.add_raw_backwards(drop)
    return manager
