"""Attendance sheets to print: of one meeting, and of a whole week."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from recul import clock
from recul.booking.calendar_days import week_of
from recul.booking.papers.sheets import printed
from recul.booking.queries import sheets
from recul.booking.queries.sheets import Sheet
from recul.booking.queries.within import led_meeting
from recul.documents import attachment
from recul.web.pages import see_other
from recul.web.reach import Reach
from recul.web.templates import language_of
from recul.web.viewer import WebRequest


async def _paper(request: WebRequest, found: list[Sheet]) -> Response[bytes]:
    content = await printed(found, request.viewer.display_name, language_of(request))
    return attachment(content, "emargement.pdf", "application/pdf")


@get(
    "/animation/seances/{meeting:uuid}/emargement.pdf",
    reach=Reach.FACILITATING,
    thing="attendance",
)
async def of_meeting(request: WebRequest, meeting: FromPath[UUID]) -> Response[Any]:
    if await led_meeting(request.viewer.id, meeting) is None:
        raise NotFoundException
    found = await sheets.sheet(request.viewer.id, meeting)
    if found is None:  # It is cancelled: its page says so.
        return see_other(request, f"/animation/seances/{meeting}")
    return await _paper(request, [found])


@get("/animation/emargement.pdf", reach=Reach.FACILITATING, thing="attendance")
async def of_week(request: WebRequest) -> Response[Any]:
    """A sheet for each meeting of the week that is named."""
    viewer = request.viewer
    today = clock.local(viewer.time_zone).date()
    week = week_of(request.query_params.get("semaine", ""), today)
    zone = ZoneInfo(viewer.time_zone)
    since, until = (
        datetime.combine(day, time(), zone) for day in (week.monday, week.monday + timedelta(7))
    )
    found = await sheets.sheets(viewer.id, since, until)
    if not found:
        return see_other(request, f"/animation?semaine={week.name}", note="no-sheets")
    return await _paper(request, found)


handlers = [of_meeting, of_week]
