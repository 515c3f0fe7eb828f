"""Digests and unwanted kinds of mail; the day on which figures of trends came out."""

from typing import Any

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.engine import Engine, engine_finder

ID = "2026-11-26T09:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "digests, unwanted mail and days of publication"

CREATE = """
ALTER TABLE outbox_mail ADD COLUMN joinable BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE outbox_mail ADD COLUMN joined UUID REFERENCES outbox_mail (id) ON DELETE CASCADE;
CREATE INDEX outbox_mail_joined ON outbox_mail (joined);
CREATE TABLE muted (
    account UUID NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    kind VARCHAR(40) NOT NULL,
    PRIMARY KEY (account, kind)
);
ALTER TABLE cycle ADD COLUMN out_on DATE
"""
DROP = """
ALTER TABLE cycle DROP COLUMN out_on;
DROP TABLE muted;
DROP INDEX outbox_mail_joined;
ALTER TABLE outbox_mail DROP COLUMN joined;
ALTER TABLE outbox_mail DROP COLUMN joinable
"""
# A cycle is four weeks and the first one began on 1 January 2024: figures that are out already
# are taken to have come out on the day after theirs, as they do where the server never sleeps.
FILL = {
    "sqlite": "UPDATE cycle SET out_on = date('2024-01-01', (number * 28) || ' days') WHERE closed",
    "postgres": "UPDATE cycle SET out_on = DATE '2024-01-01' + number * 28 WHERE closed",
}


def bound() -> Engine[Any]:
    engine = engine_finder()
    if engine is None:
        raise RuntimeError("No database is bound.")
    return engine


async def create() -> None:
    engine = bound()
    for statement in CREATE.split(";"):
        await engine.run_ddl(statement)
    await engine.run_ddl(FILL[engine.engine_type])


async def drop() -> None:
    for statement in DROP.split(";"):
        await bound().run_ddl(statement)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="recul", description=DESCRIPTION)
    manager.add_raw(create)
    manager.add_raw_backwards(drop)
    return manager
