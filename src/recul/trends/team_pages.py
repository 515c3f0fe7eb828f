"""What the pages of a team are made of: its place in trends, its story, its markers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from recul import clock
from recul.journal import door
from recul.organisation.queries import teams
from recul.trends import cycles, queries, queries_team, team_words
from recul.trends.contribution import cycle_mean
from recul.trends.figures import ROSTER_MINIMUM
from recul.trends.queries import Published
from recul.trends.queries_team import Marker, Reading
from recul.trends.team_charts import Happening
from recul.trends.team_story import YEAR, Own, Story, story
from recul.vault.opened import OpenVault


@dataclass(frozen=True, slots=True)
class Standing:
    """How a team stands with trends: a cell of its own, now or before, or one with others.

    `pool` is the story of the unit's small teams together, or of the whole unit when they are
    too few for one; `open_until`: the last day of the
    cycle that is open, none where none is.
    """

    cell: UUID | None
    open_until: date | None
    story: Story | None
    pool: Story | None
    pool_is_unit: bool
    closed: bool
    """At least one cycle of this cell is over."""
    alone: bool
    """The team has a cell of its own in the cycle that is open."""
    large: bool
    """It would have one, if a cycle opened today."""


def since() -> int:
    """The number of the cycle before the first that a page shows."""
    return cycles.number_on(clock.today()) - YEAR - 1


async def standing(
    reading: Reading, markers: Sequence[Marker] = (), own: Own | None = None
) -> Standing:
    """The same number of statements for every team."""
    cell = await queries.cell_of_team(reading.team.id)
    pool = await queries.pool_of_unit(reading.team.unit)
    published = await queries.published(cell, after=since()) if cell else []
    published = upto(published, reading.until)
    pooled = story(await queries.published(pool, after=since())) if pool else None
    unit = None
    if reading.member and not published and not pooled:
        of_unit = await queries.published_of_place(reading.team.unit, after=since())
        unit = story(of_unit, together=True)
    is_open = await queries.open_cycle()
    return Standing(
        cell=cell,
        open_until=cycles.last_day(is_open) if is_open else None,
        story=story(published, happenings(markers), own),
        pool=pooled or unit,
        pool_is_unit=pooled is None,
        closed=bool(published),
        large=bool(cell) or await _is_large(reading),
        alone=bool(cell and is_open and await queries.roster(cell)),
    )


async def _is_large(reading: Reading) -> bool:
    members = await teams.members(reading.team.id)
    fewest = max(reading.settings["roster_minimum"], ROSTER_MINIMUM)
    return sum(member.home for member in members) >= fewest


def upto(published: list[Published], until: int | None) -> list[Published]:
    return [one for one in published if until is None or one.cycle <= until]


def happenings(markers: Sequence[Marker]) -> list[Happening]:
    return [
        Happening(one.month, one.words, own=True)
        if one.kind == team_words.OWN
        else Happening(one.month, team_words.MARKERS[one.kind], own=False)
        for one in markers
    ]


async def markers(reading: Reading) -> list[Marker]:
    return await queries_team.markers(reading.team.id)


async def own_line(vault: OpenVault) -> Own:
    """The viewer's own means of the cycles that a page shows; from her journal, kept nowhere."""
    current = cycles.number_on(clock.today())
    first = since() + 1
    answers = await door.weekly_answers(vault, cycles.first_day(first), cycles.last_day(current))
    found: dict[str, dict[int, float]] = {}
    for dimension, weeks in answers.items():
        for cycle in range(first, current):
            of_cycle = {day: weeks[day] for day in cycles.mondays(cycle) if day in weeks}
            mean = cycle_mean(of_cycle)
            if mean is not None:
                found.setdefault(dimension, {})[cycle] = float(mean)
    return found
