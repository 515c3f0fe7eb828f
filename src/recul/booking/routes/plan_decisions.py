"""A cycle under its minimum: *maintenir, reporter, annuler*."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import anyio.to_thread
from litestar import Response, get, post
from litestar.params import FromPath

from recul.booking.actions import decisions
from recul.booking.actions.decisions import Decided, NothingToCome, PutOff, TooFar
from recul.booking.forms import planning_dates
from recul.booking.queries import plans
from recul.booking.queries.shapes import CycleRow
from recul.booking.rhythm import WEEKS_APART
from recul.booking.routes import plan_reached as reached
from recul.web.forms import Form, read_form
from recul.web.pages import page
from recul.web.reach import Reach
from recul.web.viewer import WebRequest
from recul.words import N_

DECISIONS = ("maintain", "postpone", "cancel")
REFUSALS: dict[type[Exception], str] = {
    NothingToCome: N_("Ce cycle n’a plus de date à venir à reporter."),
    TooFar: planning_dates.TOO_FAR,
}


async def _show(
    request: WebRequest, cycle: CycleRow, form: Form | None = None, put_off: PutOff | None = None
) -> Response[Any]:
    """`put_off`: the dates that a postponement would give, to be confirmed."""
    dates, counts = await decisions.to_come(cycle.id), await plans.counts(cycle.id)
    slots = [slot for _, slot in put_off.dates] if put_off else []
    return page(
        request,
        "booking/plan/decision.html",
        status=422 if form and form.errors else 200,
        cycle=cycle,
        counts=counts,
        dates=dates,
        mark=decisions.mark(counts.state, counts.decide_on, dates),
        delays=_delays(dates[0].slot.day) if dates else [],
        put_off=put_off,
        warnings=await reached.warnings(request, cycle.group, cycle.area, slots, cycle.id),
        errors=form.errors if form else {},
        shown=reached.shown(form, {"weeks": 2}),
    )


def _delays(first: date) -> list[tuple[int, date]]:
    """By how many weeks, and the first date that this gives."""
    return [(weeks, first + timedelta(weeks=weeks)) for weeks in range(1, WEEKS_APART + 1)]


@get("/planification/cycles/{cycle:uuid}/decision", reach=Reach.PLANNER, thing="groups_plan")
async def show(request: WebRequest, cycle: FromPath[UUID]) -> Response[Any]:
    return await _show(request, await reached.cycle(request, cycle))


@post("/planification/cycles/{cycle:uuid}/decision", reach=Reach.PLANNER, thing="groups_plan")
async def decide(request: WebRequest, cycle: FromPath[UUID]) -> Response[Any]:
    its, form = await reached.cycle(request, cycle), await read_form(request)
    chosen = form.choice("decision", DECISIONS)
    if not chosen:
        form.error("decision", N_("Choisissez : maintenir, reporter ou annuler."))
        return await _show(request, its, form)
    try:
        if chosen == "postpone" and not form.flag("confirmed"):
            return await _preview(request, its, form)
        return await _taken(request, its, chosen, form)
    except Decided:
        return reached.overview(request, cycle, "cycle-decided-before")
    except (NothingToCome, TooFar) as error:
        form.error("weeks", REFUSALS[type(error)])
    return await _show(request, its, form)


async def _preview(request: WebRequest, cycle: CycleRow, form: Form) -> Response[Any]:
    weeks = form.number("weeks", 1, WEEKS_APART)
    if weeks is None:
        return await _show(request, cycle, form)
    dates = await decisions.to_come(cycle.id)
    found = await anyio.to_thread.run_sync(decisions.moved, dates, cycle.area, weeks)
    return await _show(request, cycle, form, found)


async def _taken(request: WebRequest, cycle: CycleRow, chosen: str, form: Form) -> Response[Any]:
    settings, seen = request.settings, form.typed("seen")
    if chosen == "maintain":
        await decisions.maintain(settings, cycle.id, seen)
    elif chosen == "cancel":
        await decisions.cancel(settings, cycle.id, seen)
    elif weeks := form.number("weeks", 1, WEEKS_APART):
        await decisions.postpone(settings, cycle.id, seen, weeks)
    else:
        return await _show(request, cycle, form)
    return reached.overview(request, cycle.id, f"cycle-{chosen}")


handlers = [show, decide]
