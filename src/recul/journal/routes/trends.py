"""*Mes tendances*: weeks as lines, a year as a grid, and cautious sentences. Shown to oneself."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from litestar import Response, get

from recul import clock
from recul.journal import labels, links, scales, trends
from recul.journal.actions import filing
from recul.journal.charts import LineChart, line_chart
from recul.journal.links import Links
from recul.journal.moments import DIMENSIONS, Entry
from recul.journal.year_grid import YearGrid, year_grid
from recul.web.i18n import translations
from recul.web.pages import page
from recul.web.reach import Reach
from recul.web.templates import language_of
from recul.web.viewer import WebRequest

PAIRS = (("workload", "emotional_load"), ("recovery", "support"))


@dataclass(frozen=True, slots=True)
class Asked:
    """What the page shows: so many weeks, one scale over one year (0: the last twelve months)."""

    weeks: int
    dimension: str
    year: int


@dataclass(frozen=True, slots=True)
class Seen:
    charts: tuple[LineChart, ...]
    grid: YearGrid
    links: Links
    count: int
    years: tuple[int, ...]


@get("/carnet/tendances", reach=Reach.OPEN_VAULT, thing="own_trends")
async def show(request: WebRequest) -> Response[Any]:
    today = clock.local(request.viewer.time_zone).date()
    asked = _asked(request, today)
    seen = await filing.over_everything(
        request.vault, lambda entries: _look_back(entries, asked, today)
    )
    return page(
        request,
        "journal/trends.html",
        asked=asked,
        seen=seen,
        week_choices=trends.WEEK_CHOICES,
        fewest=links.FEWEST_ENTRIES,
        caution=links.CAUTION,
        scales=scales,
        label=labels.labels_in(translations(language_of(request)).gettext),
    )


def _asked(request: WebRequest, today: date) -> Asked:
    """The choices of the page's form; anything else is the usual view."""
    typed = request.query_params
    weeks, year = typed.get("semaines", ""), typed.get("annee", "")
    dimension = typed.get("echelle", "")
    return Asked(
        weeks=next((n for n in trends.WEEK_CHOICES if str(n) == weeks), trends.WEEK_CHOICES[0]),
        dimension=dimension if dimension in DIMENSIONS else "emotional_load",
        year=next((n for n in range(1950, today.year + 1) if str(n) == year), 0),
    )


def _look_back(entries: list[Entry], asked: Asked, today: date) -> Seen:
    """Runs in a worker thread, over the whole journal."""
    series = [[trends.weekly(entries, d, today, asked.weeks) for d in pair] for pair in PAIRS]
    first, last = (
        trends.calendar_year(asked.year) if asked.year else trends.last_twelve_months(today)
    )
    return Seen(
        charts=tuple(chart for pair in series if (chart := line_chart(pair))),
        grid=year_grid(trends.year_days(entries, asked.dimension, first, last)),
        links=links.links(entries),
        count=len(entries),
        years=tuple(sorted({entry.moment.day.year for entry in entries}, reverse=True)),
    )


handlers = [show]
