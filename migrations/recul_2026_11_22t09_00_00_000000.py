"""Organisations. Written by hand like the first one: partial indexes and foreign keys across
slices are not Piccolo's to make."""

from typing import Any

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.engine import Engine, engine_finder

ID = "2026-11-22T09:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "organisations, units, teams and who belongs to them"

CREATE = """
ALTER TABLE invitation ADD COLUMN display_name VARCHAR(80) NOT NULL DEFAULT '';
ALTER TABLE invitation ADD COLUMN leads_into VARCHAR(200) NOT NULL DEFAULT '';
CREATE TABLE organisation (
    id UUID PRIMARY KEY NOT NULL,
    name VARCHAR(120) NOT NULL
);
CREATE TABLE unit (
    id UUID PRIMARY KEY NOT NULL,
    organisation UUID NOT NULL REFERENCES organisation (id) ON DELETE CASCADE,
    name VARCHAR(120) NOT NULL,
    closed_on DATE
);
CREATE INDEX unit_organisation ON unit (organisation);
CREATE UNIQUE INDEX unit_one_name ON unit (organisation, name) WHERE closed_on IS NULL;
CREATE TABLE team (
    id UUID PRIMARY KEY NOT NULL,
    unit UUID NOT NULL REFERENCES unit (id) ON DELETE CASCADE,
    name VARCHAR(120) NOT NULL,
    closed_on DATE
);
CREATE INDEX team_unit ON team (unit);
CREATE UNIQUE INDEX team_one_name ON team (unit, name) WHERE closed_on IS NULL;
CREATE TABLE membership (
    id UUID PRIMARY KEY NOT NULL,
    account UUID NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    team UUID NOT NULL REFERENCES team (id) ON DELETE CASCADE,
    home BOOLEAN NOT NULL,
    started_on DATE NOT NULL,
    ended_on DATE,
    CHECK (ended_on IS NULL OR ended_on >= started_on)
);
CREATE INDEX membership_account ON membership (account);
CREATE INDEX membership_team ON membership (team);
CREATE UNIQUE INDEX membership_one_active ON membership (account, team) WHERE ended_on IS NULL;
CREATE UNIQUE INDEX membership_one_home ON membership (account) WHERE home AND ended_on IS NULL;
CREATE TABLE role (
    id UUID PRIMARY KEY NOT NULL,
    account UUID NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    organisation UUID NOT NULL REFERENCES organisation (id) ON DELETE CASCADE,
    kind VARCHAR(16) NOT NULL CHECK (kind IN ('organiser', 'facilitator')),
    started_on DATE NOT NULL,
    ended_on DATE
);
CREATE INDEX role_organisation ON role (organisation);
CREATE UNIQUE INDEX role_one_active ON role (account, organisation, kind) WHERE ended_on IS NULL;
CREATE TABLE line_manager (
    id UUID PRIMARY KEY NOT NULL,
    account UUID NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    team UUID NOT NULL REFERENCES team (id) ON DELETE CASCADE,
    started_on DATE NOT NULL,
    ended_on DATE
);
CREATE INDEX line_manager_team ON line_manager (team);
CREATE UNIQUE INDEX line_manager_one_active ON line_manager (account, team)
    WHERE ended_on IS NULL;
CREATE TABLE steward_ballot (
    id UUID PRIMARY KEY NOT NULL,
    team UUID NOT NULL REFERENCES team (id) ON DELETE CASCADE,
    voter UUID NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    candidate UUID NOT NULL REFERENCES account (id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX steward_ballot_one_each ON steward_ballot (team, voter);
CREATE INDEX steward_ballot_voter ON steward_ballot (voter);
CREATE INDEX steward_ballot_candidate ON steward_ballot (candidate);
CREATE TABLE trust_change (
    id UUID PRIMARY KEY NOT NULL,
    organisation UUID NOT NULL REFERENCES organisation (id) ON DELETE CASCADE,
    setting VARCHAR(32) NOT NULL,
    value INTEGER NOT NULL,
    changed_by UUID REFERENCES account (id) ON DELETE SET NULL,
    changed_on DATE NOT NULL
);
CREATE UNIQUE INDEX trust_change_one_each ON trust_change (organisation, setting, value);
CREATE INDEX trust_change_changed_by ON trust_change (changed_by);
CREATE TABLE place (
    id UUID PRIMARY KEY NOT NULL,
    organisation UUID NOT NULL REFERENCES organisation (id) ON DELETE CASCADE,
    team UUID REFERENCES team (id) ON DELETE CASCADE,
    kind VARCHAR(16) NOT NULL CHECK (kind IN ('member', 'manager', 'organiser', 'facilitator')),
    display_name VARCHAR(80) NOT NULL,
    email VARCHAR(254) NOT NULL,
    invitation UUID,
    valid_until TIMESTAMPTZ,
    asked_on DATE NOT NULL
);
CREATE INDEX place_organisation ON place (organisation);
CREATE INDEX place_team ON place (team);
CREATE UNIQUE INDEX place_invitation ON place (invitation) WHERE invitation IS NOT NULL;
CREATE TABLE people_import (
    sign_in UUID PRIMARY KEY NOT NULL REFERENCES sign_in (id) ON DELETE CASCADE,
    organisation UUID NOT NULL REFERENCES organisation (id) ON DELETE CASCADE,
    box BYTEA NOT NULL,
    forget_at TIMESTAMPTZ NOT NULL
)
"""

TABLES = (
    "people_import place trust_change steward_ballot line_manager role membership team unit"
    " organisation"
)


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
    for table in TABLES.split():
        await engine.run_ddl(f"DROP TABLE {table}")
    for column in ("leads_into", "display_name"):
        await engine.run_ddl(f"ALTER TABLE invitation DROP COLUMN {column}")


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="recul", description=DESCRIPTION)
    manager.add_raw(create)
    manager.add_raw_backwards(drop)
    return manager
