"""Everything that is measured on one database."""

from collections.abc import Iterator
from pathlib import Path

from tests.bench import booking, first_load, latency, servers, throughput, trends, world
from tests.bench.browser import Browser
from tests.bench.databases import Kind
from tests.bench.servers import Server
from tests.bench.table import Figure
from tests.bench.thoroughness import Thoroughness


def on(kind: Kind, folder: Path, how: Thoroughness) -> Iterator[Figure]:
    folder, name, url = folder / kind.name, kind.name, kind.made("recul_bench")
    world.make(url, folder)
    with servers.recul(folder, url) as server:
        yield from _figures(name, server, how)
    yield _second_start(name, url, folder)
    yield from trends.figures(kind, folder, how)
    yield from booking.figures(kind, folder, how)


def _figures(name: str, server: Server, how: Thoroughness) -> Iterator[Figure]:
    reader = Browser(server.port).sign_in(world.READER)
    size = len(reader.get("/carnet")[1])
    reader.get("/")
    memory = server.resident_mb
    with servers.floor(size) as floor:
        yield from throughput.figures(name, floor, server, reader, how)
    yield from latency.months(name, server, how)
    yield from latency.searches(name, server, how)
    yield from latency.crowd(name, server, reader, how)
    yield Figure(
        database=name,
        measure="idle memory",
        value=memory,
        unit="MB",
        below=150,
        detail=f"{server.resident_mb:.0f} MB after all of the above",
    )
    yield first_load.figure(name, Browser(server.port), reader)


def _second_start(name: str, url: str, folder: Path) -> Figure:
    with servers.recul(folder, url, "--demo") as server:
        return Figure(
            database=name,
            measure="second start",
            value=server.start_seconds,
            unit="s",
            below=3,
            detail="from the command to the first answer",
        )
