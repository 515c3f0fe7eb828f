"""A backup of a hundred times as much takes no more memory."""

import os
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest
from tests.keeping.sealed import WORDS, environment
from tests.keeping.test_restoring import inhabited

from recul.database import engine_for

pytestmark = pytest.mark.slow
MIB = 1024


async def filled(folder: Path, entries: int) -> None:
    [ana] = await inhabited(engine_for(f"sqlite:///{folder}/recul.sqlite"))
    with closing(sqlite3.connect(folder / "recul.sqlite")) as connection, connection:
        vault = str(uuid4())
        connection.execute("INSERT INTO vault VALUES (?, ?, x'00', x'00', 0)", [vault, str(ana)])
        rows = ((str(uuid4()), str(ana), vault, os.urandom(600)) for _ in range(entries))
        connection.executemany("INSERT INTO entry VALUES (?, ?, ?, NULL, ?)", rows)


def peak(environ: dict[str, str], *words: object) -> int:
    """KiB of memory that a command took at most."""
    command = [sys.executable, "-m", "recul.cli", *map(str, words)]
    _, status, usage = os.wait4(os.spawnvpe(os.P_NOWAIT, sys.executable, command, environ), 0)
    assert status == 0
    return usage.ru_maxrss


async def test_memory_does_not_grow(tmp_path: Path):
    (tmp_path / "pass").write_text(WORDS)
    with_pass = ("--passphrase-file", tmp_path / "pass")
    found = {}
    for entries in (300, 30_000):
        here, there = tmp_path / f"{entries}", tmp_path / f"{entries}-there"
        await filled(here, entries)
        backup = tmp_path / f"{entries}.backup"
        found[entries] = (
            peak(environment(here), "backup", backup, *with_pass),
            peak(environment(there), "restore", backup, *with_pass),
        )
    assert (tmp_path / "30000.backup").stat().st_size > 18 * MIB * MIB
    for small, large in zip(*found.values(), strict=True):
        assert large - small < 8 * MIB
