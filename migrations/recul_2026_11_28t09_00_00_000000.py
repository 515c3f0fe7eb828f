"""A second step at sign-in, passkeys, fresh proofs, and what each person reads of her accesses.

A key slot may be a passkey's: SQLite changes no CHECK, so that the table is made anew there."""

from typing import Any

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.engine import Engine, engine_finder

ID = "2026-11-28T09:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "second steps, passkeys, fresh proofs and accesses"

CREATE = """
CREATE TABLE second_factor (
    account UUID PRIMARY KEY NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    box BYTEA NOT NULL,
    last_step INTEGER NOT NULL
);
CREATE INDEX second_factor_last_step ON second_factor (last_step) WHERE last_step > 0;
CREATE TABLE passkey (
    id UUID PRIMARY KEY NOT NULL,
    account UUID NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    credential_id BYTEA UNIQUE NOT NULL,
    public_key BYTEA NOT NULL,
    sign_count BIGINT NOT NULL,
    transports VARCHAR(200) NOT NULL,
    name_box BYTEA NOT NULL,
    computes BOOLEAN NOT NULL,
    created_on DATE NOT NULL
);
CREATE INDEX passkey_account ON passkey (account);
CREATE TABLE access_event (
    id UUID PRIMARY KEY NOT NULL,
    account UUID NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    box BYTEA NOT NULL,
    forget_on DATE NOT NULL
) {without_rowid};
CREATE INDEX access_event_account ON access_event (account, forget_on);
CREATE INDEX access_event_forget_on ON access_event (forget_on);
ALTER TABLE sign_in ADD COLUMN second_due BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE sign_in ADD COLUMN proved_until TIMESTAMPTZ;
ALTER TABLE invitation ADD COLUMN mailed BOOLEAN NOT NULL DEFAULT FALSE
"""
DROP = """
ALTER TABLE invitation DROP COLUMN mailed;
DELETE FROM sign_in WHERE second_due;
ALTER TABLE sign_in DROP COLUMN proved_until;
ALTER TABLE sign_in DROP COLUMN second_due;
DROP TABLE access_event;
DROP TABLE passkey;
DROP TABLE second_factor
"""

WIDEN = """
ALTER TABLE key_slot DROP CONSTRAINT key_slot_kind_check;
ALTER TABLE key_slot ADD CONSTRAINT key_slot_kind_check
    CHECK (kind IN ('password', 'recovery', 'passkey'));
ALTER TABLE key_slot ADD COLUMN passkey UUID REFERENCES passkey (id) ON DELETE CASCADE
"""
NARROW = """
ALTER TABLE key_slot DROP COLUMN passkey;
ALTER TABLE key_slot DROP CONSTRAINT key_slot_kind_check;
ALTER TABLE key_slot ADD CONSTRAINT key_slot_kind_check CHECK (kind IN ('password', 'recovery'))
"""

# What a rebuilt table keeps of the one before.
ANEW = """
CREATE TABLE key_slot_anew (
    id UUID PRIMARY KEY NOT NULL,
    vault UUID NOT NULL REFERENCES vault (id) ON DELETE CASCADE,
    kind VARCHAR(16) NOT NULL CHECK (kind IN ({kinds})),
    salt BLOB NOT NULL,
    memory_kib INTEGER NOT NULL,
    passes INTEGER NOT NULL,
    box BLOB NOT NULL{more}
);
INSERT INTO key_slot_anew (id, vault, kind, salt, memory_kib, passes, box)
    SELECT id, vault, kind, salt, memory_kib, passes, box FROM key_slot;
DROP TABLE key_slot;
ALTER TABLE key_slot_anew RENAME TO key_slot;
CREATE INDEX key_slot_vault ON key_slot (vault)
"""
WIDE = ANEW.format(
    kinds="'password', 'recovery', 'passkey'",
    more=",\n    passkey UUID REFERENCES passkey (id) ON DELETE CASCADE",
)
NARROW_ANEW = ANEW.format(kinds="'password', 'recovery'", more="")

INDEX = "CREATE INDEX key_slot_passkey_id ON key_slot (passkey)"
NO_INDEX = "DELETE FROM key_slot WHERE kind = 'passkey'; DROP INDEX key_slot_passkey_id"


def bound() -> Engine[Any]:
    engine = engine_finder()
    if engine is None:
        raise RuntimeError("No database is bound.")
    return engine


async def run(script: str) -> None:
    for statement in script.split(";"):
        await bound().run_ddl(statement)


async def create() -> None:
    """On SQLite a rowid would keep the order of the accesses."""
    sqlite = bound().engine_type == "sqlite"
    script = CREATE.format(without_rowid="WITHOUT ROWID" if sqlite else "")
    await run(script.replace("BYTEA", "BLOB").replace("BIGINT", "INTEGER") if sqlite else script)
    await run(WIDE if sqlite else WIDEN)
    await run(INDEX)


async def drop() -> None:
    await run(NO_INDEX)
    await run(NARROW_ANEW if bound().engine_type == "sqlite" else NARROW)
    await run(DROP)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="recul", description=DESCRIPTION)
    manager.add_raw(create)
    manager.add_raw_backwards(drop)
    return manager
