"""How cost grows: with a journal, with the people in the house, with the years."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from tests.bench import county, in_turns, statements, world
from tests.bench.browser import Browser
from tests.bench.latency import one
from tests.bench.load import applied
from tests.bench.servers import Server
from tests.bench.table import Figure, middle
from tests.bench.thoroughness import Thoroughness
from tests.bench.whole import ORGANISER, Whole

from recul.journal.moments import Moment
from recul.settings import Settings

SHORT = "cent@recul.example"
LONG = "toujours@recul.example"
HUNDRED = 100
A_DAY = 3
Place = tuple[str, Path]


@dataclass(frozen=True, slots=True)
class Compared:
    """One page of two people, or of one in two houses: the path for the large and the small."""

    name: str
    who: tuple[str, str]
    paths: tuple[str, str]
    at_most: float


async def journals(many: int, settings: Settings) -> None:
    """Two people who write: one has a hundred moments, the other so many; the last are the
    same."""
    written = list(_moments(many))
    await world.person(settings, LONG, written)
    await world.person(settings, SHORT, written[:HUNDRED])


def _moments(many: int) -> Iterator[Moment]:
    """Newest first, three a day until the end of the measured month."""
    text = " ".join(world.WORDS * 3)
    last = date.fromisoformat(f"{world.MONTH}-30")
    for number in range(many):
        day = last - timedelta(days=number // A_DAY)
        yield Moment(
            at=world.at(day, 9 + 4 * (number % A_DAY)),
            workload=number % 5 + 1,
            feelings=("joy", "tiredness"),
            contexts=("home_visit",),
            sections=(("line", text),),
        )


def with_moments(name: str, place: Place, server: Server, how: Thoroughness) -> Iterator[Figure]:
    """Pages of a month, then what reads everything."""
    who = (LONG, SHORT)
    for label, path, most in (
        ("month", f"/carnet/mois/{world.MONTH}", 1.5),
        ("check-in", "/carnet/vite", 1.5),
        ("home", "/", 1.5),
    ):
        compared = Compared(f"GET {label}", who, (path, path), most)
        grown = f"{HUNDRED} to {how.many:,} moments"
        yield _ratio(name, compared, (place, place), (server, server), grown, how)
    long, short = (Browser(server.port).sign_in(each) for each in who)
    for label, path in (("search", "/carnet/recherche"), ("trends", "/carnet/tendances")):
        waits = [_milliseconds(server, each, path, how) for each in (long, short)]
        yield Figure(
            database=name,
            measure=f"{label} in {how.many:,} moments",
            value=waits[0] / how.many * 1000,
            unit="µs a moment",
            detail=f"{waits[0]:.0f} ms; {waits[1]:.1f} ms in {HUNDRED}",
        )


def _milliseconds(server: Server, browser: Browser, path: str, how: Thoroughness) -> float:
    if path.endswith("recherche"):
        path = browser.sent_to(path, {"mots": "cantine"})
    [found] = applied(one(server, browser.written(path), times=how.searches))
    return 1000 * middle(found.latencies)


def with_people(
    name: str,
    places: tuple[Place, Place],
    made: tuple[Whole, Whole],
    served: tuple[Server, Server],
    people: tuple[int, int],
    how: Thoroughness,
) -> Iterator[Figure]:
    """The same pages in the large house and the small one."""
    large, small = made
    writer = county.WRITERS[0]
    for label, who, path in (
        ("check-in form", writer, "/carnet/vite"),
        ("team page", writer, "/equipes/{0.old}/tendance"),
        ("unit page", writer, "/equipes/service/{0.unit}"),
        ("contribution", writer, "/equipe/ma-contribution"),
        ("people, first page", ORGANISER, "/structure/personnes"),
        ("structure", ORGANISER, "/structure/{0.organisation}"),
    ):
        paths = path.format(large.county), path.format(small.county)
        compared = Compared(f"GET {label}", (who, who), paths, 2.0)
        grown = f"{people[1]:,} to {people[0]:,} people"
        yield _ratio(name, compared, places, served, grown, how)


def _ratio(
    name: str,
    compared: Compared,
    places: tuple[Place, Place],
    served: tuple[Server, Server],
    grown: str,
    how: Thoroughness,
) -> Figure:
    each = list(zip(served, compared.who, compared.paths, strict=True))
    large, small = (
        one(server, Browser(server.port).sign_in(who).written(path), holds="<main")
        for server, who, path in each
    )
    counts = [
        statements.of_page(*place, path, who)
        for place, (_, who, path) in zip(places, each, strict=True)
    ]
    waits = in_turns.asked(large, small, how)
    return Figure(
        database=name,
        measure=f"{compared.name}, {grown}",
        value=waits.ratio,
        unit="×",
        below=compared.at_most,
        detail=f"{waits.first:.2f} ms; {waits.second:.2f} ms; statements {counts[0]}, {counts[1]}",
    )


def add_journals(place: Place, how: Thoroughness) -> None:
    settings = county.settings_for(*place)
    world.with_database(settings, partial(journals, how.many))
