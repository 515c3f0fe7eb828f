"""One worker and two: how much more is answered when there are processors for both."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path

from tests.bench import county, servers, world
from tests.bench.asking import Load
from tests.bench.browser import Browser
from tests.bench.load import applied
from tests.bench.pages import CHECK_IN, MOMENT
from tests.bench.servers import Server
from tests.bench.table import Figure, middle
from tests.bench.thoroughness import Thoroughness

Place = tuple[str, Path]


def figures(name: str, place: Place, how: Thoroughness) -> Iterator[Figure]:
    """Each round of two beside one of one."""
    with _workers(place, 1) as one, _workers(place, 2) as two:
        for measure, loads in (("GET /carnet", _reading), ("POST check-in", _writing)):
            rounds = [[_rate(loads(each), how) for each in (one, two)] for _ in range(how.rounds)]
            alone, both = (middle(rates) for rates in zip(*rounds, strict=True))
            yield Figure(
                database=name,
                measure=f"{measure}, two workers against one",
                value=middle(second / first for first, second in rounds),
                unit="×",
                detail=f"{both:.0f} a second, one worker {alone:.0f}; memory "
                f"{sum(s.resident_mb for s in two):.0f} MB, {sum(s.resident_mb for s in one):.0f}",
            )


@contextmanager
def _workers(place: Place, number: int) -> Iterator[Sequence[Server]]:
    """`recul serve --workers N`, or as many servers where there is no such option."""
    url, folder = place
    with ExitStack() as running:
        options: list[tuple[str, ...]] = [("--no-worker",)] * number
        if _has_workers():
            options = [("--no-worker", "--workers", str(number))]
        yield [
            running.enter_context(servers.recul(folder, url, *each, **county.CHEAP))
            for each in options
        ]


@cache
def _has_workers() -> bool:
    command = [sys.executable, "-m", "recul.cli", "serve", "--help"]
    return (
        "--workers" in subprocess.run(command, check=False, capture_output=True, text=True).stdout
    )


def _rate(loads: Sequence[Load], how: Thoroughness) -> float:
    results = applied(*(load.lasting(how.warm_up, how.seconds) for load in loads))
    return sum(result.a_second for result in results)


def _reading(server: Sequence[Server]) -> list[Load]:
    reader = Browser(server[0].port).sign_in(world.READER)
    return [_load(each, reader.written("/carnet"), len(server), 200, MOMENT) for each in server]


def _writing(server: Sequence[Server]) -> list[Load]:
    writer = Browser(server[0].port).sign_in(world.WRITER)
    written = writer.written("/carnet/vite", CHECK_IN)
    return [_load(each, written, len(server), 303, "moment-saved") for each in server]


def _load(server: Server, request: str, parts: int, status: int, holds: str) -> Load:
    """Sixteen clients in all."""
    return Load(
        port=server.port, request=request, status=status, holds=holds, connections=16 // parts
    )
