"""The SQLite file: how it is opened, kept and left."""

import sqlite3
import stat
import threading
from pathlib import Path

import pytest

from recul.database import (
    engine_for,
)
from recul.database.sqlite import SQLite

PROMISES = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "busy_timeout": 10_000,
    "secure_delete": 1,
    "temp_store": 2,
}


async def test_sqlite_keeps_its_promises(tmp_path: Path) -> None:
    engine = engine_for(f"sqlite:///{tmp_path}/new/recul.sqlite")
    assert isinstance(engine, SQLite)
    await engine.open()
    found = [
        next(iter((await engine.writer.write(f"PRAGMA {name}"))[0].values())) for name in PROMISES
    ]
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "new").iterdir()]
    folder = stat.S_IMODE((tmp_path / "new").stat().st_mode)
    await engine.close()
    assert found == list(PROMISES.values())
    assert (modes, folder) == ([0o600] * 3, 0o700)


async def test_sqlite_erases_what_is_deleted(tmp_path: Path) -> None:
    engine = engine_for(f"sqlite:///{tmp_path}/recul.sqlite")
    assert isinstance(engine, SQLite)
    await engine.run_ddl("CREATE TABLE note (text TEXT)")
    await engine.run_sql("INSERT INTO note VALUES (?), (?)", ["effacez-moi", "gardez-moi"])
    await engine.run_sql("DELETE FROM note WHERE text = ?", ["effacez-moi"])
    await engine.close()
    content = (tmp_path / "recul.sqlite").read_bytes()
    assert (b"gardez-moi" in content, b"effacez-moi" in content) == (True, False)


async def test_sqlite_opens_again_after_it_was_closed(tmp_path: Path) -> None:
    threads = set(threading.enumerate())
    engine = engine_for(f"sqlite:///{tmp_path}/recul.sqlite")
    assert isinstance(engine, SQLite)
    await engine.run_ddl("CREATE TABLE note (text TEXT)")
    await engine.close()
    await engine.close()
    assert await engine.run_sql("WITH n AS (SELECT 1 AS one) SELECT one FROM n") == [{"one": 1}]
    await engine.run_sql("WITH n AS (SELECT 'a' AS t) INSERT INTO note SELECT t FROM n")
    assert await engine.run_sql("SELECT text FROM note") == [{"text": "a"}]
    await engine.close()
    assert set(threading.enumerate()) <= threads


async def test_sqlite_says_what_it_cannot_open(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a database, and long enough to be taken for one" * 9)
    for path, error in (("file/recul.sqlite", OSError), ("file", sqlite3.DatabaseError)):
        with pytest.raises(error):
            await engine_for(f"sqlite:///{tmp_path}/{path}").open()
