"""A disk that is full, or cannot be written: told clearly, nothing lost, and over by itself."""

import re
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager
from html import unescape
from pathlib import Path

import httpx
import pytest
from tests.journal.pages import PART
from tests.loss.disks import Disk, becoming_readonly, limited, readonly, small
from tests.loss.servers import Served
from tests.loss.windows import NOTHING, PRIVATE, assert_kept, first, note, noted, send_again
from tests.notifications.servers import until
from tests.processes import RemoteVisitor

from recul.trends.keyring import Keyring, Name

pytestmark = pytest.mark.slow

MANY = 400
PAGES = ("/", "/compte", "/carnet/tendances", "/carnet/vite", "/carnet/reglages")
OPEN = [small, limited, becoming_readonly]


@pytest.fixture(params=OPEN)
def disk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Disk]:
    place: Callable[[Path], AbstractContextManager[Disk]] = request.param
    with place(tmp_path) as made:
        yield made


@pytest.fixture
def served(disk: Disk, tmp_path: Path) -> Iterator[Served]:
    """On SQLite, everything that it keeps on the disk. What it says goes elsewhere."""
    made = Served(tmp_path)
    made.settings["RECUL_VAR"] = str(disk.folder)
    made.start()
    yield made
    made.stop()


@pytest.fixture
async def ana(served: Served) -> AsyncIterator[RemoteVisitor]:
    async with first(served) as window:
        yield window


async def until_refused(ana: RemoteVisitor, number: int) -> tuple[int, httpx.Response]:
    """Write until it cannot be: which moment was the first that was refused, and how."""
    for each in range(number, number + MANY):
        answer = await note(ana, each)
        if answer.status_code != 303:
            return each, answer
    raise AssertionError("the disk never filled")


async def test_what_cannot_be_written_is_kept_on_the_page(
    disk: Disk, served: Served, ana: RemoteVisitor
):
    await note(ana, 0)
    disk.fill(served)
    number, answer = await until_refused(ana, 1)
    assert_kept(answer, number, disk.status)
    part = await note(ana, number, **PART)
    assert (part.status_code, "<html" in part.text) == (disk.status, False)
    assert NOTHING in unescape(part.text)
    # What can be read is read.
    assert await noted(ana) == list(range(number))
    assert [(await ana.get(path)).status_code for path in PAGES] == [200] * len(PAGES)
    if disk.mends:
        disk.free(served)
        assert (await send_again(ana, answer)).status_code == 303
        assert await noted(ana) == list(range(number + 1))
        assert re.findall("database: .*", served.log.read_text())[-1] == "database: it works again"
    assert not re.search(PRIVATE, served.log.read_text())


@pytest.mark.parametrize("disk", [small], indirect=True)
async def test_jobs_go_on_when_something_can_be_written_again(
    disk: Disk, served: Served, ana: RemoteVisitor
):
    disk.fill(served)
    await until_refused(ana, 0)
    await until(lambda: "nothing can be written" in served.log.read_text())
    if disk.folder.is_mount():
        assert "FAIL disks       Nothing can be written" in told_when_full(disk, served)
    disk.free(served)
    await until(lambda: "database: it works again" in served.log.read_text(), 30)
    assert served.process
    assert served.process.poll() is None
    log = served.log.read_text()
    # Room that comes and goes is told each time, and not at each attempt.
    recovered = len(re.findall("database: it works again", log))
    assert len(re.findall("nothing can be written", log)) < 5 * recovered


def told_when_full(disk: Disk, served: Served) -> str:
    """What the doctor says. A server that empties its log makes a little room now and then."""
    for _ in range(5):
        disk.fill(served)
        said = served.run("doctor").stdout
        if "Nothing can be written" in said:
            break
    return said


def test_a_readonly_disk_is_told_at_the_start(tmp_path: Path):
    with readonly(tmp_path) as (folder, served):
        for command in (("migrate",), ("worker",), ("invite", "a@exemple.fr"), ("doctor",)):
            done = served.run(*command)
            said = done.stdout + done.stderr
            assert done.returncode == 1, said
            assert "Traceback" not in said
            assert re.search("Read-only file system|Permission denied|cannot be written", said)
        assert not (folder / "cles").exists()


def test_a_key_is_written_whole_or_not_at_all(tmp_path: Path):
    """On a disk without room, and when there is room again."""
    with small(tmp_path) as disk:
        ring, names = Keyring(disk.folder / "cles"), [Name(A_CELL, 1, n) for n in range(1, 3)]
        [first_key] = ring.make(names[0])
        with disk.filled_here(), pytest.raises(OSError, match=r"space|large"):
            ring.make(*names)
        assert ring.names() == names[:1]
        kept, made = ring.make(*names)
        assert (kept, len(made)) == (first_key, 32)


A_CELL = Name.of("0" * 32 + "-1-1.key").cell  # type: ignore[union-attr]
