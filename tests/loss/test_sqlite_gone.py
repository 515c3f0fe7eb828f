"""The file of SQLite is moved, replaced, or held by somebody else while the server runs."""

import asyncio
import os
import re
import sqlite3
from collections.abc import AsyncIterator, Iterator
from html import unescape
from pathlib import Path

import pytest
from tests.loss.servers import Served
from tests.loss.windows import PRIVATE, assert_kept, first, note, noted, send_again
from tests.notifications.servers import until
from tests.processes import RemoteVisitor

pytestmark = pytest.mark.slow


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    made = Served(tmp_path)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def file(served: Served) -> Path:
    return served.var / "recul.sqlite"


@pytest.fixture
async def ana(served: Served) -> AsyncIterator[RemoteVisitor]:
    async with first(served) as window:
        yield window


async def test_the_file_is_moved_away_and_back(served: Served, file: Path, ana: RemoteVisitor):
    await note(ana, 0)
    away = file.with_name("away")
    await asyncio.to_thread(file.rename, away)
    answer = await note(ana, 1)
    assert_kept(answer, 1)
    os.link(away, file)  # fails if the server made another one
    assert (await send_again(ana, answer)).status_code == 303
    assert await noted(ana) == [0, 1]
    assert not re.search(PRIVATE, served.log.read_text())


async def test_the_file_is_replaced(served: Served, file: Path, ana: RemoteVisitor):
    """By an older copy, as somebody does who restores one by hand. Nothing is written into the
    void, and what the other database has in its log is not thrown away at the end."""
    await note(ana, 0)
    with sqlite3.connect(file) as source, sqlite3.connect(file.with_name("copy")) as copy:
        source.backup(copy)
    source.close()
    copy.close()
    await note(ana, 1)
    for path in served.var.glob("recul.sqlite-*"):
        path.rename(path.with_name(f"old-{path.name}"))
    file.with_name("copy").replace(file)
    assert_kept(await note(ana, 2), 2)
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("PRAGMA journal_mode = WAL")
    other.execute("CREATE TABLE theirs (number)")
    await asyncio.to_thread(served.stop)
    assert file.with_name("recul.sqlite-wal").stat().st_size > 0
    other.close()
    await asyncio.to_thread(served.start)
    assert await noted(ana) == [0]
    assert (await note(ana, 2)).status_code == 303
    assert sqlite3.connect(file).execute("SELECT count(*) FROM theirs").fetchone() == (0,)


async def test_somebody_else_writes_for_too_long(served: Served, file: Path, ana: RemoteVisitor):
    """Longer than anybody waits. Those who read are not kept waiting, and jobs go on later."""
    await note(ana, 0)
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    sending = asyncio.create_task(note(ana, 1))
    await asyncio.sleep(1)
    assert await asyncio.wait_for(noted(ana), 8) == [0]
    answer = await sending
    assert_kept(answer, 1)
    assert "beaucoup de choses s’écrivent" in unescape(answer.text)
    other.execute("COMMIT")
    other.close()
    assert (await send_again(ana, answer)).status_code == 303
    assert await noted(ana) == [0, 1]
    await until(lambda: "database: it works again" in served.log.read_text(), 30)
    assert not re.search(PRIVATE, served.log.read_text())
