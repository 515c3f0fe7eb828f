"""Each page beside a bare page of its size, of 35 kB at least, then under 32 clients at once.

Writes, which answer with the way elsewhere, are beside a bare page of the size of /carnet."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tests.bench import pages, servers, statements
from tests.bench.asking import Load, Result
from tests.bench.browser import Browser
from tests.bench.load import applied
from tests.bench.pages import Asked
from tests.bench.servers import Server
from tests.bench.table import Row, middle, percentile
from tests.bench.thoroughness import Thoroughness

CLIENTS = 32
SHARES = {("SQLite", pages.CARNET): 40.0, ("PostgreSQL", "GET team page"): 25.0}
LEAST_SHARE, TIMES_MIDDLE = 15.0, 20.0
BARE = "GET /{} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
Place = tuple[str, Path]


@dataclass(slots=True)
class Signed:
    """Browsers of those who ask, each signed in once."""

    server: Server
    browsers: dict[str, Browser]

    def browser(self, who: str) -> Browser:
        if who not in self.browsers:
            fresh = Browser(self.server.port)
            self.browsers[who] = fresh.sign_in(who) if who else fresh
        return self.browsers[who]


def rows(
    name: str, place: Place, server: Server, asked: Sequence[Asked], how: Thoroughness, say: Any
) -> Iterator[Row]:
    """One row of the table for each that is there."""
    signed = Signed(server, {})
    sizes = [_size(signed.browser(one.who), one) for one in asked]
    [usual] = [
        size for one, size in zip(asked, sizes, strict=True) if size and one.name == pages.CARNET
    ]
    there = [(one, size) for one, size in zip(asked, sizes, strict=True) if size is not None]
    pages_read = [(one.path, one.who) for one, _ in there if one.form is None]
    counts = statements.of_pages(*place, pages_read)
    with servers.floor(size for _, size in there if size) as floor:
        for one, size in there:
            say(one.name)
            load, bare = _load(signed.browser(one.who), one), _bare(floor, size or usual)
            count = counts.get((one.path, one.who)) if one.form is None else None
            yield _row(name, one, (server, load), bare, how, size, count)


def _size(browser: Browser, one: Asked) -> int | None:
    """Bytes of the answer, none for what is not there yet."""
    if one.form is not None:
        return 0
    answer, content = browser.get(one.path)
    if answer.status != one.status:
        if one.later:
            return None
        raise RuntimeError(f"GET {one.path}: {answer.status}")
    if one.holds.encode() not in content:
        raise RuntimeError(f"GET {one.path}: {one.holds} is not in it: {content[:200]!r}")
    return len(content)


def _bare(floor: Server, size: int) -> Load:
    return Load(port=floor.port, request=BARE.format(size))


def _load(browser: Browser, one: Asked) -> Load:
    request = browser.written(one.path, one.form)
    return Load(port=browser.port, request=request, status=one.status, holds=one.holds)


def _row(
    name: str,
    one: Asked,
    served: tuple[Server, Load],
    bare: Load,
    how: Thoroughness,
    size: int,
    count: int | None,
) -> Row:
    server, load = served
    before = server.cpu_seconds
    [answered, of_floor] = applied(
        load.lasting(0, how.beside), bare.lasting(0, how.beside), how="shifts"
    )
    used = 1000 * (server.cpu_seconds - before) / answered.answers
    crowd = _crowd(load, how)
    return Row(
        database=name,
        name=one.name,
        kilobytes=size / 1000,
        statements=count,
        milliseconds=used,
        share=100 * answered.a_second / of_floor.a_second if one.floor else None,
        p50=1000 * middle(crowd.latencies),
        p95=1000 * percentile(crowd.latencies, 95),
        p99=1000 * percentile(crowd.latencies, 99),
        least_share=SHARES.get((name, one.name), LEAST_SHARE),
        times_middle=TIMES_MIDDLE,
    )


def _crowd(load: Load, how: Thoroughness) -> Result:
    """Each of the clients has its answers; the first of each does not count."""
    crowd = replace(load, connections=CLIENTS, times=how.crowded + 1, warm_up=0.001)
    [found] = applied(crowd)
    return found
