"""Cycles of the county, lived through by a process of its own, so that its memory tells.

``python -m tests.bench.county_life`` reads one line of JSON, what is asked, and prints another
one, what it cost. Everything but the people's taps goes through the application's own actions,
at the hours at which the clockwork would do it.
"""

import json
import subprocess
import sys
from collections.abc import Awaitable
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from piccolo.querystring import QueryString
from tests.bench import county, history, world
from tests.bench.weighing import Cost, weighed

from recul import clock
from recul.database import fetch, write_each, write_transaction
from recul.settings import Settings
from recul.trends import cycles, keyring, queries, sealing
from recul.trends.actions import closing, rekeying, turning
from recul.trends.contribution import DIMENSIONS, Sent, clamped
from recul.trends.keyring import Name
from recul.trends.sums import Sums
from recul.wiring import PLACES

NIGHT = time(3)
WHO_SHARE = 0.84
CLOSED = "SELECT COUNT(*) AS n FROM cycle WHERE closed"
PUBLISHED = "SELECT COUNT(*) AS n FROM publication WHERE cycle = {} AND published"


@dataclass(frozen=True, slots=True)
class Lived:
    """What one cycle cost; `cells` were open in it, so many of them were published; `there`
    cycles had been closed before."""

    cells: int
    published: int
    there: int
    opening: Cost
    rekeying: Cost
    closing: Cost


def years(url: str, folder: Path, closings: int) -> list[Lived]:
    """Fourteen closed cycles and the open one of today. So many are lived through: the first
    and the last; those between are copies of the first."""
    return _asked(url=url, folder=str(folder), closings=closings)


def one_more(url: str, folder: Path) -> Lived:
    """The open cycle is closed, and the next one opened."""
    [lived] = _asked(url=url, folder=str(folder), closings=0)
    return lived


def _asked(**asked: Any) -> list[Lived]:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.bench.county_life"],
        input=json.dumps(asked),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return [_lived(fields) for fields in json.loads(ran.stdout)]


def _lived(told: dict[str, Any]) -> Lived:
    for name in ("opening", "rekeying", "closing"):
        told[name] = Cost(**told[name])
    return Lived(**told)


async def _live(closings: int, _: Settings) -> list[Lived]:
    today = cycles.number_on(clock.today())
    if not closings:
        return [await _cycle(today)]
    first, last = county.first_cycle(), today - 1
    later = range(last - closings + 2, last + 1)
    lived = [await _cycle(first, await _opened(first))]
    for copy in range(first + 1, later.start):
        await history.repeated(first, first, shift=copy - first)
    lived += [await _cycle(number, await _opened(number)) for number in later]
    await _opened(today)
    return lived


async def _cycle(number: int, opening: Cost | None = None) -> Lived:
    """Without a cost of its opening that of the next cycle's is told."""
    there = await _count(QueryString(CLOSED))
    cells = await queries.open_cells()
    await _share(number)
    rekeyed = await _on(cycles.last_day(number), rekeying.rekey())
    closed = await _on(cycles.first_day(number + 1), closing.close_cycle(number, PLACES))
    published = await _count(QueryString(PUBLISHED, number))
    opening = opening or await _opened(number + 1)
    return Lived(len(cells), published, there, opening, rekeyed, closed)


async def _opened(number: int) -> Cost:
    return await _on(cycles.first_day(number), turning.turn(PLACES))


async def _count(query: QueryString) -> int:
    [row] = await fetch(query)
    return int(row["n"])


async def _on(day: date, work: Awaitable[object]) -> Cost:
    with clock.set_to(datetime.combine(day, NIGHT, UTC)):
        return await weighed(work)


async def _share(number: int) -> None:
    """Most people of each cell, as their saves would have left it."""
    chance = Random(number)
    sizes = await queries.roster_sizes(number)
    writes = []
    for row in await queries.open_cells():
        name = Name(row["cell"], number, row["key_version"])
        found = await queries.sealed(name.cell, number, lock=False)
        if found is not None:
            sums = _shared(sealing.opened(name, found["box"]), sizes[name.cell], chance)
            box = sealing.seal(keyring.bound().key(name), name, sums)
            writes.append(QueryString(sealing.STORE, name.version, box, name.cell, number))
    async with write_transaction():
        await write_each(*writes)


def _shared(sums: Sums, people: int, chance: Random) -> Sums:
    for _ in range(max(round(people * WHO_SHARE), min(people, 9))):
        sums = sums.moved({}, _sent(sums, chance))
    return sums


def _sent(sums: Sums, chance: Random) -> Sent:
    return {d: clamped(chance.randrange(20, 90), sums.centres[d]) for d in DIMENSIONS}


def main() -> None:
    asked = json.load(sys.stdin)
    settings = county.settings_for(asked["url"], Path(asked["folder"]))
    lived = world.with_database(settings, partial(_live, asked["closings"]))
    json.dump([asdict(one) for one in lived], sys.stdout)


if __name__ == "__main__":
    main()
