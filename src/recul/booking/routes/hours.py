"""One's own hours: what the law counts, a certificate of them, and whom they are shown to."""

from datetime import date
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from recul import clock
from recul.booking import kinds
from recul.booking.actions import hours
from recul.booking.calendar_days import year_of
from recul.booking.queries import hours as queries
from recul.booking.queries.hours import Hour
from recul.booking.rule_packs import Count, RulePack, counts, packs
from recul.organisation.queries import teams
from recul.organisation.queries.shapes import OrganisationRow
from recul.web.forms import read_form
from recul.web.pages import page, see_other
from recul.web.reach import Reach
from recul.web.viewer import WebRequest


def stretch(request: WebRequest, typed: str) -> tuple[date, date]:
    """The first and the last day of the year that is named."""
    year = year_of(typed, clock.local(request.viewer.time_zone).date())
    return date(year, 1, 1), date(year, 12, 31)


async def mine(request: WebRequest, organisation: UUID | None) -> OrganisationRow:
    """One that the viewer belongs to: the rest is not found."""
    found = await teams.organisations_of(request.viewer.id)
    for one in found:
        if one.id == organisation:
            return one
    raise NotFoundException


@get("/heures", reach=Reach.BELONGING, thing="own_hours")
async def show(request: WebRequest) -> Response[Any]:
    """A year of the viewer's hours, for each organisation of hers."""
    viewer = request.viewer.id
    first, last = stretch(request, request.query_params.get("annee", ""))
    hers = await teams.organisations_of(viewer)
    return page(
        request,
        "booking/hours/own.html",
        first=first,
        last=last,
        this_year=stretch(request, "")[0].year,
        parts=[await _part(viewer, whole, first, last) for whole in hers],
        shown=await queries.certificates(viewer),
        label=kinds.label,
    )


async def _part(
    viewer: UUID, whole: OrganisationRow, first: date, last: date
) -> tuple[OrganisationRow, RulePack, list[Hour], list[Count]]:
    pack = packs()[(await queries.rules(whole.id)).rule_pack]
    own = await queries.own(viewer, whole.id, first, last)
    return whole, pack, own, counts(pack, first.year, [one.attended for one in own])


@post("/heures/{organisation:uuid}/montrer", reach=Reach.BELONGING, thing="own_hours")
async def show_them(request: WebRequest, organisation: FromPath[UUID]) -> Response[Any]:
    """Let an organisation read the number of the viewer's hours of a year."""
    whole, form = await mine(request, organisation), await read_form(request)
    first, last = stretch(request, form.typed("annee"))
    await hours.show(request.viewer.id, whole.id, first, last)
    return see_other(request, f"/heures?annee={first.year}", note="hours-shown")


@post("/heures/{certificate:uuid}/reprendre", reach=Reach.SIGNED_IN, thing="own_hours")
async def take_back(request: WebRequest, certificate: FromPath[UUID]) -> Response[Any]:
    if not await hours.take_back(request.viewer.id, certificate):
        raise NotFoundException
    return see_other(request, "/heures", note="hours-taken-back")


handlers = [show, show_them, take_back]
