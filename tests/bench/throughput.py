"""Requests a second beside the floor's, in turns with it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tests.bench.browser import Browser
from tests.bench.latency import MOMENT
from tests.bench.load import NONCE, Load, applied
from tests.bench.servers import Server
from tests.bench.table import Figure, middle
from tests.bench.thoroughness import Thoroughness
from tests.bench.world import WRITER

CHECK_IN = {
    "nonce": NONCE,
    "following": "/carnet/vite",
    "template": "line",
    "workload": "4",
    "emotional_load": "3",
    "feelings": "tiredness",
    "contexts": "home_visit",
    "text-line": "La visite a duré, et la porte est restée ouverte.",
    "when": "now",
    "date": "",
    "time": "",
}


@dataclass(slots=True)
class Runner:
    """One kind of request, and what each of its rounds gave."""

    measure: str
    server: Server
    request: str
    status: int = 200
    holds: str = ""
    aims: dict[str, float] = field(default_factory=dict)
    rates: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    """Milliseconds of processor a request."""

    def round(self, how: Thoroughness) -> None:
        load = Load(
            port=self.server.port,
            request=self.request,
            status=self.status,
            holds=self.holds,
            warm_up=how.warm_up,
            seconds=how.seconds,
        )
        before = self.server.cpu_seconds
        [result] = applied(load)
        used = self.server.cpu_seconds - before
        share = how.seconds / (how.seconds + how.warm_up)
        self.rates.append(result.a_second)
        self.cpu.append(1000 * used * share / len(result.latencies))


def figures(
    name: str, floor: Server, server: Server, reader: Browser, how: Thoroughness
) -> Iterator[Figure]:
    yield from beside_floor(name, floor, _pages(server, reader), how)


def beside_floor(
    name: str, floor: Server, pages: Sequence[Runner], how: Thoroughness
) -> Iterator[Figure]:
    """Each page in turns with the floor."""
    bare = Runner("floor", floor, "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
    for _ in range(how.rounds):
        for page in pages:
            bare.round(how)
            page.round(how)
    for number, page in enumerate(pages):
        yield _figure(name, page, bare.rates[number :: len(pages)], middle(bare.cpu))


def _pages(server: Server, reader: Browser) -> list[Runner]:
    writer = Browser(server.port).sign_in(WRITER)
    check_in = writer.written("/carnet/vite", CHECK_IN)
    carnet = Runner("GET /carnet, 30 moments", server, reader.written("/carnet"), holds=MOMENT)
    saved = Runner("POST /carnet/vite", server, check_in, status=303, holds="moment-saved")
    home = Runner("GET /", server, reader.written("/"), holds=MOMENT)
    form = Runner("GET /carnet/vite", server, reader.written("/carnet/vite"), holds="<form")
    carnet.aims = {"SQLite": 30.0, "PostgreSQL": 20.0}
    saved.aims = {"SQLite": 15.0, "PostgreSQL": 10.0}
    return [carnet, saved, home, form]


def _figure(name: str, page: Runner, floors: list[float], floor_cpu: float) -> Figure:
    """Each round is compared with the floor's round just before it."""
    shares = [100 * rate / floor for rate, floor in zip(page.rates, floors, strict=True)]
    return Figure(
        database=name,
        measure=page.measure,
        value=middle(shares),
        unit="% of floor",
        at_least=page.aims.get(name),
        detail=f"{middle(page.rates):.0f} of {middle(floors):.0f} a second; by processor time "
        f"{100 * floor_cpu / middle(page.cpu):.0f} %: {middle(page.cpu):.2f} ms, "
        f"floor {floor_cpu:.2f} ms",
    )
