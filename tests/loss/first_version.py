"""A database as the first version of Recul left it: its one migration, and rows that its own code
wrote (`first_version.json`): two people, their vaults, moments filed and deposited, a draft, codes,
a vault closed by a reset, an invitation."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from piccolo.querystring import QueryString

from recul import database, paths
from recul.database import fetch, write_transaction
from recul.database.migrations import _files

WRITTEN = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))
TOLD: dict[str, str] = WRITTEN["told"]
AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
"""When its people come back."""
READ: dict[str, Any] = {
    "bytes": bytes.fromhex,
    "uuid": UUID,
    "time": datetime.fromisoformat,
    "date": date.fromisoformat,
}


def _value(stored: Any) -> Any:
    if not isinstance(stored, dict):
        return stored
    [(kind, text)] = stored.items()
    return READ[kind](text)


def rows() -> dict[str, list[dict[str, Any]]]:
    return {
        table: [{name: _value(value) for name, value in row.items()} for row in found]
        for table, found in WRITTEN["rows"].items()
    }


async def fill() -> None:
    """Write these rows into the bound database, whose schema is the first one."""
    async with write_transaction():
        for table, found in rows().items():
            for row in found:
                places = ", ".join("{}" for _ in row)
                sql = f"INSERT INTO {table} ({', '.join(row)}) VALUES ({places})"
                await fetch(QueryString(sql, *row.values()))


@contextmanager
def knowing(count: int, folder: Path) -> Iterator[None]:
    """As the version did that knew only the first `count` migrations."""
    there = folder / f"first-{count}"
    if not there.exists():
        there.mkdir()
        for _, path in sorted(_files().items())[:count]:
            shutil.copy(path, there)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paths, "migrations", lambda: there)
        yield


async def left_behind(url: str, folder: Path) -> None:
    """Make such a database at `url`, and leave it."""
    database.bind(database.engine_for(url))
    await database.open_database()
    with knowing(1, folder):
        assert len(await database.migrate()) == 1
    await fill()
    await database.close_database()
