"""*Mes conventions*: their list, a new one, the page of one, and what counts in it."""

from typing import Any
from uuid import UUID, uuid4

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from recul import clock
from recul.booking import kinds
from recul.booking.actions import service_agreements as actions
from recul.booking.actions.service_agreements import Gone, StillTied
from recul.booking.forms import offering
from recul.booking.forms import service_agreements as forms
from recul.booking.papers.words import decimal
from recul.booking.queries import service_agreements as queries
from recul.booking.queries.service_agreements import Agreement
from recul.booking.queries.supervision_given import works_for
from recul.booking.routes.plan_reached import shown
from recul.web.forms import Form, read_form
from recul.web.pages import page, see_other
from recul.web.reach import Reach
from recul.web.viewer import WebRequest
from recul.words import N_

ALL = "/animation/conventions"
ONE = ALL + "/{agreement:uuid}"
MOVED = N_("Des groupes comptent dans cette convention : elle ne change pas de structure.")
TIED = N_("Des groupes ou des supervisions comptent dans cette convention : retirez-les d’abord.")

Offered = dict[UUID, str]


async def _own(request: WebRequest, agreement: UUID) -> Agreement:
    found = await queries.agreement(request.viewer.id, agreement, clock.now())
    if found is None:
        raise NotFoundException
    return found


async def _organisations(request: WebRequest, of: Agreement | None = None) -> Offered:
    """Where the viewer facilitates now, and where a convention is already."""
    found = {one.id: one.name for one in await works_for(request.viewer.id)}
    return found | ({of.organisation: of.organisation_name} if of else {})


@get(ALL, reach=Reach.FACILITATING, thing="facilitation")
async def show_all(request: WebRequest) -> Response[Any]:
    found = await queries.agreements(request.viewer.id, clock.now())
    today = clock.local(request.viewer.time_zone).date()
    return page(
        request,
        "booking/facilitating/agreements.html",
        current=[one for one in found if one.ends_on >= today],
        over=[one for one in found if one.ends_on < today],
        label=kinds.label,
    )


async def _new(request: WebRequest, form: Form | None = None) -> Response[Any]:
    today = clock.local(request.viewer.time_zone).date()
    usual = {"starts_on": today.replace(month=1, day=1), "ends_on": today.replace(month=12, day=31)}
    return page(
        request,
        "booking/facilitating/new_agreement.html",
        status=422 if form else 200,
        organisations=await _organisations(request),
        errors=form.errors if form else {},
        shown=shown(form, {"id": uuid4(), **usual}),
    )


@get(ALL + "/nouvelle", reach=Reach.FACILITATING, thing="facilitation")
async def new(request: WebRequest) -> Response[Any]:
    return await _new(request)


@post(ALL + "/nouvelle", reach=Reach.FACILITATING, thing="facilitation")
async def make(request: WebRequest) -> Response[Any]:
    form, made = await read_form(request), None
    plan, made = forms.plan(form, await _organisations(request)), offering.new_id(form)
    if plan is None:
        return await _new(request, form)
    await actions.make(request.viewer.id, made, plan)
    return see_other(request, f"{ALL}/{made}", note="agreement-kept")


async def _show(
    request: WebRequest, agreement: Agreement, form: Form | None = None, *, open_form: bool = False
) -> Response[Any]:
    kept = {
        "name": agreement.name,
        "organisation": agreement.organisation,
        "planned": decimal(agreement.planned_minutes),
        "starts_on": agreement.starts_on,
        "ends_on": agreement.ends_on,
    }
    everything = await queries.ties(request.viewer.id)
    return page(
        request,
        "booking/facilitating/agreement.html",
        status=422 if form else 200,
        agreement=agreement,
        choices=[one for one in everything if one.organisation == agreement.organisation],
        organisations=await _organisations(request, agreement),
        label=kinds.label,
        errors=form.errors if form else {},
        shown=shown(form if open_form else None, kept),
        open_form=open_form,
    )


@get(ONE, reach=Reach.FACILITATING, thing="facilitation")
async def show(request: WebRequest, agreement: FromPath[UUID]) -> Response[Any]:
    return await _show(request, await _own(request, agreement))


@post(ONE, reach=Reach.FACILITATING, thing="facilitation")
async def save(request: WebRequest, agreement: FromPath[UUID]) -> Response[Any]:
    own, form = await _own(request, agreement), await read_form(request)
    plan = forms.plan(form, await _organisations(request, own))
    try:
        if plan:
            await actions.change(request.viewer.id, own.id, plan)
            return see_other(request, f"{ALL}/{own.id}", note="agreement-kept")
    except StillTied:
        form.error("organisation", MOVED)
    except Gone:
        raise NotFoundException from None
    return await _show(request, own, form, open_form=True)


@post(ONE + "/liens", reach=Reach.FACILITATING, thing="facilitation")
async def tie(request: WebRequest, agreement: FromPath[UUID]) -> Response[Any]:
    own, form = await _own(request, agreement), await read_form(request)
    try:
        await actions.tie(request.viewer.id, own.id, form.ids("tied"), form.ids("shown"))
    except Gone:
        raise NotFoundException from None
    return see_other(request, f"{ALL}/{own.id}", note="agreement-kept")


@post(ONE + "/suppression", reach=Reach.FACILITATING, thing="facilitation")
async def delete(request: WebRequest, agreement: FromPath[UUID]) -> Response[Any]:
    own, form = await _own(request, agreement), await read_form(request)
    try:
        await actions.delete(request.viewer.id, own.id)
    except StillTied:
        form.error("ties", TIED)
        return await _show(request, own, form)
    return see_other(request, ALL, note="agreement-gone")


handlers = [show_all, new, make, show, save, tie, delete]
