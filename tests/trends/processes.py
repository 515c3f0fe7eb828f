"""Starting `tests.trends.worker`, and what it has to know."""

import asyncio
import json
import sys
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from tests.trends.people import Town
from tests.trends.worker import packed

from recul.paths import templates
from recul.trends import keyring
from recul.vault.opened import OpenVault

ROOT = templates().parent
DONE = 0
KILLED = -9


@dataclass
class Workplace:
    """A database and a keyring that several processes share."""

    url: str
    town: Town

    def asked(self, work: str, **more: Any) -> dict[str, Any]:
        homes = [[str(part) for part in home] for home in self.town.homes]
        usual = {"day": 22, "homes": homes, "organisation": str(self.town.organisation)}
        folder = str(keyring.bound().folder)
        return {"url": self.url, "keys": folder, "work": work} | usual | more

    async def start(self, work: str, **more: Any) -> "Worker":
        """A process that is ready and waits for `go`."""
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.trends.worker"),
            cwd=ROOT,
            env={"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "PYTHONDONTWRITEBYTECODE": "1"},
            stdin=pipe,
            stdout=pipe,
            stderr=pipe,
        )
        assert process.stdin
        assert process.stdout
        process.stdin.write(json.dumps(self.asked(work, **more)).encode() + b"\n")
        await process.stdin.drain()
        assert await process.stdout.readline() == b"ready\n"
        return Worker(process)

    async def run(self, work: str, **more: Any) -> int:
        return await (await self.start(work, **more)).go()


@dataclass
class Worker:
    process: asyncio.subprocess.Process

    async def go(self) -> int:
        """Let it work to its end. Returns the exit status; negative: the signal."""
        output, error = await self.process.communicate(b"\n")
        assert self.process.returncode in (DONE, KILLED), error.decode()
        assert (output == b"done\n") == (self.process.returncode == DONE)
        return self.process.returncode or 0


def a_save(vault: OpenVault, day: int, workload: int) -> list[Any]:
    return [packed(vault), str(uuid4()), day, workload]
