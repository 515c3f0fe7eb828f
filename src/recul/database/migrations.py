"""Bringing the bound database to the newest schema, and knowing where it stands."""

import os
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, redirect_stdout
from importlib.util import module_from_spec, spec_from_file_location
from io import StringIO
from pathlib import Path
from typing import Any

from piccolo.apps.migrations.tables import Migration

from recul import paths
from recul.database.binding import APP_NAME, bound
from recul.database.errors import DatabaseTooNew
from recul.database.postgres import Postgres
from recul.database.sqlite_writer import MIGRATION_SECONDS

_ID = re.compile(r'^ID = "(.+)"$', re.MULTILINE)
_ADVISORY_LOCK = 7_323_981  # any number, as long as nobody else in this database takes it


def known_migrations() -> list[str]:
    """The ids that this code knows, oldest first."""
    return sorted(_files())


async def migration_state() -> tuple[list[str], list[str]]:
    """(applied, known) migration ids, oldest first. Changes nothing.

    Raises DatabaseTooNew when the database knows migrations that this code does not."""
    known = known_migrations()
    applied = await _applied()
    if unknown := sorted(set(applied) - set(known)):
        raise DatabaseTooNew(
            f"The database was migrated to {unknown[-1]} by a newer version of Recul. "
            "Install that version, or restore a backup made before."
        )
    return applied, known


async def migrate(until: str | None = None) -> list[str]:
    """Apply what is missing, all or nothing, and return it. A second process that does the
    same waits, then finds nothing left to do. Raises DatabaseTooNew. With `until`, go no further
    than that migration: an older backup is restored into the schema it was made of."""
    applied, known = await migration_state()
    if applied == known:
        return []
    async with _alone():
        if not await Migration.table_exists():
            await Migration.create_table()
        applied, known = await migration_state()
        wanted = [each for each in known if until is None or each <= until]
        missing = [each for each in wanted if each not in applied]
        for each in missing:
            await _run(each, backwards=False)
            await Migration.insert(Migration(name=each, app_name=APP_NAME))
    return missing


async def migrate_back(count: int = 1) -> list[str]:
    """Undo the last `count` migrations, with the data in them, and return their ids."""
    async with _alone():
        undone = sorted(await _applied(), reverse=True)[:count]
        for each in undone:
            await _run(each, backwards=True)
            await Migration.delete().where(
                (Migration.name == each) & (Migration.app_name == APP_NAME)
            )
    return undone


@asynccontextmanager
async def _alone() -> AsyncIterator[None]:
    """One transaction that no other migrating process shares."""
    engine = bound()
    if isinstance(engine, Postgres):
        transaction = engine.transaction()
        transaction.seconds = MIGRATION_SECONDS
        async with transaction:
            await engine.run_sql("SELECT pg_advisory_xact_lock($1)", [_ADVISORY_LOCK])
            yield
        return
    # A table is rebuilt by dropping it, which would erase the rows that refer to it.
    async with engine.transaction(foreign_keys=False):
        yield
        if broken := await engine.run_sql("PRAGMA foreign_key_check"):
            raise RuntimeError(f"A migration left rows that refer to nothing: {broken[:3]}")


async def _applied() -> list[str]:
    if not await Migration.table_exists():
        return []
    return sorted(await Migration.get_migrations_which_ran(APP_NAME))


def _files() -> dict[str, Path]:
    """Migration files by id, read without importing: Piccolo's machinery is heavy."""
    files = paths.migrations().glob("[a-z]*.py")
    return {_ID.findall(path.read_text(encoding="utf-8"))[0]: path for path in files}


async def _run(migration_id: str, *, backwards: bool) -> None:
    os.environ["PICCOLO_CONF"] = "recul.piccolo_conf"  # Where Piccolo looks for the engine.
    manager = await _load(_files()[migration_id]).forwards()
    with redirect_stdout(StringIO()):  # Piccolo prints each step.
        await manager.run(backwards=backwards)


def _load(path: Path) -> Any:
    spec = spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} is not a migration.")
    module = module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    return module
