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
from recul.trends.queries import Place, Published
from recul.trends.queries_team import Marker, Reading
from recul.trends.team_charts import Happening
from recul.trends.team_story import YEAR, Own, Story, story
from recul.vault.opened import OpenVault


@dataclass(frozen=True, slots=True)
class Standing:
    """How a team stands with trends: a cell of its own, now or before, or one with others.

    `pool`, for a team without a cell of its own, is the story of the unit's small teams
    together, or of the whole unit when they are too few for one; `open_until`: the last day of
    the cycle that is open, none where none is.
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
    out_on: date | None = None
    """The day on which its last figures came out."""


def since() -> int:
    """The number of the cycle before the first that a page shows."""
    return cycles.number_on(clock.today()) - YEAR - 1


async def standing(
    reading: Reading,
    markers: Sequence[Marker] = (),
    own: Own | None = None,
    *,
    calm: bool = False,
) -> Standing:
    """The same number of statements for every team that has, or had, a cell of its own, however
    long ago it began."""
    place = await queries.place_of_team(reading.team.id)
    if place.cell is None:
        return await _without_cell(reading, place)
    published = await queries.published(place.cell, after=since())
    published = upto(published, reading.until)
    return Standing(
        cell=place.cell,
        out_on=published[-1].out_on if published else None,
        open_until=place.open_until,
        story=story(published, happenings(markers), own, calm=calm),
        pool=None,
        pool_is_unit=False,
        closed=bool(published),
        alone=place.alone,
        large=True,
    )


async def _without_cell(reading: Reading, place: Place) -> Standing:
    pool, is_unit = await _pool(reading)
    return Standing(
        cell=None,
        out_on=None,
        open_until=place.open_until,
        story=None,
        pool=pool,
        pool_is_unit=is_unit,
        closed=False,
        alone=False,
        large=await _is_large(reading),
    )


async def _pool(reading: Reading) -> tuple[Story | None, bool]:
    """What a small team is in; and whether that is the whole unit, which members alone read."""
    pool = await queries.pool_of_unit(reading.team.unit)
    pooled = story(await queries.published(pool, after=since())) if pool else None
    if pooled is not None or not reading.member:
        return pooled, pooled is None
    of_unit = await queries.published_of_place(reading.team.unit, after=since())
    return story(of_unit, together=True), True


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
