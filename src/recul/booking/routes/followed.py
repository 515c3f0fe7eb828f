"""Leaving a supervisor: what goes with it is listed before it is done."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from recul import clock
from recul.booking.actions import supervisions
from recul.booking.actions.supervisions import MoreIsBooked
from recul.booking.queries import supervision as queries
from recul.booking.queries.supervision_shapes import SupervisionRow
from recul.web.forms import Form, read_form
from recul.web.pages import page, see_other
from recul.web.reach import Reach
from recul.web.viewer import WebRequest
from recul.words import N_

MORE_IS_BOOKED = N_("Un rendez-vous s’est ajouté entre-temps. Relisez la liste avant de confirmer.")


async def _followed(request: WebRequest, supervision: UUID) -> SupervisionRow:
    found = await queries.supervision(request.viewer.id, supervision, clock.now())
    if found is None:
        raise NotFoundException
    return found


async def _confirm(
    request: WebRequest, followed: SupervisionRow, form: Form | None = None
) -> Response[Any]:
    now = clock.now()
    return page(
        request,
        "booking/supervision/stop.html",
        status=422 if form else 200,
        followed=followed,
        coming=await queries.coming(request.viewer.id, followed.id, now),
        instant=now,
        errors=form.errors if form else {},
    )


@get("/supervision/suivis/{supervision:uuid}/fin", reach=Reach.SUPERVISED, thing="supervision")
async def confirm(request: WebRequest, supervision: FromPath[UUID]) -> Response[Any]:
    followed = await _followed(request, supervision)
    if followed.ended_on:
        return see_other(request, "/supervision")
    return await _confirm(request, followed)


@post("/supervision/suivis/{supervision:uuid}/fin", reach=Reach.SUPERVISED, thing="supervision")
async def stop(request: WebRequest, supervision: FromPath[UUID]) -> Response[Any]:
    followed, form = await _followed(request, supervision), await read_form(request)
    shown = {str(one) for one in form.typed_all("shown")}
    try:
        await supervisions.stop(request.settings, request.viewer.id, followed, shown)
    except MoreIsBooked:
        form.error("coming", MORE_IS_BOOKED)
        return await _confirm(request, followed, form)
    return see_other(request, "/supervision", note="supervision-ended")


handlers = [confirm, stop]
