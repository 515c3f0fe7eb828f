"""What a cycle of the county costs: opened, re-keyed every night, closed."""

from collections.abc import Iterator, Sequence

from tests.bench.county_life import Lived
from tests.bench.table import Figure, middle
from tests.bench.waits import AT_MOST
from tests.bench.weighing import Cost

SECONDS, MB = 20, 10


def turning_figures(name: str, lived: Sequence[Lived], later: Lived) -> Iterator[Figure]:
    """`later` is a cycle after ten years of publications."""
    closings = [one.closing for one in lived]
    first, last = lived[0], lived[-1]
    yield Figure(
        database=name,
        measure="closing a cycle, 5,000 people",
        value=max(cost.seconds for cost in closings),
        unit="s",
        below=SECONDS,
        detail=f"slowest of {len(closings)}: {last.cells} cells, {last.published} published, "
        f"{last.there} cycles before; {later.closing.seconds:.2f} s after {later.there} cycles",
    )
    yield Figure(
        database=name,
        measure="memory while closing",
        value=max(cost.peak - cost.before for cost in closings),
        unit="MB",
        below=MB,
        detail=f"the process: {first.closing.before:.0f} MB before the first, peak "
        f"{first.closing.peak:.0f} MB; {last.closing.before:.0f} MB before the last, peak "
        f"{last.closing.peak:.0f} MB, then {last.closing.after:.0f} MB",
    )
    yield _block(name, "closing a cycle", [*closings, later.closing])
    for measure, costs, after in (
        ("opening a cycle", [one.opening for one in lived], later.opening),
        ("nightly re-key", [one.rekeying for one in lived], later.rekeying),
    ):
        yield _block(name, measure, [*costs, after])
        yield Figure(
            database=name,
            measure=measure,
            value=middle(cost.seconds for cost in costs),
            unit="s",
            detail=f"{after.seconds:.2f} s after {later.there} cycles",
        )


def _block(name: str, what: str, costs: Sequence[Cost]) -> Figure:
    return Figure(
        database=name,
        measure=f"longest block of the loop, {what}",
        value=_longest(costs),
        unit="ms",
        below=AT_MOST,
        detail=f"slowest of {len(costs)}",
    )


def _longest(costs: Sequence[Cost]) -> float:
    return max(1000 * cost.pause for cost in costs)
