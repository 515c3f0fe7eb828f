"""One figure with its aim, and all of them as a table."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

HEADINGS = ("database", "measure", "figure", "aim", "", "how it came about")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    database: str
    measure: str
    value: float
    unit: str
    at_least: float | None = None
    below: float | None = None
    detail: str = ""

    @property
    def verdict(self) -> str:
        if self.at_least is None and self.below is None:
            return ""
        high_enough = self.at_least is None or self.value >= self.at_least
        low_enough = self.below is None or self.value <= self.below
        return "ok" if high_enough and low_enough else "MISSED"

    @property
    def aim(self) -> str:
        if self.at_least is not None:
            return f"≥ {self.at_least:g} {self.unit}"
        return f"≤ {self.below:g} {self.unit}" if self.below is not None else ""

    @property
    def cells(self) -> tuple[str, ...]:
        digits = 0 if abs(self.value) >= 100 else 1 if abs(self.value) >= 10 else 2
        figure = f"{self.value:.{digits}f} {self.unit}"
        return (self.database, self.measure, figure, self.aim, self.verdict, self.detail)


def printed(figures: Iterable[Figure]) -> str:
    rows = [HEADINGS, *(figure.cells for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    lines = [_line(row, widths) for row in rows]
    return "\n".join([lines[0], "-" * max(map(len, lines)), *lines[1:]])


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = [
        cell.rjust(width) if column == 2 else cell.ljust(width)
        for column, (cell, width) in enumerate(zip(row, widths, strict=True))
    ]
    return "  ".join(cells).rstrip()


def percentile(values: Sequence[float], percent: int) -> float:
    """The value that `percent` of all stay at or below."""
    return sorted(values)[min(len(values) - 1, len(values) * percent // 100)]


def middle(values: Iterable[float]) -> float:
    return median(values)
