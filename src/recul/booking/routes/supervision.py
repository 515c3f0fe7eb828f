"""Individual supervision as a professional finds it: whom to choose, and free moments."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from recul import clock
from recul.booking.actions import appointments, supervisions
from recul.booking.forms import supervising
from recul.booking.queries import free_slots
from recul.booking.queries import supervision as queries
from recul.booking.queries.supervision import Choice
from recul.booking.routes.picking import NONE, REFUSED, Refusal, picker, refuse
from recul.web.forms import read_form
from recul.web.pages import page, see_other
from recul.web.reach import Reach
from recul.web.viewer import WebRequest


async def _choice(request: WebRequest, offer: UUID) -> Choice:
    found = await queries.offer(request.viewer.id, offer, clock.now())
    if found is None:
        raise NotFoundException
    return found


async def _show(request: WebRequest, choice: Choice, refusal: Refusal = NONE) -> Response[Any]:
    form, mine = refusal.form, await queries.appointments(request.viewer.id, clock.now())
    return page(
        request,
        "booking/supervision/offer.html",
        status=422 if form else 200,
        choice=choice,
        offer=choice.offer,
        picker=await picker(request, choice.offer, form),
        appointments=[one for one in mine if one.offer == choice.offer.id],
        errors=form.errors if form else {},
        picked=form.typed("slot") if form else "",
        clashes=refusal.clashes,
    )


@get("/supervision", reach=Reach.BELONGING, thing="own_groups")
async def index(request: WebRequest) -> Response[Any]:
    now = clock.now()
    choices = await queries.offers(request.viewer.id, now)
    open_ones = [choice.offer for choice in choices if choice.can_book]
    calendar = await free_slots.calendar(open_ones, now)
    return page(
        request,
        "booking/supervision/index.html",
        followed=[choice for choice in choices if choice.supervision],
        offered=[choice for choice in choices if not choice.supervision],
        soonest={one.id: next(calendar.free(one, now), None) for one in open_ones},
        appointments=await queries.appointments(request.viewer.id, now),
    )


@get("/supervision/{offer:uuid}", reach=Reach.BOOKER, thing="groups")
async def show(request: WebRequest, offer: FromPath[UUID]) -> Response[Any]:
    return await _show(request, await _choice(request, offer))


@post("/supervision/{offer:uuid}/suivi", reach=Reach.BOOKER, thing="groups")
async def choose(request: WebRequest, offer: FromPath[UUID]) -> Response[Any]:
    choice, form = await _choice(request, offer), await read_form(request)
    try:
        await supervisions.choose(request.viewer.id, choice)
    except REFUSED as error:
        return await _show(request, choice, refuse(form, error))
    return see_other(request, f"/supervision/{offer}", note="supervision-chosen")


@post("/supervision/{offer:uuid}/rendez-vous", reach=Reach.BOOKER, thing="groups")
async def book(request: WebRequest, offer: FromPath[UUID]) -> Response[Any]:
    choice, form = await _choice(request, offer), await read_form(request)
    wanted = supervising.wanted(form, choice.offer.zone)
    if wanted is None:
        return await _show(request, choice, Refusal(form))
    overlap_ok, settings = form.flag("overlap_ok"), request.settings
    try:
        made = await appointments.book(
            settings, request.viewer.id, choice, wanted, overlap_ok=overlap_ok
        )
    except REFUSED as error:
        return await _show(request, await _choice(request, offer), refuse(form, error))
    return see_other(request, f"/supervision/rendez-vous/{made}", note="appointment-booked")


handlers = [index, show, choose, book]
