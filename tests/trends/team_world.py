"""Publications for tests of the pages of a team, written as a close would have."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from html import unescape
from uuid import UUID, uuid4

from piccolo.querystring import QueryString
from tests.organisation.world import House
from tests.visitors import Visitor

from recul import clock
from recul.database import fetch
from recul.trends import cycles, queries, queries_team
from recul.trends.actions import commitments, markers, votes
from recul.trends.contribution import DIMENSIONS
from recul.web.roles import Role

LAST = 37
"""The last cycle that is over on 24 November 2026; it was out on 2 November."""
PUBLISHED_ON = cycles.first_day(LAST + 1)
YES = {"voice": "yes", "cycle": LAST}
MEMBERS = (Role.SELF, Role.COLLEAGUE, Role.STEWARD)

CYCLE = "INSERT INTO cycle (number, closed, out_on) VALUES ({}, {}, {}) ON CONFLICT DO NOTHING"
CELL = "INSERT INTO cell (id, team, unit) VALUES ({}, {}, {})"
OUT = "INSERT INTO publication (cell, cycle, published) VALUES ({}, {}, {})"
FIGURE = (
    "INSERT INTO publication_figure (cell, cycle, dimension, figure, noisy_s, noisy_n, centre)"
    " VALUES ({}, {}, {}, {}, 0, {}, 50)"
)
UPPER = (
    "INSERT INTO upper_figure (place, cycle, dimension, figure, people, cells)"
    " VALUES ({}, {}, {}, {}, {}, {})"
)
Figures = Mapping[str, int]


def all_at(figure: int) -> Figures:
    return dict.fromkeys(DIMENSIONS, figure)


async def cell(house: House, *, pool: bool = False) -> UUID:
    found = await (queries.pool_of_unit(house.unit) if pool else queries.cell_of_team(house.team))
    if found is None:
        found = uuid4()
        await fetch(QueryString(CELL, found, None if pool else house.team, house.unit))
    return found


async def publish(
    house: House,
    cycle: int,
    figures: Figures,
    *,
    people: int = 9,
    pool: bool = False,
    out_on: date | None = None,
) -> None:
    of = await cell(house, pool=pool)
    await fetch(QueryString(CYCLE, cycle, True, out_on or cycles.first_day(cycle + 1)))
    await fetch(QueryString(OUT, of, cycle, bool(figures)))
    for dimension, figure in figures.items():
        await fetch(QueryString(FIGURE, of, cycle, dimension, figure, people))


async def publish_place(place: UUID, cycle: int, figures: Figures, *, cells: int) -> None:
    await fetch(QueryString(CYCLE, cycle, True, cycles.first_day(cycle + 1)))
    for dimension, figure in figures.items():
        await fetch(QueryString(UPPER, place, cycle, dimension, figure, 9 * cells, cells))


async def a_year(house: House, count: int = 4, last: int = LAST) -> None:
    """Steady figures, and a workload that jumps in the last cycle."""
    for cycle in range(last - count + 1, last + 1):
        jump = {"workload": 90} if cycle == last else {}
        await publish(house, cycle, {**all_at(50), **jump})


async def agreed(house: House, cycle: int = LAST) -> None:
    """Everybody of the house says yes."""
    for role in (Role.SELF, Role.COLLEAGUE, Role.STEWARD):
        await votes.vote(house.ids[role], house.team, cycle, yes=True)


async def talked(house: House) -> dict[str, UUID]:
    """What paths about a team may name, once it has figures that it shares: for the matrix."""
    last = cycles.number_on(clock.today()) - 2
    await a_year(house, 4, last)
    await agreed(house, last)
    await markers.add(house.team, cycles.first_day(last).replace(day=1), "vacancy", "")
    [marker] = await queries_team.markers(house.team)
    commitment = await commitments.add(house.team, last, "Un écrit de moins", "", None)
    return {"marker": marker.id, "commitment": commitment}


def on(day: date) -> AbstractContextManager[None]:
    """Nine in the morning of a day."""
    return clock.set_to(datetime(day.year, day.month, day.day, 9, tzinfo=UTC))


def at(house: House, page: str) -> str:
    return f"/equipes/{house.team}/{page}"


async def text(visitor: Visitor, path: str) -> str:
    """What a page says, on one line and with plain spaces."""
    answer = await visitor.get(path)
    assert answer.status_code == 200, path
    return " ".join(unescape(answer.text).replace("\u202f", " ").split())
