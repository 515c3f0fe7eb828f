"""Killing the server while people write, again and again: nothing that was acknowledged is lost.

python -m tests.loss.kills --times 30
"""

import argparse
import asyncio
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.loss.servers import Served, cluster
from tests.loss.world import World, settle

from recul import database
from recul.trends import keyring

PEOPLE_A_KILL = 12
LONGEST = 0.8
"""Seconds of writing before a kill."""


@dataclass
class Tally:
    """What was seen: acknowledged writes by who made them, and those that had to be sent again."""

    kills: int = 0
    acknowledged: Counter[str] = field(default_factory=Counter)
    unanswered: int = 0
    seconds: float = 0.0

    def __str__(self) -> str:
        kinds = ", ".join(f"{count} {name}" for name, count in sorted(self.acknowledged.items()))
        return (
            f"{self.kills} kills in {self.seconds:.0f} s: acknowledged {kinds}; "
            f"{self.unanswered} had no answer, or a 503, and were sent again; "
            "nothing lost, half or doubled"
        )


async def kill_often(folder: Path, url: str, times: int, seed: int = 1) -> Tally:
    """SIGKILL for `recul serve`. Raises Lost."""
    served = Served(folder, url)
    return await _often(served, url, times, seed, _killed(served))


async def kill_database(folder: Path, times: int, seed: int = 1) -> Tally:
    """SIGKILL for every process of PostgreSQL; the server stays and recovers. Raises Lost."""
    with cluster() as postgres:
        served = Served(folder, postgres.url)

        async def blow(_: asyncio.Event) -> None:
            await asyncio.to_thread(postgres.kill)
            await asyncio.sleep(0.3)
            await asyncio.to_thread(postgres.start)
            await asyncio.sleep(0.7)

        return await _often(served, postgres.url, times, seed, blow)


def _killed(served: Served) -> Callable[..., object]:
    async def blow(stop: asyncio.Event) -> None:
        await asyncio.to_thread(served.kill)
        stop.set()

    return blow


async def _often(
    served: Served, url: str, times: int, seed: int, blow: Callable[..., object]
) -> Tally:
    tally, chance, began = Tally(), Random(seed), time.monotonic()
    url = url or f"sqlite:///{served.var}/recul.sqlite"
    served.settings["RECUL_DATABASE_URL"] = url
    database.bind(database.engine_for(url))
    await database.open_database()
    async with AsyncExitStack() as stack:
        stack.callback(keyring.bind, Path(keyring.bound().folder) if keyring._bound else Path())
        stack.push_async_callback(database.close_database)
        await database.migrate()
        world = await settle(served, stack, seed, times * PEOPLE_A_KILL)
        stack.callback(served.stop)
        served.start()
        for _ in range(times):
            await _once(served, world, chance, blow, tally)
    tally.seconds = time.monotonic() - began
    for writer in world.writers:
        tally.acknowledged[type(writer).__name__.lower()] += writer.acknowledged
        tally.unanswered += writer.unanswered
    return tally


async def _once(
    served: Served, world: World, chance: Random, blow: Callable[..., object], tally: Tally
) -> None:
    stop = asyncio.Event()
    working = [asyncio.create_task(writer.work(stop)) for writer in world.writers]
    await asyncio.sleep(chance.uniform(0.1, LONGEST))
    await blow(stop)  # type: ignore[misc]
    stop.set()
    await asyncio.gather(*working)
    if served.process is None:
        served.start()
    tally.kills += 1
    await world.check()
    for writer in world.writers:
        await writer.again()
    await world.check()


async def main(times: int) -> None:
    folder = Path(tempfile.mkdtemp(prefix="recul-kills-"))
    try:
        for name in ("sqlite", "postgresql", "power"):
            (folder / name).mkdir()
        print("recul serve, SQLite:", await kill_often(folder / "sqlite", "", times), flush=True)
        with cluster() as postgres:
            tally = await kill_often(folder / "postgresql", postgres.url, times)
        print("recul serve, PostgreSQL:", tally, flush=True)
        print("PostgreSQL itself:", await kill_database(folder / "power", times), flush=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=30)
    asyncio.run(main(parser.parse_args().times))
