"""The clock of the real server jumps, while people write, and comes back."""

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.loss.servers import Served
from tests.loss.windows import PRIVATE, first, note, noted
from tests.notifications.servers import until
from tests.processes import RemoteVisitor
from tests.visitors import PASSWORD

from recul import database, jobs
from recul.clockwork.tables import Lease
from recul.trends.tables import Cycle

pytestmark = pytest.mark.slow

DAY = timedelta(days=1)
# That of the night runs at its hour only.
GRAVE = [job.name for job in jobs.JOBS if job.needs_right_time and job.hour is None]


@pytest.fixture
def hands(tmp_path: Path) -> Path:
    """Holds how far the clock of the server is off."""
    (tmp_path / "clock").write_text("0")
    return tmp_path / "clock"


@pytest.fixture
def served(empty_url: str, tmp_path: Path, hands: Path) -> Iterator[Served]:
    made = Served(tmp_path, empty_url)
    made.settings["CLOCK"] = str(hands)
    made.start("-m", "tests.loss.shifted")
    database.bind(database.engine_for(empty_url))
    yield made
    made.stop()


@pytest.fixture
async def ana(served: Served) -> AsyncIterator[RemoteVisitor]:
    async with first(served) as window:
        yield window


async def ran(names: list[str], since: datetime) -> list[str]:
    rows = await Lease.select().where(Lease.name.is_in(names))
    return [row["name"] for row in rows if row["last_run_at"] and row["last_run_at"] > since]


@pytest.mark.parametrize("jump", [-DAY, 400 * DAY])
async def test_nothing_is_lost_to_a_jump(
    served: Served, hands: Path, ana: RemoteVisitor, jump: timedelta
):
    began = datetime.min.replace(tzinfo=UTC)

    async def all_ran() -> bool:
        return len(await ran(GRAVE, began)) == len(GRAVE)

    await until(all_ran, 20)
    await note(ana, 0)
    cycles = await Cycle.select()
    before = {row["name"]: row["last_run_at"] for row in await Lease.select()}
    await asyncio.to_thread(hands.write_text, str(jump.total_seconds()))
    now = datetime.now(UTC) + jump

    async def went_on() -> bool:
        rows = await Lease.select().where(Lease.name.is_in(["outbox", "sweep"]))
        return all(row["last_run_at"] and abs(row["last_run_at"] - now) < DAY / 4 for row in rows)

    await until(went_on, 20)
    assert "is the clock right?" in served.log.read_text()
    assert (await ana.sign_in("ana@exemple.fr")).status_code == 303
    assert (await note(ana, 1)).status_code == 303
    await asyncio.to_thread(hands.write_text, "0")
    assert (await ana.sign_in("ana@exemple.fr", PASSWORD)).status_code == 303
    assert (await note(ana, 2)).status_code == 303
    back = datetime.now(UTC)

    async def goes_on() -> bool:
        rows = await Lease.select().where(Lease.name.is_in(["outbox", "sweep"]))
        return all(row["last_run_at"] and abs(row["last_run_at"] - back) < DAY / 4 for row in rows)

    await until(goes_on, 20)
    assert {0, 2} <= set(await noted(ana))
    assert await Cycle.select() == cycles
    after = {row["name"]: row["last_run_at"] for row in await Lease.select()}
    assert [after[name] for name in GRAVE] == [before[name] for name in GRAVE]
    assert not re.search(PRIVATE, served.log.read_text())
    await database.close_database()
