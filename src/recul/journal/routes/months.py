"""The journal by months."""

from datetime import date
from typing import Any

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from recul import clock
from recul.journal import timeline, when
from recul.journal.actions.filing import entries_of_months
from recul.journal.routes.reading import READING
from recul.web.pages import page
from recul.web.reach import Reach
from recul.web.viewer import WebRequest

EARLIEST = timeline.month_of(when.EARLIEST)


@get("/carnet", reach=Reach.OPEN_VAULT, thing="journal")
async def this_month(request: WebRequest) -> Response[Any]:
    today = clock.local(request.viewer.time_zone).date()
    return await _month(request, timeline.month_of(today))


@get("/carnet/mois/{month:str}", reach=Reach.OPEN_VAULT, thing="journal")
async def one_month(request: WebRequest, month: FromPath[str]) -> Response[Any]:
    return await _month(request, month)


async def _month(request: WebRequest, month: FromPath[str]) -> Response[Any]:
    try:
        first = timeline.first_day(month)
    except ValueError:
        raise NotFoundException from None
    current = timeline.month_of(clock.local(request.viewer.time_zone).date())
    return page(
        request,
        "journal/month.html",
        days=timeline.days(await entries_of_months(request.vault, [month])),
        first=first,
        before=timeline.first_day(timeline.shifted(month, -1)) if month > EARLIEST else None,
        after=timeline.first_day(timeline.shifted(month, 1)) if month < current else None,
        elsewhere=_elsewhere(month, current),
        **READING,
    )


def _elsewhere(month: str, current: str) -> list[date]:
    """The months of a year before and after, newest first: none is opened to name them."""
    near = [timeline.shifted(month, by) for by in range(12, -13, -1) if by]
    return [timeline.first_day(other) for other in near if EARLIEST <= other <= current]


handlers = [this_month, one_month]
