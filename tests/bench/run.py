"""Everything that is measured on one database."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from shutil import copytree

from tests.bench import (
    beside,
    booking,
    busy,
    county,
    county_life,
    growth,
    latency,
    pages,
    servers,
    several,
    trends,
    vitals,
    waits,
    whole,
    world,
)
from tests.bench.browser import Browser
from tests.bench.databases import Kind
from tests.bench.servers import Server
from tests.bench.table import Figure, Row
from tests.bench.thoroughness import Thoroughness
from tests.bench.turning import turning_figures
from tests.bench.whole import Whole

from recul.accounts.tables import Account
from recul.settings import Settings

Place = tuple[str, Path]
Found = Iterator[Figure | Row]
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class House:
    """A database of the whole product, the folder of its server, and what is in it."""

    place: Place
    made: Whole
    people: int


def on(kind: Kind, folder: Path, how: Thoroughness, say: Say) -> Found:
    folder, name = folder / kind.name, kind.name
    say(f"making a house of {county.PEOPLE:,} people")
    large, few = _house(kind, folder, how, large=True), _house(kind, folder, how, large=False)
    lived = county_life.years(*large.place, how.closings)
    county_life.years(*few.place, 2)
    ten = kind.copied("large", "ten"), folder / "ten"
    copytree(large.place[1], ten[1])
    world.with_database(county.settings_for(*ten), trends.nine_years_more)
    say(f"a journal of {how.many:,} moments")
    growth.add_journals(large.place, how)
    yield from _quiet(name, large, how, say)
    yield from _every_page(name, large, few, how, say)
    yield from trends.figures(name, large.place, ten, large.made.county, how, say)
    yield from booking.figures(name, large, few, how, say)
    say("two workers")
    yield from several.figures(name, large.place, how)
    say("what blocks the loop")
    yield from busy.figures(name, large.place, large.made)
    say(f"one more cycle after {trends.YEARS} years")
    yield from turning_figures(name, lived, county_life.one_more(*ten))


def _house(kind: Kind, folder: Path, how: Thoroughness, *, large: bool) -> House:
    called = "large" if large else "few"
    place = kind.made(called), folder / called
    make = partial(whole.make, large=large, rushes=2 * how.rounds if large else 0)
    settings = county.settings_for(*place)
    made = world.with_database(settings, make)
    return House(place, made, world.with_database(settings, _people))


async def _people(_: Settings) -> int:
    found: int = await Account.count()
    return found


def _quiet(name: str, large: House, how: Thoroughness, say: Say) -> Found:
    """With the real cost of passwords."""
    url, folder = large.place
    with servers.recul(folder, url, "--no-worker") as server:
        reader = Browser(server.port).sign_in(world.READER)
        reader.get("/")
        memory = server.resident_mb
        say("long journals, sign-ins")
        yield from latency.months(name, server, how)
        yield from latency.searches(name, server, how)
        yield from latency.crowd(name, server, reader, how)
        yield _memory(name, memory, server)
        say("a slow phone")
        if name == "SQLite":  # a browser sees no difference
            yield from vitals.figures(name, server)
    with servers.recul(folder, url, "--no-worker") as again:
        yield Figure(
            database=name,
            measure="second start",
            value=again.start_seconds,
            unit="s",
            below=3,
            detail="from the command to the first answer",
        )


def _memory(name: str, memory: float, server: Server) -> Figure:
    return Figure(
        database=name,
        measure="idle memory",
        value=memory,
        unit="MB",
        below=150,
        detail=f"{server.resident_mb:.0f} MB after long journals and sign-ins",
    )


def _every_page(name: str, large: House, few: House, how: Thoroughness, say: Say) -> Found:
    with ExitStack() as running:
        url, folder = large.place
        watched = waits.watching(folder, url, "--no-worker", **county.CHEAP)
        server, watch = running.enter_context(watched)
        say("journals that grow")
        yield from growth.with_moments(name, large.place, server, how)
        say("houses that grow")
        small = servers.recul(few.place[1], few.place[0], "--no-worker", **county.CHEAP)
        served = server, running.enter_context(small)
        places, made = (large.place, few.place), (large.made, few.made)
        people = large.people, few.people
        yield from growth.with_people(name, places, made, served, people, how)
        asked = list(pages.asked(large.made, server))
        with watch.over("every page, 8 and 32 clients"):
            yield from beside.rows(name, large.place, server, asked, how, say)
        yield from watch.figures(name)
        yield Figure(
            database=name,
            measure="memory after every page",
            value=server.resident_mb,
            unit="MB",
        )
