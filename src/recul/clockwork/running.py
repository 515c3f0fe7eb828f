"""Doing the jobs that are due, for as long as the process lives."""

import asyncio
import logging
import signal
import time

import anyio
from anyio.abc import TaskGroup

from recul import clock
from recul.clockwork import leases
from recul.clockwork.job import Job
from recul.clockwork.steady import WATCH
from recul.database import Unavailable
from recul.settings import Settings

LOOK_EVERY_SECONDS = 1.0
AFTER_TROUBLE_SECONDS = 5.0
GIVE_BACK_SECONDS = 2.0
FINISH_SECONDS = 6.0
"""For jobs that are at work when the process is told to stop. Then they are stopped where they
are, and the next process begins them again."""
log = logging.getLogger("recul")


async def run(config: Settings, jobs: tuple[Job, ...], told: anyio.Event) -> None:
    """Look for due jobs until told to stop; those that are at work then may finish. A job that is
    slow or stuck holds up no other one."""
    async with anyio.create_task_group() as working:
        async with anyio.create_task_group() as looking:
            looking.start_soon(_look, config, jobs, working)
            await told.wait()
            looking.cancel_scope.cancel()
        working.cancel_scope.deadline = anyio.current_time() + FINISH_SECONDS


async def _look(config: Settings, jobs: tuple[Job, ...], working: TaskGroup) -> None:
    holder, busy = leases.new_holder(), set[str]()
    await _enrolled(config, jobs)
    while True:
        for job in await _due(jobs):
            if job.name not in busy:
                busy.add(job.name)
                working.start_soon(_once, config, job, holder, busy)
        await anyio.sleep(LOOK_EVERY_SECONDS)


async def work_until_told(config: Settings, jobs: tuple[Job, ...]) -> None:
    """`run`, until the process is asked to stop (SIGTERM, SIGINT)."""
    loop, told = asyncio.get_running_loop(), anyio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told.set)
    await run(config, jobs, told)


async def _enrolled(config: Settings, jobs: tuple[Job, ...]) -> None:
    """A database that is away is no reason to stop."""
    while True:
        try:
            return await leases.enrol(config, jobs)
        except Exception as error:
            _say("clockwork", error)
            await anyio.sleep(AFTER_TROUBLE_SECONDS)


def _say(name: str, error: BaseException) -> None:
    """Only the type: the message may hold what nobody should read. What keeps the database from
    working is said by itself, once."""
    causes = error.exceptions if isinstance(error, BaseExceptionGroup) else (error,)
    for cause in causes:
        if not isinstance(cause, Unavailable):
            log.warning("%s: %s", name, type(cause).__name__)


async def _due(jobs: tuple[Job, ...]) -> list[Job]:
    try:
        return await leases.due(jobs, WATCH)
    except Exception as error:
        _say("clockwork", error)
        await anyio.sleep(AFTER_TROUBLE_SECONDS)
        return []


async def _once(config: Settings, job: Job, holder: str, busy: set[str]) -> None:
    try:
        if await leases.take(job, holder):
            await _under_lease(config, job, holder)
    except Exception as error:
        _say(job.name, error)
        await anyio.sleep(AFTER_TROUBLE_SECONDS)
    finally:
        busy.discard(job.name)


async def _under_lease(config: Settings, job: Job, holder: str) -> None:
    """Work while the lease is renewed; stop working when it is lost."""
    began, settled = clock.now(), False
    try:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(_keep, job, holder, tasks.cancel_scope)
            error = await _error_of(config, job)
            settled = await leases.settle(config, job, holder, began=began, error=error)
            tasks.cancel_scope.cancel()
    finally:
        if not settled:
            with anyio.move_on_after(GIVE_BACK_SECONDS, shield=True):
                await leases.give_back(job, holder)


async def _error_of(config: Settings, job: Job) -> str | None:
    """The type of what the job raised."""
    try:
        await job.work(config)
    except Exception as error:
        _say(job.name, error)
        return type(error).__name__
    return None


async def _keep(job: Job, holder: str, work: anyio.CancelScope) -> None:
    """Renew the lease three times in its length. A database that is away may come back in time;
    when it does not, or somebody else has the lease, the work is stopped."""
    length = leases.LENGTH.total_seconds()
    ends = time.monotonic() + length
    while time.monotonic() < ends:
        await anyio.sleep(length / 3)
        began = time.monotonic()
        try:
            ends = began + length if await leases.renew(job, holder) else began
        except Exception as error:
            _say(job.name, error)
    log.warning("%s: the lease was lost", job.name)
    work.cancel()
