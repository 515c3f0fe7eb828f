"""Closing a cycle: figures come out once, then cells and keys are gone.

One transaction writes every figure and deletes every cell, so a crash leaves all of it to do or
nothing but keys to destroy. The noise was in the cells from their first moment: there is none to
draw here, whatever is repeated.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any
from uuid import UUID

import anyio.to_thread
from piccolo.querystring import QueryString

from recul import clock
from recul.database import empty_log, fetch, write_transaction
from recul.trends import figures, keyring, queries, sealing, steps
from recul.trends.actions.opening import insert
from recul.trends.actions.rekeying import destroy_old_keys
from recul.trends.contribution import DIMENSIONS
from recul.trends.keyring import KeyLost, Name
from recul.trends.places import Places, Unit
from recul.trends.sums import Sum, Sums

CLOSE = """
UPDATE cycle SET closed = {}, out_on = {} WHERE number = {} AND NOT closed RETURNING number"""
SEALED = """
SELECT s.cell, s.key_version, s.box, c.unit FROM sealed_cell s JOIN cell c ON c.id = s.cell
WHERE s.cycle = {} ORDER BY s.cell"""
ADD_PUBLICATION = "INSERT INTO publication (cell, cycle, published) VALUES "
ADD_FIGURE = (
    "INSERT INTO publication_figure"
    " (cell, cycle, dimension, figure, noisy_s, noisy_n, centre) VALUES "
)
FORGET = (
    "DELETE FROM sealed_cell WHERE cycle <= {}",
    "DELETE FROM roster WHERE cycle <= {}",
)
ADD_UPPER = "INSERT INTO upper_figure (place, cycle, dimension, figure, people, cells) VALUES "


@dataclass(frozen=True, slots=True)
class Closing:
    """A cell at its end. Without sums, its key was lost."""

    cell: UUID
    unit: UUID
    sums: Sums | None

    @property
    def published(self) -> dict[str, Sum]:
        return self._divided(published=True)

    @property
    def pooled(self) -> dict[str, Sum]:
        """What only goes into sums above, together with others like it."""
        return self._divided(published=False)

    def _divided(self, *, published: bool) -> dict[str, Sum]:
        if self.sums is None:
            return {}
        many = self.sums.many
        found = self.sums.by_dimension.items()
        return {d: s for d, s in found if figures.may_be_published(s, many=many) is published}


async def close_cycle(number: int, places: Places) -> None:
    """Publish, delete the cells, destroy the keys. Safe to repeat, in several processes too."""
    await anyio.to_thread.run_sync(keyring.bound().note_closed, number)
    steps.reached("closing: noted")
    units = await places.units()
    async with write_transaction():
        if await fetch(QueryString(CLOSE, True, clock.today(), number)):
            steps.reached("closing: begun")
            await _publish(number, units)
            steps.reached("closing: published")
            await _forget(number)
            steps.reached("closing: forgotten")
    steps.reached("closing: committed")
    await destroy_old_keys()
    await empty_log()


async def _publish(number: int, units: Mapping[UUID, Unit]) -> None:
    rows = await fetch(QueryString(SEALED + queries.for_update("s"), number))
    steps.reached("closing: locked")
    closings = await anyio.to_thread.run_sync(lambda: [_closing(row, number) for row in rows])
    await insert(ADD_PUBLICATION, [(c.cell, number, bool(c.published)) for c in closings])
    await insert(ADD_FIGURE, list(chain.from_iterable(_rows(c, number) for c in closings)))
    steps.reached("closing: cells published")
    uppers = upper_figures(closings, units)
    await insert(ADD_UPPER, [(place, number, d, *point) for place, d, point in uppers])


def _closing(row: Mapping[str, Any], number: int) -> Closing:
    name = Name(row["cell"], number, row["key_version"])
    try:
        return Closing(row["cell"], row["unit"], sealing.opened(name, row["box"]))
    except KeyLost:
        return Closing(row["cell"], row["unit"], None)


def _rows(closing: Closing, number: int) -> Iterable[tuple[Any, ...]]:
    for dimension, found in closing.published.items():
        figure = figures.figure(found)
        noisy = (found.noisy_sum, found.noisy_count, found.centre)
        yield (closing.cell, number, dimension, figure, *noisy)


def upper_figures(
    closings: Iterable[Closing], units: Mapping[UUID, Unit]
) -> Iterable[tuple[UUID, str, tuple[int, int, int]]]:
    """(place, question, (figure, people, cells)) of every unit and organisation that has one."""
    by_place: dict[UUID, list[Closing]] = {}
    for closing in closings:
        by_place.setdefault(closing.unit, []).append(closing)
        if closing.unit in units:
            by_place.setdefault(units[closing.unit].organisation, []).append(closing)
    for place, found in by_place.items():
        for dimension in DIMENSIONS:
            point = joined(found, dimension)
            if point is not None:
                yield place, dimension, (point.figure, point.people, point.cells)


def joined(closings: Iterable[Closing], dimension: str) -> figures.Point | None:
    every = list(closings)
    published = (closing.published.get(dimension) for closing in every)
    pooled = (closing.pooled.get(dimension) for closing in every)
    return figures.joined(
        map(figures.part, filter(None, published)), map(figures.part, filter(None, pooled))
    )


async def _forget(number: int) -> None:
    for statement in FORGET:
        await fetch(QueryString(statement, number))
