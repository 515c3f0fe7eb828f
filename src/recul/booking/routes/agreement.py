"""The *charte* of a group read and accepted again, and the names that it opens."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from recul.booking import kinds
from recul.booking.actions import agreements
from recul.booking.forms import enrolling
from recul.booking.outcomes import Outcome
from recul.booking.queries import peers
from recul.booking.queries.cycle_page import CyclePage, companions
from recul.booking.routes.cycle import reached
from recul.web.forms import Form, read_form
from recul.web.pages import page, see_other
from recul.web.reach import Reach
from recul.web.viewer import WebRequest


def _show(request: WebRequest, found: CyclePage, form: Form | None = None) -> Response[Any]:
    errors = form.errors if form else {}
    return page(
        request,
        "booking/cycle_charter.html",
        status=422 if errors else 200,
        cycle=found.cycle,
        mine=found.standing,
        errors=errors,
    )


@get("/groupes/cycles/{cycle:uuid}/cadre", reach=Reach.BOOKER, thing="groups")
async def show(request: WebRequest, cycle: FromPath[UUID]) -> Response[Any]:
    return _show(request, await reached(request, cycle))


@post("/groupes/cycles/{cycle:uuid}/cadre", reach=Reach.BOOKER, thing="own_groups")
async def accept(request: WebRequest, cycle: FromPath[UUID]) -> Response[Any]:
    """For who is in the cycle. Others accept it with their wish for a seat."""
    found, form = await reached(request, cycle), await read_form(request)
    charter, accepted = found.standing.charter, enrolling.wish(form).accepted
    if charter and found.standing.inside:
        if not await agreements.accept(request.viewer.id, charter.id, accepted):
            enrolling.refuse(form, Outcome.AGREEMENT)
            return _show(request, found, form)
        return see_other(request, f"/groupes/cycles/{cycle}/participants", note="charter-accepted")
    return see_other(request, f"/groupes/cycles/{cycle}")


@get("/groupes/cycles/{cycle:uuid}/participants", reach=Reach.SEATED, thing="group_inside")
async def names(request: WebRequest, cycle: FromPath[UUID]) -> Response[Any]:
    """Only to who has a seat herself, and accepted the charter in force."""
    found = await reached(request, cycle)
    if not found.standing.inside:
        raise NotFoundException
    if found.standing.to_accept:
        return see_other(request, f"/groupes/cycles/{cycle}/cadre", note="charter-first")
    own_rule = kinds.KINDS[found.cycle.group.kind].self_managed
    return page(
        request,
        "booking/cycle_names.html",
        cycle=found.cycle,
        others=await companions(request.viewer.id, cycle),
        requests=await peers.requests(request.viewer.id, cycle) if own_rule else [],
    )


handlers = [show, accept, names]
