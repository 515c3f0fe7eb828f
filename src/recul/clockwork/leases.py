"""Taking, renewing and giving back the lease of a job. Each is one conditional statement."""

import os
import socket
from datetime import datetime, timedelta
from secrets import token_hex

from piccolo.querystring import QueryString

from recul import clock
from recul.clockwork.job import Job
from recul.clockwork.rules import next_due, retry_after
from recul.clockwork.steady import Watch
from recul.clockwork.tables import Lease
from recul.database import fetch
from recul.settings import Settings

LENGTH = timedelta(seconds=30)
LATE = timedelta(hours=2)
"""A time later than anything this code would set was set under a clock that was wrong, and has
been put right since: it counts as past. Otherwise a minute in the wrong year would stop a job
until that year."""

ALL = "SELECT name, due_at, until, last_run_at FROM lease"


def new_holder() -> str:
    """A name for this process, never used before: a restarted one holds no lease."""
    return f"{socket.gethostname()[:50]}:{os.getpid()}:{token_hex(8)}"


async def enrol(config: Settings, jobs: tuple[Job, ...]) -> None:
    """Make the rows of jobs that never ran: due now, or at their hour."""
    now = clock.now()
    for job in jobs:
        due = now if job.hour is None else next_due(now, job.every, job.hour, config.time_zone)
        sql = """
            INSERT INTO lease (name, due_at, failures, note) VALUES ({}, {}, 0, '')
            ON CONFLICT (name) DO NOTHING
        """
        await fetch(QueryString(sql, job.name, due))


async def due(jobs: tuple[Job, ...], watch: Watch | None = None) -> list[Job]:
    """The jobs that somebody should begin now; with a `watch`, only those that the clock allows."""
    rows, now = {row["name"]: row for row in await fetch(QueryString(ALL))}, clock.now()
    found = [job for job in jobs if job.name in rows and _is_due(job, now, **rows[job.name])]
    if watch is None:
        return found
    grave = [rows[job.name]["last_run_at"] for job in jobs if job.needs_right_time]
    watch.look(now, max((at for at in grave if at is not None), default=None))
    return [job for job in found if watch.allows(job.needs_right_time)]


def _is_due(job: Job, now: datetime, due_at: datetime, until: datetime | None, **_: object) -> bool:
    free = until is None or not now < until <= now + 2 * LENGTH
    return free and not now < due_at <= _latest(job, now)


def _latest(job: Job, now: datetime) -> datetime:
    """No job is ever due later than this."""
    return now + job.every + LATE


async def take(job: Job, holder: str) -> bool:
    """Begin a job, unless another process was quicker."""
    now = clock.now()
    return await _changed(
        """
        UPDATE lease SET holder = {}, until = {} WHERE name = {} AND (due_at <= {} OR due_at > {})
            AND (until IS NULL OR until <= {} OR until > {}) RETURNING name
        """,
        holder,
        now + LENGTH,
        job.name,
        now,
        _latest(job, now),
        now,
        now + 2 * LENGTH,
    )


async def renew(job: Job, holder: str) -> bool:
    """False when the lease ran out and somebody else has it."""
    return await _changed(
        "UPDATE lease SET until = {} WHERE name = {} AND holder = {} RETURNING name",
        clock.now() + LENGTH,
        job.name,
        holder,
    )


async def give_back(job: Job, holder: str) -> bool:
    """Leave a job unfinished: whoever comes first begins it again."""
    return await _changed(
        "UPDATE lease SET holder = NULL, until = NULL WHERE name = {} AND holder = {}"
        " RETURNING name",
        job.name,
        holder,
    )


async def settle(
    config: Settings, job: Job, holder: str, *, began: datetime, error: str | None
) -> bool:
    """Note how a job went, and when it is due again."""
    failures = await _failures(job) + 1 if error else 0
    now = clock.now()
    usual = next_due(now, job.every, job.hour, config.time_zone)
    due_at = now + retry_after(failures) if error else usual
    return await _changed(
        """
        UPDATE lease SET holder = NULL, until = NULL, due_at = {}, failures = {},
            last_run_at = {}, last_ok = {}, note = {}
        WHERE name = {} AND holder = {} RETURNING name
        """,
        due_at,
        failures,
        began,
        error is None,
        (error or "")[:80],
        job.name,
        holder,
    )


async def _failures(job: Job) -> int:
    rows = await fetch(QueryString("SELECT failures FROM lease WHERE name = {}", job.name))
    return int(rows[0]["failures"]) if rows else 0


async def _changed(sql: str, *args: object) -> bool:
    return bool(await fetch(QueryString(sql, *args)))


async def states() -> dict[str, Lease]:
    """The row of each job that was ever enrolled."""
    return {row.name: row for row in await Lease.objects()}
