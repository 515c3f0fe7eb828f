"""A cycle as planners see it: dates, place, numbers; and what holds for all of its dates."""

from datetime import date
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from recul import clock
from recul.booking import kinds
from recul.booking.actions import cycles
from recul.booking.actions.cycles import TooFewSeats
from recul.booking.areas import AREAS
from recul.booking.forms import planning, planning_dates
from recul.booking.queries import plans, within
from recul.booking.queries.shapes import CycleRow
from recul.booking.routes import plan_reached as reached
from recul.web.forms import Form, read_form
from recul.web.pages import page, see_other
from recul.web.reach import Reach
from recul.web.viewer import WebRequest
from recul.words import N_

TOO_FEW = N_("Plus de personnes que cela ont déjà leur place, ou une place qui leur est gardée.")


@get("/planification/cycles/{cycle:uuid}", reach=Reach.PLANNER, thing="groups_plan")
async def show(request: WebRequest, cycle: FromPath[UUID]) -> Response[Any]:
    its = await reached.cycle(request, cycle)
    return page(
        request,
        "booking/plan/cycle.html",
        cycle=its,
        kind=kinds.KINDS[its.group.kind],
        counts=await plans.counts(cycle),
        meetings=await within.meetings(cycle),
        moment=clock.now(),
        areas=AREAS,
    )


async def _edit(request: WebRequest, cycle: CycleRow, form: Form | None = None) -> Response[Any]:
    now = {name: getattr(cycle, name) for name in CycleRow.__slots__}
    return page(
        request,
        "booking/plan/setting.html",
        status=422 if form else 200,
        cycle=cycle,
        kind=kinds.KINDS[cycle.group.kind],
        errors=form.errors if form else {},
        shown=reached.shown(form, now),
    )


@get("/planification/cycles/{cycle:uuid}/reglages", reach=Reach.PLANNER, thing="groups_plan")
async def edit(request: WebRequest, cycle: FromPath[UUID]) -> Response[Any]:
    return await _edit(request, await reached.cycle(request, cycle))


@post("/planification/cycles/{cycle:uuid}/reglages", reach=Reach.PLANNER, thing="groups_plan")
async def arrange(request: WebRequest, cycle: FromPath[UUID]) -> Response[Any]:
    its, form = await reached.cycle(request, cycle), await read_form(request)
    wanted, decide_on = planning.setting(form), await _decide_on(its, form)
    try:
        if wanted is not None and form.ok:
            await cycles.arrange(request.settings, cycle, wanted, decide_on)
            return see_other(request, f"/planification/cycles/{cycle}", note="cycle-saved")
    except TooFewSeats:
        form.error("capacity", TOO_FEW)
    return await _edit(request, its, form)


async def _decide_on(cycle: CycleRow, form: Form) -> date | None:
    """Another day of decision; none where it stays, or where nothing is to be decided."""
    if cycle.state != "planned" or form.typed("decide_on") in ("", cycle.decide_on.isoformat()):
        return None
    days = [one.slot.day for one in await within.meetings(cycle.id) if not one.cancelled]
    return planning_dates.decide_on(form, days[0] if days else None, cycle.zone)


handlers = [show, edit, arrange]
