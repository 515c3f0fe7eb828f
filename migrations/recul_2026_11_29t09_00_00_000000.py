"""Rights of people. Written by hand like the others: SQLite changes no column, PostgreSQL does."""

from typing import Any

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.engine import Engine, engine_finder

ID = "2026-11-29T09:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "accounts that are to be erased, and rows of others that outlive an account"

CREATE = """
CREATE TABLE erasure_request (
    account UUID PRIMARY KEY NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    asked_at TIMESTAMPTZ NOT NULL,
    erase_at TIMESTAMPTZ NOT NULL,
    nights INTEGER NOT NULL,
    counted_on DATE NOT NULL,
    begun BOOLEAN NOT NULL
);
ALTER TABLE attendance ADD COLUMN name VARCHAR(80)
"""

# What belongs to two people, or to one and an employer: it stays when one account goes.
SHARED = (
    ("attendance", "account"),
    ("supervision", "account"),
    ("appointment", "account"),
    ("appointment", "facilitator"),
    ("supervision_offer", "facilitator"),
    ("service_agreement", "facilitator"),
)
# With foreign keys off, as SQLite migrates, nothing goes by itself.
ORPHANS = """
DELETE FROM supervision WHERE offer NOT IN (SELECT id FROM supervision_offer);
DELETE FROM appointment WHERE supervision NOT IN (SELECT id FROM supervision);
DELETE FROM availability WHERE offer NOT IN (SELECT id FROM supervision_offer);
DELETE FROM availability_exception WHERE offer NOT IN (SELECT id FROM supervision_offer);
UPDATE meeting_group SET service_agreement = NULL
    WHERE service_agreement NOT IN (SELECT id FROM service_agreement);
UPDATE supervision_offer SET service_agreement = NULL
    WHERE service_agreement NOT IN (SELECT id FROM service_agreement)
"""
OWNED = "{column} UUID NOT NULL REFERENCES account (id) ON DELETE CASCADE"
KEPT = "{column} UUID REFERENCES account (id) ON DELETE SET NULL"


def bound() -> Engine[Any]:
    engine = engine_finder()
    if engine is None:
        raise RuntimeError("No database is bound.")
    return engine


def is_sqlite() -> bool:
    return bound().engine_type == "sqlite"


async def run(sql: str) -> list[dict[str, Any]]:
    return await bound().run_ddl(sql)


async def rebuild(table: str, before: str, after: str) -> None:
    """SQLite cannot change a column: the table is made anew, with its indexes."""
    said = f"FROM sqlite_master WHERE tbl_name = '{table}' AND sql IS NOT NULL"
    [row] = await run(f"SELECT sql {said} AND type = 'table'")
    indexes = [found["sql"] for found in await run(f"SELECT sql {said} AND type = 'index'")]
    sql = row["sql"]
    for name, column in SHARED:
        if name == table:
            sql = sql.replace(before.format(column=column), after.format(column=column))
    new = sql.replace("CREATE TABLE ", "CREATE TABLE new_", 1).replace(
        f'new_"{table}"', f"new_{table}"
    )
    await run(new)
    await run(f"INSERT INTO new_{table} SELECT * FROM {table}")  # noqa: S608 - names of ours
    await run(f"DROP TABLE {table}")
    await run(f"ALTER TABLE new_{table} RENAME TO {table}")
    for index in indexes:
        await run(index)


async def change(table: str, column: str, null: str, deleted: str) -> None:
    """PostgreSQL can."""
    name = f"{table}_{column}_fkey"
    await run(f"ALTER TABLE {table} ALTER COLUMN {column} {null} NOT NULL")
    await run(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    await run(
        f"ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY ({column})"
        f" REFERENCES account (id) ON DELETE {deleted}"
    )


async def up() -> None:
    for statement in CREATE.split(";"):
        await run(statement)
    if is_sqlite():
        for table in dict.fromkeys(table for table, _ in SHARED):
            await rebuild(table, OWNED, KEPT)
        return
    for table, column in SHARED:
        await change(table, column, "DROP", "SET NULL")


async def down() -> None:
    """What has no owner any more cannot stay."""
    for table, column in SHARED:
        await run(f"DELETE FROM {table} WHERE {column} IS NULL")  # noqa: S608 - names of ours
    for statement in ORPHANS.split(";"):
        await run(statement)
    if is_sqlite():
        for table in dict.fromkeys(table for table, _ in SHARED):
            await rebuild(table, KEPT, OWNED)
    else:
        for table, column in SHARED:
            await change(table, column, "SET", "CASCADE")
    await run("ALTER TABLE attendance DROP COLUMN name")
    await run("DROP TABLE erasure_request")


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="recul", description=DESCRIPTION)
    manager.add_raw(up)
    manager.add_raw_backwards(down)
    return manager
