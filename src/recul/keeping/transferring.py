"""Moving an instance to another database: every table, every row, as it is."""

from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Any

from recul import database
from recul.database import Database
from recul.keeping.alone import refuse_others
from recul.keeping.document import Sum, Tally
from recul.keeping.refusals import Damaged, Refused
from recul.keeping.shapes import Shape
from recul.keeping.snapshots import Snapshot, migrations_of, snapshot, sum_of
from recul.keeping.targets import Target, empty_target, refuse_other_schema
from recul.progress import Done, Progress

Report = list[tuple[str, Sum]]
"""Each table, with the sum that it has on both sides."""


async def transfer(source: Database, engine: Database, progress: Progress) -> Report:
    """Copy all of `source` into the empty `engine`, and compare every row of both.

    Nobody writes into `source` meanwhile, and nobody may be connected to either: what were
    written afterwards would be lost. `source` stays as it is. Raises Refused, Damaged or
    Unreachable.
    """
    await refuse_others(source, "the database to be copied")
    async with snapshot(source, frozen=True) as before:
        found = await before.shapes()
        migrations = await migrations_of(before, ["migration"] if found else [])
        if migrations != database.known_migrations():
            raise Refused("The database is not of this version: run `recul migrate` first.")
        async with empty_target(engine) as target:
            await database.migrate()
            await refuse_other_schema(found, target)
            report = await _copied(before, found, target, progress)
            await target.check()
            await _compare(report, found, target, progress)
    return report


async def _copied(
    before: Snapshot, found: Iterable[Shape], target: Target, progress: Progress
) -> Report:
    counts = {s.name: await before.value(f'SELECT COUNT(*) FROM "{s.name}"') for s in found}
    report = []
    with progress.of("Copying", sum(counts.values())) as done:
        for shape in found:
            tally = Tally(shape)
            await target.fill(shape, _told(before.blocks(shape), tally, done))
            report.append((shape.name, tally.sum))
    return report


async def _told(
    blocks: AsyncIterator[Sequence[Sequence[Any]]], tally: Tally, done: Done
) -> AsyncIterator[Sequence[Sequence[Any]]]:
    async for rows in blocks:
        tally.add(rows)
        yield rows
        done(len(rows))


async def _compare(
    report: Report, found: Iterable[Shape], target: Target, progress: Progress
) -> None:
    expected, after = dict(report), target.reading()
    with progress.of("Comparing", len(expected)) as done:
        for shape in found:
            if await sum_of(after, shape) != expected[shape.name]:
                raise Damaged(f"The table {shape.name} is not the same on both sides.")
            done(1)
