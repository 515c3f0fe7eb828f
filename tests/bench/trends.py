"""Trends of a county: closing its cycles, a team's page, and what they add to a check-in."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import Any
from uuid import UUID

from tests.bench import (
    county,
    cover,
    history,
    in_turns,
    servers,
    statements,
)
from tests.bench.browser import Browser
from tests.bench.county import County
from tests.bench.latency import one
from tests.bench.pages import DRAWN
from tests.bench.servers import Server
from tests.bench.table import Figure
from tests.bench.thoroughness import Thoroughness

from recul.settings import Settings

YEARS = 10
OF_A_YEAR = 13
Place = tuple[str, Path]
"""The address of a database, and the folder of its server."""


def figures(
    name: str, year: Place, ten: Place, made: County, how: Thoroughness, say: Any
) -> Iterator[Figure]:
    """One county after a year of publications, and its copy after ten."""
    say("a team's page after ten years, and check-ins")
    yield _statements(name, year, ten, made.old, made.young)
    yield from _served(name, year, ten, f"/equipes/{made.old}/tendance", how)


async def nine_years_more(_: Settings) -> None:
    """The same figures again and again, before those that are there."""
    last = county.first_cycle() + county.CYCLES_BEFORE - 1
    for years in range(1, YEARS):
        shift = -OF_A_YEAR * years
        await history.repeated(last - OF_A_YEAR + 1, last, shift=shift - 1)


def _statements(name: str, year: Place, ten: Place, old: UUID, young: UUID) -> Figure:
    one_publication, a_year, ten_years = (
        statements.of_page(*place, f"/equipes/{team}/tendance", email)
        for place, team, email in (
            (year, young, county.YOUNGSTER),
            (year, old, county.WRITERS[0]),
            (ten, old, county.WRITERS[0]),
        )
    )
    return Figure(
        database=name,
        measure="team page, statements",
        value=max(a_year, ten_years),
        unit="",
        below=one_publication,
        detail=f"{one_publication} with 1 publication, {a_year} with {county.CYCLES_BEFORE}, "
        f"{ten_years} after {YEARS} years",
    )


def _served(name: str, year: Place, ten: Place, path: str, how: Thoroughness) -> Iterator[Figure]:
    with ExitStack() as running:
        server = running.enter_context(_server(year))
        later = running.enter_context(_server(ten))
        deaf = running.enter_context(_server(year, module="tests.bench.without_trends"))
        yield _after_ten_years(name, server, later, path, how)
        yield from cover.figures(name, year, server, deaf, how)


def _server(place: Place, **more: str) -> AbstractContextManager[Server]:
    url, folder = place
    return servers.recul(folder, url, "--no-worker", **county.CHEAP, **more)


def _after_ten_years(
    name: str, server: Server, later: Server, path: str, how: Thoroughness
) -> Figure:
    ten, year = (
        one(each, Browser(each.port).sign_in(county.WRITERS[0]).written(path), holds=DRAWN)
        for each in (later, server)
    )
    waits = in_turns.asked(ten, year, how)
    return Figure(
        database=name,
        measure="team page after ten years",
        value=waits.ratio,
        unit="×",
        below=1.1,
        detail=f"{waits.first:.2f} ms; {waits.second:.2f} ms after one year",
    )
