"""One figure with its aim, and all of them as a table."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from html import escape
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
        return "ok" if high_enough and low_enough else f"short of {self.aim}"

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


ROW_HEADINGS = (
    *("database", "page or write", "kB", "statements", "ms of processor", "% of floor"),
    *("p50 ms", "p95 ms", "p99 ms", "p99 / p50", ""),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A page or a write: its share of the floor with 8 clients, its waits with 32."""

    database: str
    name: str
    kilobytes: float
    statements: int | None
    milliseconds: float
    share: float | None
    p50: float
    p95: float
    p99: float
    least_share: float
    times_middle: float

    @property
    def verdict(self) -> str:
        short = []
        if self.share is not None and self.share < self.least_share:
            short.append(f"short of {self.least_share:g} % of the floor")
        if self.p99 > self.times_middle * self.p50:
            short.append(f"p99 beyond {self.times_middle:g} × p50")
        return "; ".join(short) or "ok"

    @property
    def cells(self) -> tuple[str, ...]:
        return (
            self.database,
            self.name,
            f"{self.kilobytes:.0f}" if self.kilobytes else "",
            "" if self.statements is None else str(self.statements),
            f"{self.milliseconds:.2f}",
            "" if self.share is None else f"{self.share:.1f}",
            f"{self.p50:.1f}",
            f"{self.p95:.1f}",
            f"{self.p99:.1f}",
            f"{self.p99 / self.p50:.1f} ×",
            self.verdict,
        )


def printed(figures: Sequence[Figure]) -> str:
    return _lined([HEADINGS, *(figure.cells for figure in figures)], numbers={2})


def printed_rows(rows: Sequence[Row]) -> str:
    return _lined([ROW_HEADINGS, *(row.cells for row in rows)], numbers=set(range(2, 10)))


def as_page(title: str, figures: Sequence[Figure], rows: Sequence[Row]) -> str:
    """The same two tables as one file that asks nothing of any server."""
    tables = (
        _table(ROW_HEADINGS, [row.cells for row in rows]),
        _table(HEADINGS, [figure.cells for figure in figures]),
    )
    return PAGE.format(title=escape(title), tables="\n".join(tables))


PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Recul, measured</title>
<style>
body {{ font: 14px/1.5 system-ui, sans-serif; margin: 2rem; }}
table {{ border-collapse: collapse; margin: 2rem 0; }}
th, td {{ padding: .2rem .7rem; border-bottom: 1px solid #ccc; text-align: left; }}
.short {{ font-weight: bold; }}
</style>
<h1>Recul, measured</h1>
<p>{title}</p>
{tables}
</html>
"""


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    head = "".join(f"<th>{escape(name)}</th>" for name in headings)
    body = "\n".join(
        f"<tr{' class=short' if any(map(_is_short, row)) else ''}>"
        + "".join(f"<td>{escape(cell)}</td>" for cell in row)
        + "</tr>"
        for row in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>\n{body}\n</tbody></table>"


def _is_short(cell: str) -> bool:
    return cell.startswith(("short of", "p99 beyond"))


def _lined(rows: Sequence[Sequence[str]], numbers: Container[int]) -> str:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [_line(row, widths, numbers) for row in rows]
    return "\n".join([lines[0], "-" * max(map(len, lines)), *lines[1:]])


def _line(row: Sequence[str], widths: Sequence[int], numbers: Container[int]) -> str:
    cells = [
        cell.rjust(width) if column in numbers else cell.ljust(width)
        for column, (cell, width) in enumerate(zip(row, widths, strict=True))
    ]
    return "  ".join(cells).rstrip()


def percentile(values: Sequence[float], percent: int) -> float:
    """The value that `percent` of all stay at or below."""
    return sorted(values)[min(len(values) - 1, len(values) * percent // 100)]


def middle(values: Iterable[float]) -> float:
    return median(values)
