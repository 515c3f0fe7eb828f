"""How long one person waits: with a long journal, for a search, while others sign in."""

from collections.abc import Iterator
from typing import Any

from tests.bench import in_turns, world
from tests.bench.asking import Load, Result
from tests.bench.browser import Browser
from tests.bench.load import applied
from tests.bench.pages import MOMENT
from tests.bench.servers import Server
from tests.bench.table import Figure, middle, percentile
from tests.bench.thoroughness import Thoroughness

SEARCHES = (("rare17x", "in one moment of ninety"), ("famille", "in every moment"))
"""What is asked, and where it is found."""


def one(server: Server, request: str, **more: Any) -> Load:
    return Load(port=server.port, request=request, connections=1, **more)


def _milliseconds(result: Result) -> float:
    return 1000 * middle(result.latencies)


def months(name: str, server: Server, how: Thoroughness) -> Iterator[Figure]:
    """The same month of the same moments, in a long journal and in a short one, in turns."""
    path = f"/carnet/mois/{world.MONTH}"
    long, short = (
        one(server, Browser(server.port).sign_in(email).written(path), holds=MOMENT)
        for email in (world.TEN_YEARS, world.THIRTY)
    )
    waits = in_turns.asked(long, short, how)
    yield Figure(
        database=name,
        measure="month of a ten-year journal",
        value=waits.ratio,
        unit="×",
        below=1.5,
        detail=f"{waits.first:.1f} ms; {waits.second:.1f} ms in a journal of 30 moments",
    )


def searches(name: str, server: Server, how: Thoroughness) -> Iterator[Figure]:
    """From the question to the answer, which is longer than the time in the server."""
    browser = Browser(server.port).sign_in(world.TEN_YEARS)
    for word, where in SEARCHES:
        request = browser.written(browser.sent_to("/carnet/recherche", {"mots": word}))
        [result] = applied(one(server, request, times=how.searches))
        yield Figure(
            database=name,
            measure=f"search in ten years, {where}",
            value=_milliseconds(result),
            unit="ms",
            below=250,
            detail=f"slowest of {how.searches}: {1000 * max(result.latencies):.0f} ms",
        )


def crowd(name: str, server: Server, reader: Browser, how: Thoroughness) -> Iterator[Figure]:
    """A page every few milliseconds, alone and while twenty people sign in at once."""
    page = reader.written("/carnet")
    reading = one(server, page, holds=MOMENT, pause=0.005, seconds=2 * how.seconds)
    sign_ins = [
        one(server, Browser(server.port).written_sign_in(email), status=303, times=1)
        for email in world.CROWD
    ]
    quiet: list[float] = []
    busy: list[float] = []
    waits: list[float] = []
    for _ in range(how.crowds):
        quiet += applied(reading)[0].latencies
        read, *signed_in = applied(reading, *sign_ins)
        busy += read.latencies
        waits.append(max(latency for one in signed_in for latency in one.latencies))
    calm, pressed = percentile(quiet, 95), percentile(busy, 95)
    yield Figure(
        database=name,
        measure="p95 while 20 people sign in",
        value=pressed / calm,
        unit="×",
        below=5,
        detail=f"/carnet {1000 * pressed:.1f} ms, quiet {1000 * calm:.1f} ms; "
        f"the last of the 20 waits {middle(waits):.1f} s",
    )
