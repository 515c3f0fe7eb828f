"""The monthly statement: a page, a PDF and a table, of one organisation at a time."""

from typing import Any

from litestar import Response, get
from litestar.exceptions import NotFoundException

from recul import clock, spreadsheets
from recul.booking.calendar_days import Month, month_of
from recul.booking.papers import statements
from recul.booking.papers.words import Writer
from recul.booking.queries import statement as queries
from recul.booking.queries.statement import Statement
from recul.booking.queries.supervision_given import Employer
from recul.documents import attachment
from recul.web.pages import page, see_other
from recul.web.reach import Reach
from recul.web.templates import language_of
from recul.web.viewer import WebRequest

PAGE = "/animation/releve"


def _month(request: WebRequest) -> Month:
    today = clock.local(request.viewer.time_zone).date()
    return month_of(request.query_params.get("mois", ""), today)


async def _employers(request: WebRequest) -> list[Employer]:
    """The one that is named; all of hers when none is. Another one is not found."""
    found = await queries.employers(request.viewer.id)
    typed = request.query_params.get("structure", "")
    if not typed:
        return found
    named = [one for one in found if str(one.id) == typed]
    if not named:
        raise NotFoundException
    return named


async def _statement(request: WebRequest, employer: Employer) -> Statement:
    viewer, month = request.viewer, _month(request)
    return await queries.statement(
        viewer.id, viewer.display_name, employer, month.first, month.last, clock.now()
    )


@get(PAGE, reach=Reach.FACILITATING, thing="facilitation")
async def show(request: WebRequest) -> Response[Any]:
    month, employers = _month(request), await _employers(request)
    if len(employers) != 1:
        template = "booking/facilitating/statements.html"
        return page(request, template, month=month, employers=employers)
    return page(
        request,
        "booking/facilitating/statement.html",
        month=month,
        statement=await _statement(request, employers[0]),
    )


@get(PAGE + ".pdf", reach=Reach.FACILITATING, thing="facilitation")
async def as_pdf(request: WebRequest) -> Response[Any]:
    employers = await _employers(request)
    if len(employers) != 1:
        return see_other(request, f"{PAGE}?mois={_month(request).name}")
    writer = Writer(language_of(request))
    content = await statements.printed(await _statement(request, employers[0]), writer)
    return attachment(content, "releve.pdf", "application/pdf")


@get(PAGE + ".csv", reach=Reach.FACILITATING, thing="facilitation")
async def as_csv(request: WebRequest) -> Response[Any]:
    employers = await _employers(request)
    if len(employers) != 1:
        return see_other(request, f"{PAGE}?mois={_month(request).name}")
    writer = Writer(language_of(request))
    content = statements.table(await _statement(request, employers[0]), writer)
    return attachment(content, "releve.csv", spreadsheets.MEDIA_TYPE)


handlers = [show, as_pdf, as_csv]
