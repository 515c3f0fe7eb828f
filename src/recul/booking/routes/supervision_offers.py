"""What a facilitator offers: her offers, the rules of each, and her appointments."""

from typing import Any
from uuid import UUID, uuid4

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from recul import clock
from recul.booking.actions import supervision_offers
from recul.booking.actions.supervision_offers import ZoneFixed
from recul.booking.areas import AREAS
from recul.booking.forms import offering
from recul.booking.queries import free_slots, supervision_given
from recul.booking.queries.facilitation import UNNOTED
from recul.booking.queries.hours import rules
from recul.booking.queries.supervision_given import Employer
from recul.booking.queries.supervision_shapes import OfferRow
from recul.web.forms import Form, read_form
from recul.web.pages import page, see_other
from recul.web.reach import Reach
from recul.web.viewer import WebRequest
from recul.words import N_

HERE = "/animation/supervision/{offer:uuid}"
ZONE_FIXED = N_(
    "Des rendez-vous sont pris à l’heure d’un autre fuseau. Fermez plutôt cette offre, "
    "et ouvrez-en une autre."
)


async def own_offer(request: WebRequest, offer: UUID) -> OfferRow:
    found = await supervision_given.own_offer(request.viewer.id, offer)
    if found is None:
        raise NotFoundException
    return found


@get("/animation/supervision", reach=Reach.FACILITATING, thing="supervision_given")
async def index(request: WebRequest) -> Response[Any]:
    viewer, now = request.viewer.id, clock.now()
    offers = await supervision_given.own_offers(viewer)
    open_ones = [offer for offer in offers if offer.bookable]
    calendar = await free_slots.calendar(open_ones, now)
    return page(
        request,
        "booking/supervision/given.html",
        offers=offers,
        works_for=await supervision_given.works_for(viewer),
        soonest={one.id: next(calendar.free(one, now), None) for one in open_ones},
        appointments=await supervision_given.appointments(viewer, now),
        unnoted=await supervision_given.unnoted(viewer, now, now - UNNOTED),
    )


async def _employer(request: WebRequest, typed: str) -> Employer:
    """Where the viewer facilitates: the one that was named, or the only one."""
    found = await supervision_given.works_for(request.viewer.id)
    named = [one for one in found if str(one.id) == typed or (len(found) == 1 and not typed)]
    if not named:
        raise NotFoundException
    return named[0]


async def _new(request: WebRequest, employer: Employer, form: Form | None = None) -> Response[Any]:
    area = (await rules(employer.id)).area
    values = offering.USUAL | {"area": area, "id": form.typed("id") if form else uuid4()}
    return await _form(request, employer, values, form)


async def _form(
    request: WebRequest,
    employer: Employer,
    values: dict[str, Any],
    form: Form | None = None,
    offer: OfferRow | None = None,
) -> Response[Any]:
    """The rules of an offer, as they are kept or as they were typed."""
    return page(
        request,
        "booking/supervision/offer_form.html",
        status=422 if form else 200,
        employer=employer,
        offer=offer,
        values=values | ({name: form.typed(name) for name in form.data} if form else {}),
        areas=AREAS.values(),
        limits=offering.NUMBERS,
        agreements=await supervision_given.agreements(request.viewer.id, employer.id),
        errors=form.errors if form else {},
    )


@get("/animation/supervision/nouvelle", reach=Reach.FACILITATING, thing="supervision_given")
async def new(request: WebRequest) -> Response[Any]:
    return await _new(request, await _employer(request, request.query_params.get("structure", "")))


@post("/animation/supervision/nouvelle", reach=Reach.FACILITATING, thing="supervision_given")
async def open_offer(request: WebRequest) -> Response[Any]:
    form, viewer = await read_form(request), request.viewer.id
    employer = await _employer(request, form.typed("structure"))
    known = [id_ for id_, _ in await supervision_given.agreements(viewer, employer.id)]
    wanted, new_id = offering.plan(form, known), offering.new_id(form)
    if not form.ok:
        return await _new(request, employer, form)
    await supervision_offers.open_for(employer.id, viewer, new_id, wanted)
    return see_other(request, f"/animation/supervision/{new_id}/heures", note="offer-opened")


async def _edit(request: WebRequest, offer: OfferRow, form: Form | None = None) -> Response[Any]:
    employer = Employer(offer.organisation, offer.organisation_name)
    values = {name: getattr(offer, name) for name in offering.FIELDS}
    return await _form(request, employer, values, form, offer)


@get(HERE, reach=Reach.FACILITATING, thing="supervision_given")
async def edit(request: WebRequest, offer: FromPath[UUID]) -> Response[Any]:
    return await _edit(request, await own_offer(request, offer))


@post(HERE, reach=Reach.FACILITATING, thing="supervision_given")
async def save(request: WebRequest, offer: FromPath[UUID]) -> Response[Any]:
    row, form = await own_offer(request, offer), await read_form(request)
    known = await supervision_given.agreements(request.viewer.id, row.organisation)
    wanted = offering.plan(form, [id_ for id_, _ in known])
    try:
        if form.ok:
            await supervision_offers.change(offer, wanted)
            return see_other(request, f"/animation/supervision/{offer}", note="offer-saved")
    except ZoneFixed:
        form.error("area", ZONE_FIXED)
    return await _edit(request, row, form)


@post(HERE + "/fermeture", reach=Reach.FACILITATING, thing="supervision_given")
async def close(request: WebRequest, offer: FromPath[UUID]) -> Response[Any]:
    await own_offer(request, offer)
    await supervision_offers.close(offer)
    return see_other(request, "/animation/supervision", note="offer-closed")


@post(HERE + "/reouverture", reach=Reach.FACILITATING, thing="supervision_given")
async def reopen(request: WebRequest, offer: FromPath[UUID]) -> Response[Any]:
    await own_offer(request, offer)
    await supervision_offers.reopen(offer)
    return see_other(request, "/animation/supervision", note="offer-saved")


handlers = [index, new, open_offer, edit, save, close, reopen]
