"""Processes that do the jobs of the clockwork, on leases of a second or two."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.visitors import TEST_ENVIRONMENT

from recul import paths

BEGINNING = """
import asyncio, os, sys, time
from datetime import timedelta
import anyio
from recul import clock, clockwork, database, jobs, settings
from recul.clockwork import Job, leases, running
from recul.notifications import outbox

leases.LENGTH = timedelta(seconds=1.5)
running.LOOK_EVERY_SECONDS = 0.05
outbox.SPARE = timedelta(seconds=1)
config = settings.load()

def note(word):
    with open(os.environ["NOTES"], "a") as file:
        file.write(f"{word} {os.getpid()} {time.time()}\\n")

async def main(work):
    database.bind(database.engine_for(config.database_url))
    await database.open_database()
    note("ready")
    await work()
    await database.close_database()

def keep_working(*jobs):
    asyncio.run(main(lambda: clockwork.work_until_told(config, jobs)))
"""


class Notes:
    """What processes wrote down: words with the process and the time."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.touch()

    def all(self, word: str) -> list[tuple[int, float]]:
        rows = [line.split() for line in self.path.read_text().splitlines()]
        return [(int(row[1]), float(row[2])) for row in rows if row[0] == word]

    def processes(self, word: str) -> list[int]:
        return [process for process, _ in self.all(word)]


@asynccontextmanager
async def process(
    script: str, notes: Notes, url: str, **environment: str
) -> AsyncIterator[Process]:
    """A Python process that runs `script` after BEGINNING; killed at the end if it lives."""
    async with command("-c", BEGINNING + script, notes=notes, url=url, **environment) as started:
        yield started


@asynccontextmanager
async def command(
    *words: str, notes: Notes, url: str, **environment: str
) -> AsyncIterator[Process]:
    env = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    env |= TEST_ENVIRONMENT | environment
    env |= {"RECUL_VAR": str(notes.path.parent / "var"), "RECUL_DATABASE_URL": url}
    env |= {"PYTHONPATH": str(paths.templates().parent / "src"), "NOTES": str(notes.path)}
    with notes.path.with_suffix(".log").open("ab") as log:
        started = await asyncio.create_subprocess_exec(
            sys.executable, *words, env=env, stdin=DEVNULL, stdout=log, stderr=log
        )
    try:
        yield started
    finally:
        if started.returncode is None:
            started.send_signal(signal.SIGCONT)
            started.kill()
        await started.wait()
