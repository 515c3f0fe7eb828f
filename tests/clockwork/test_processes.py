"""Several processes: each job once a period, and taken over from whoever is killed."""

import asyncio
import signal
import socket
from contextlib import AsyncExitStack
from itertools import pairwise

import httpx
import pytest
from tests.clockwork.workers import Notes, command, process
from tests.notifications.servers import until

from recul.clockwork import leases
from recul.clockwork.tables import Lease
from recul.database import Database

HOURLY = """
async def work(_):
    note("begin"); await anyio.sleep(0.2); note("end")
keep_working(Job("one", work, every=timedelta(hours=1)), Job("two", work, every=timedelta(hours=1)))
"""
OFTEN = """
async def work(_):
    note("begin")
keep_working(Job("one", work, every=timedelta(seconds=0.4)))
"""
LONG = """
async def work(_):
    note("begin"); await anyio.sleep(4); note("end")
keep_working(Job("one", work, every=timedelta(hours=1)))
"""
ENDLESS = """
async def work(_):
    note("begin")
    while True:
        note("alive"); await anyio.sleep(0.05)
keep_working(Job("one", work, every=timedelta(hours=1)))
"""
FAILING = """
async def work(_):
    note("begin"); raise ValueError("ana@exemple.fr")
async def other(_):
    note("other")
leases.retry_after = lambda failures: timedelta(seconds=0.2 * failures)
keep_working(
    Job("one", work, every=timedelta(hours=1)), Job("two", other, every=timedelta(seconds=0.2))
)
"""


async def test_each_job_once_a_period(live_url: str, live_db: Database, notes: Notes):
    async with process(HOURLY, notes, live_url), process(HOURLY, notes, live_url):
        await until(lambda: len(notes.all("end")) >= 2 and len(notes.all("ready")) == 2)
        # Both have looked many times since.
        await asyncio.sleep(1)
    assert [len(notes.all(word)) for word in ("begin", "end")] == [2, 2]
    rows = await Lease.select().order_by(Lease.name)
    assert [(row["name"], row["last_ok"], row["holder"]) for row in rows] == [
        ("one", True, None),
        ("two", True, None),
    ]


async def test_never_twice_within_a_period(live_url: str, live_db: Database, notes: Notes):
    async with process(OFTEN, notes, live_url), process(OFTEN, notes, live_url):
        await until(lambda: len(notes.all("begin")) >= 8)
    times = [at for _, at in notes.all("begin")]
    assert min(b - a for a, b in pairwise(times)) > 0.35


async def test_a_long_job_keeps_its_lease(live_url: str, live_db: Database, notes: Notes):
    """Longer than two leases: it is renewed, and nobody else begins."""
    async with process(LONG, notes, live_url), process(LONG, notes, live_url):
        await until(lambda: notes.all("end"))
    assert len(notes.all("begin")) == 1


async def test_a_killed_process_is_replaced(live_url: str, live_db: Database, notes: Notes):
    async with AsyncExitStack() as stack:
        first = await stack.enter_async_context(process(ENDLESS, notes, live_url))
        await until(lambda: notes.all("begin"))
        second = await stack.enter_async_context(process(ENDLESS, notes, live_url))
        await until(lambda: len(notes.all("ready")) == 2)
        first.send_signal(signal.SIGKILL)
        await first.wait()
        last = notes.all("alive")[-1][1]
        await until(lambda: second.pid in notes.processes("begin"))
    assert notes.processes("begin") == [first.pid, second.pid]
    # Not before the lease of the dead one could have run out, which it renews every half second.
    assert notes.all("begin")[1][1] - last > 0.9


async def test_a_process_that_slept_too_long_stops_its_job(
    live_url: str, live_db: Database, notes: Notes
):
    async with AsyncExitStack() as stack:
        first = await stack.enter_async_context(process(ENDLESS, notes, live_url))
        await until(lambda: notes.all("begin"))
        second = await stack.enter_async_context(process(ENDLESS, notes, live_url))
        await until(lambda: len(notes.all("ready")) == 2)
        first.send_signal(signal.SIGSTOP)
        await until(lambda: second.pid in notes.processes("begin"))
        first.send_signal(signal.SIGCONT)

        def only_second() -> bool:
            return set(notes.processes("alive")[-20:]) == {second.pid}

        await until(only_second)
        [row] = await Lease.select()
        assert f":{second.pid}:" in row["holder"]
    assert notes.processes("begin") == [first.pid, second.pid]


async def test_a_job_that_raises_is_tried_again_and_disturbs_no_other(
    live_url: str, live_db: Database, notes: Notes
):
    async with process(FAILING, notes, live_url):
        await until(lambda: len(notes.all("begin")) >= 3 and len(notes.all("other")) >= 3)
        states = await leases.states()
        failed = states["one"]
        assert (failed.last_ok, failed.note) == (False, "ValueError")
        assert failed.failures >= 2
        assert states["two"].last_ok is True
    said = notes.path.with_suffix(".log").read_text()
    assert "one: ValueError" in said
    assert "exemple.fr" not in said


@pytest.mark.parametrize(("more", "works"), [((), True), (("--no-worker",), False)])
async def test_a_server_works_beside_its_requests_unless_told_not_to(
    live_url: str, live_db: Database, notes: Notes, more: tuple[str, ...], works: bool
):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = ("-m", "recul.cli", "serve", "--port", str(port), *more)
    async with command(*words, notes=notes, url=live_url):
        transport = httpx.AsyncHTTPTransport(retries=6)
        async with httpx.AsyncClient(transport=transport, trust_env=False) as client:
            assert (await client.get(f"http://127.0.0.1:{port}/healthz")).text == "ok"
        if works:
            await until(lambda: Lease.exists().where(Lease.last_ok.eq(True)).run())
        else:
            await asyncio.sleep(1.5)
    assert await Lease.exists() is works


async def test_the_worker_command_works_until_told(live_url: str, live_db: Database, notes: Notes):
    """Asked to stop, it stops, and its leases are free at once."""
    words = ("-m", "recul.cli", "worker")
    async with command(*words, notes=notes, url=live_url) as worker:

        async def worked() -> bool:
            rows = await Lease.select().where(Lease.name.is_in(["sweep", "outbox"]))
            return len(rows) == 2 and all(row["last_ok"] for row in rows)

        await until(worked)
        worker.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(worker.wait(), 20) == 0
    assert await Lease.count().where(Lease.holder.is_not_null()) == 0
    assert notes.path.with_suffix(".log").read_text() == ""


async def told_to_stop(script: str, notes: Notes, url: str) -> None:
    async with process(script, notes, url) as worker:
        await until(lambda: len(notes.all("begin")) >= 1)
        worker.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(worker.wait(), 20) == 0


async def test_a_job_at_work_is_finished_before_the_stop(
    live_url: str, live_db: Database, notes: Notes
):
    await told_to_stop(HOURLY.replace("sleep(0.2)", "sleep(1)"), notes, live_url)
    assert len(notes.all("end")) == len(notes.all("begin"))
    ended = await Lease.select().where(Lease.last_ok.eq(True))
    assert len(ended) == len(notes.all("end"))


async def test_a_job_that_does_not_finish_is_left_to_the_next_process(
    live_url: str, live_db: Database, notes: Notes
):
    await told_to_stop("running.FINISH_SECONDS = 0.3" + ENDLESS, notes, live_url)
    [row] = await Lease.select()
    assert (row["holder"], row["until"], row["last_run_at"]) == (None, None, None)
    async with process(ENDLESS, notes, live_url) as following:
        await until(lambda: following.pid in notes.processes("begin"))
