"""Team trends. By hand as the first one: composite keys, and no rowid on SQLite, which would
keep the order of writing."""

from typing import Any

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.engine import Engine, engine_finder

ID = "2026-11-24T09:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "team trends"

CREATE = """
CREATE TABLE cell (
    id UUID PRIMARY KEY NOT NULL,
    team UUID,
    unit UUID NOT NULL
);
CREATE UNIQUE INDEX cell_of_team ON cell (team) WHERE team IS NOT NULL;
CREATE UNIQUE INDEX cell_pool_of_unit ON cell (unit) WHERE team IS NULL;
CREATE INDEX cell_unit ON cell (unit);
CREATE TABLE cycle (
    number INTEGER PRIMARY KEY NOT NULL,
    closed BOOLEAN NOT NULL
);
CREATE UNIQUE INDEX cycle_one_open ON cycle (closed) WHERE NOT closed;
CREATE TABLE roster (
    account UUID NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    cycle INTEGER NOT NULL REFERENCES cycle (number) ON DELETE CASCADE,
    cell UUID NOT NULL REFERENCES cell (id) ON DELETE CASCADE,
    PRIMARY KEY (account, cycle)
) {without_rowid};
CREATE INDEX roster_cell ON roster (cell, cycle);
CREATE TABLE sealed_cell (
    cell UUID NOT NULL REFERENCES cell (id) ON DELETE CASCADE,
    cycle INTEGER NOT NULL REFERENCES cycle (number) ON DELETE CASCADE,
    key_version INTEGER NOT NULL,
    box BYTEA NOT NULL,
    PRIMARY KEY (cell, cycle)
) {without_rowid};
CREATE TABLE receipt (
    vault UUID PRIMARY KEY NOT NULL REFERENCES vault (id) ON DELETE CASCADE,
    box BYTEA NOT NULL
) {without_rowid};
CREATE TABLE publication (
    cell UUID NOT NULL REFERENCES cell (id) ON DELETE CASCADE,
    cycle INTEGER NOT NULL REFERENCES cycle (number) ON DELETE CASCADE,
    published BOOLEAN NOT NULL,
    PRIMARY KEY (cell, cycle)
) {without_rowid};
CREATE TABLE publication_figure (
    cell UUID NOT NULL,
    cycle INTEGER NOT NULL,
    dimension VARCHAR(16) NOT NULL,
    figure INTEGER NOT NULL CHECK (figure BETWEEN 0 AND 100),
    noisy_s INTEGER NOT NULL,
    noisy_n INTEGER NOT NULL,
    centre INTEGER NOT NULL,
    PRIMARY KEY (cell, cycle, dimension),
    FOREIGN KEY (cell, cycle) REFERENCES publication (cell, cycle) ON DELETE CASCADE
) {without_rowid};
CREATE TABLE upper_figure (
    place UUID NOT NULL,
    cycle INTEGER NOT NULL REFERENCES cycle (number) ON DELETE CASCADE,
    dimension VARCHAR(16) NOT NULL,
    figure INTEGER NOT NULL CHECK (figure BETWEEN 0 AND 100),
    people INTEGER NOT NULL,
    cells INTEGER NOT NULL,
    PRIMARY KEY (place, cycle, dimension)
) {without_rowid}
"""

TABLES = "upper_figure publication_figure publication receipt sealed_cell roster cycle cell"


def bound() -> Engine[Any]:
    engine = engine_finder()
    if engine is None:
        raise RuntimeError("No database is bound.")
    return engine


async def create() -> None:
    engine = bound()
    sqlite = engine.engine_type == "sqlite"
    script = CREATE.format(without_rowid="WITHOUT ROWID" if sqlite else "")
    for statement in script.strip().split(";"):
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
