"""When a facilitator receives: the hours of her weeks, and the days that are otherwise."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from recul import clock
from recul.booking.actions import availability
from recul.booking.forms import availability as forms
from recul.booking.forms.availability import TypedWeek
from recul.booking.queries import free_slots, supervision_given
from recul.booking.queries.supervision_shapes import OfferRow
from recul.booking.routes.supervision_offers import HERE, own_offer
from recul.web.forms import Form, clock_of, read_form
from recul.web.pages import page, see_other
from recul.web.reach import Reach
from recul.web.viewer import WebRequest


async def _show(
    request: WebRequest, offer: OfferRow, form: Form | None = None, week: TypedWeek | None = None
) -> Response[Any]:
    """Both forms; the one that came back with what was typed."""
    today = clock.local(offer.zone).date()
    errors = form.errors if form else {}
    if week is None:
        week = forms.week_lines((await free_slots.hours_of(offer.id)).week)
    return page(
        request,
        "booking/supervision/hours.html",
        status=422 if errors else 200,
        offer=offer,
        week=week,
        exceptions=await supervision_given.exceptions(request.viewer.id, offer.id, today),
        clock_of=clock_of,
        errors=errors,
        typed=form.typed if form else lambda _: "",
    )


@get(HERE + "/heures", reach=Reach.FACILITATING, thing="supervision_given")
async def hours(request: WebRequest, offer: FromPath[UUID]) -> Response[Any]:
    return await _show(request, await own_offer(request, offer))


@post(HERE + "/heures", reach=Reach.FACILITATING, thing="supervision_given")
async def set_hours(request: WebRequest, offer: FromPath[UUID]) -> Response[Any]:
    row, form = await own_offer(request, offer), await read_form(request)
    week = forms.week_of(form)
    if form.typed("add") or form.typed("remove"):
        return await _show(request, row, form, week)
    wanted = forms.hours(form, week, row.minutes)
    if not form.ok:
        return await _show(request, row, form, week)
    await availability.set_week(offer, wanted)
    return see_other(request, f"/animation/supervision/{offer}/heures", note="hours-kept")


@post(HERE + "/exceptions", reach=Reach.FACILITATING, thing="supervision_given")
async def add_exception(request: WebRequest, offer: FromPath[UUID]) -> Response[Any]:
    row, form = await own_offer(request, offer), await read_form(request)
    day = forms.exception(form, clock.local(row.zone).date(), row.minutes)
    if day is None:
        return await _show(request, row, form)
    await availability.add_exception(offer, day.day, day.starts, day.ends)
    here = f"/animation/supervision/{offer}/heures"
    return see_other(request, here, note="exception-kept")


@post(
    HERE + "/exceptions/{exception:uuid}/retrait",
    reach=Reach.FACILITATING,
    thing="supervision_given",
)
async def remove_exception(
    request: WebRequest, offer: FromPath[UUID], exception: FromPath[UUID]
) -> Response[Any]:
    """Sent twice, it finds nothing left to do."""
    await own_offer(request, offer)
    await availability.remove_exception(offer, exception)
    here = f"/animation/supervision/{offer}/heures"
    return see_other(request, here, note="exception-gone")


handlers = [hours, set_hours, add_exception, remove_exception]
