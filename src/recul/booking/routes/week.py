"""*Ma semaine* and the month: what a facilitator leads, and what waits for her."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from litestar import Response, get

from recul import clock
from recul.booking.calendar_days import Week, by_day, month_of, week_of
from recul.booking.queries import facilitation
from recul.web.pages import page
from recul.web.reach import Reach
from recul.web.viewer import WebRequest


def _instants(request: WebRequest, first: date, after: date) -> tuple[datetime, datetime]:
    zone = ZoneInfo(request.viewer.time_zone)
    return (datetime.combine(first, time(), zone), datetime.combine(after, time(), zone))


@get("/animation", reach=Reach.FACILITATING, thing="facilitation")
async def week(request: WebRequest) -> Response[Any]:
    viewer = request.viewer
    today = clock.local(viewer.time_zone).date()
    shown = week_of(request.query_params.get("semaine", ""), today)
    since, until = _instants(request, shown.monday, shown.monday + timedelta(days=7))
    planned = await facilitation.dates(viewer.id, since, until)
    return page(
        request,
        "booking/facilitating/week.html",
        week=shown,
        this_week=Week(today - timedelta(days=today.weekday())),
        days=by_day(planned, viewer.time_zone),
        sheets=any(one.seats and not (one.person or one.engagement.cancelled) for one in planned),
        **await _waits(viewer.id),
    )


async def _waits(viewer: UUID) -> dict[str, Any]:
    """What waits for her, whichever week is shown."""
    now = clock.now()
    cycles = await facilitation.cycles(viewer, now)
    return {
        "to_decide": [one for one in cycles if one.undecided],
        "requests": [one for one in cycles if one.requests],
        "unnoted": await facilitation.unnoted(viewer, now),
    }


@get("/animation/mois", reach=Reach.FACILITATING, thing="facilitation")
async def month(request: WebRequest) -> Response[Any]:
    viewer = request.viewer
    shown = month_of(request.query_params.get("mois", ""), clock.local(viewer.time_zone).date())
    planned = await facilitation.dates(viewer.id, *_instants(request, shown.first, shown.after))
    return page(
        request,
        "booking/facilitating/month.html",
        month=shown,
        days=by_day(planned, viewer.time_zone),
        minutes=sum(one.engagement.slot.minutes for one in planned if one.takes_place),
    )


handlers = [week, month]
