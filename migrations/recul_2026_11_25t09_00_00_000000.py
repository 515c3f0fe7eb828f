"""What a team does with its trends: voices on sharing them upwards, markers, commitments."""

from typing import Any

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.engine import Engine, engine_finder

ID = "2026-11-25T09:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "voices, markers and commitments of teams"

CREATE = """
CREATE TABLE upward_vote (
    id UUID PRIMARY KEY NOT NULL,
    team UUID NOT NULL REFERENCES team (id) ON DELETE CASCADE,
    cycle INTEGER NOT NULL,
    voter UUID NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    yes BOOLEAN NOT NULL
) {without_rowid};
CREATE UNIQUE INDEX upward_vote_one_each ON upward_vote (team, cycle, voter);
CREATE INDEX upward_vote_voter ON upward_vote (voter);
CREATE TABLE upward_decision (
    id UUID PRIMARY KEY NOT NULL,
    team UUID NOT NULL REFERENCES team (id) ON DELETE CASCADE,
    cycle INTEGER NOT NULL,
    agreed BOOLEAN NOT NULL
);
CREATE UNIQUE INDEX upward_decision_one_each ON upward_decision (team, cycle);
CREATE TABLE marker (
    id UUID PRIMARY KEY NOT NULL,
    team UUID NOT NULL REFERENCES team (id) ON DELETE CASCADE,
    month DATE NOT NULL,
    kind VARCHAR(24) NOT NULL,
    words VARCHAR(40) NOT NULL
);
CREATE INDEX marker_team ON marker (team, month);
CREATE TABLE commitment (
    id UUID PRIMARY KEY NOT NULL,
    team UUID NOT NULL REFERENCES team (id) ON DELETE CASCADE,
    said_in INTEGER NOT NULL,
    text VARCHAR(300) NOT NULL,
    owner_name VARCHAR(80) NOT NULL,
    due_on DATE,
    state VARCHAR(12) NOT NULL,
    outcome VARCHAR(300) NOT NULL
);
CREATE INDEX commitment_team ON commitment (team, said_in)
"""

TABLES = ("commitment", "marker", "upward_decision", "upward_vote")


def bound() -> Engine[Any]:
    engine = engine_finder()
    if engine is None:
        raise RuntimeError("No database is bound.")
    return engine


async def create() -> None:
    """On SQLite a rowid would keep the order of the voices."""
    sqlite = bound().engine_type == "sqlite"
    statements = CREATE.format(without_rowid="WITHOUT ROWID" if sqlite else "")
    for statement in statements.split(";"):
        await bound().run_ddl(statement)


async def drop() -> None:
    for table in TABLES:
        await bound().run_ddl(f"DROP TABLE {table}")


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="recul", description=DESCRIPTION)
    manager.add_raw(create)
    manager.add_raw_backwards(drop)
    return manager
