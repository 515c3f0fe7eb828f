"""A new cycle in two steps, without script: a rhythm, then its dates to look over and keep."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import anyio.to_thread
from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from recul import clock
from recul.booking import areas, kinds, rhythm
from recul.booking.actions import cycles
from recul.booking.actions.cycles import GroupClosed, decision_day
from recul.booking.forms import planning, planning_dates
from recul.booking.forms.planning_dates import Hours
from recul.booking.plan import CyclePlan
from recul.booking.queries import hours, within
from recul.booking.queries.shapes import GroupRow
from recul.booking.rhythm import Proposal
from recul.booking.routes import plan_reached as reached
from recul.booking.wall import Slot
from recul.database import UniqueViolation
from recul.web.forms import Form, clock_of, read_form
from recul.web.pages import page, see_other
from recul.web.reach import Reach
from recul.web.templates import language_of
from recul.web.viewer import WebRequest
from recul.words import N_

STARTS = 14 * 60
LOOK = N_("Regardez ces avertissements. Si vous gardez ces dates quand même, cochez la case.")
CLOSED = N_("Ce groupe est fermé : il ne commence plus de cycle.")
MORE_ROWS = 2
"""Empty rows below the dates that were proposed."""


async def _ask(request: WebRequest, group: GroupRow, form: Form | None = None) -> Response[Any]:
    usual = await _usual(group)
    return page(
        request,
        "booking/plan/rhythm.html",
        status=422 if form else 200,
        group=group,
        areas=areas.AREAS.values(),
        zones=dict.fromkeys([*areas.ZONES, str(usual["zone"])]),
        nths=rhythm.NTHS,
        most=kinds.DATES,
        errors=form.errors if form else {},
        shown=reached.shown(form, usual),
    )


async def _usual(group: GroupRow) -> Mapping[str, object]:
    rules = await hours.rules(group.organisation)
    first = clock.local(rules.zone).date() + timedelta(weeks=3)
    ends = min(STARTS + group.minutes, 23 * 60 + 59)
    return {
        "rhythm": rhythm.WEEKLY,
        "first": first.isoformat(),
        "weekday": 4,
        "weeks": kinds.KINDS[group.kind].weeks,
        "nth": 1,
        "dates": kinds.KINDS[group.kind].dates,
        "starts": clock_of(STARTS),
        "ends": clock_of(ends),
        "area": rules.area,
        "zone": rules.zone,
    }


@get("/planification/groupes/{group:uuid}/cycles/nouveau", reach=Reach.PLANNER, thing="groups_plan")
async def ask(request: WebRequest, group: FromPath[UUID]) -> Response[Any]:
    return await _ask(request, await reached.group(request, group))


@post(
    "/planification/groupes/{group:uuid}/cycles/nouveau",
    reach=Reach.PLANNER,
    thing="groups_plan",
)
async def propose(request: WebRequest, group: FromPath[UUID]) -> Response[Any]:
    its, form = await reached.group(request, group), await read_form(request)
    usual = await hours.rules(its.organisation)
    area, zone = planning_dates.area(form), planning_dates.zone(form, usual.zone)
    when, language = planning_dates.hours(form, zone), language_of(request)
    found = await anyio.to_thread.run_sync(planning_dates.proposal, form, area, zone, language)
    if when is None or not form.ok:
        return await _ask(request, its, form)
    first = _kept(its, area, when, found, form)
    return await _look(request, its, first, found.skipped, [when.on(day) for day in found.days])


def _kept(
    group: GroupRow, area: str, hours: Hours, found: Proposal, form: Form
) -> Mapping[str, object]:
    """What the second form holds at first."""
    days = {f"day-{number}": day.isoformat() for number, day in enumerate(found.days, 1)}
    return days | {
        "cycle": uuid4(),
        "area": area,
        "zone": hours.zone,
        "starts": form.typed("starts"),
        "ends": form.typed("ends"),
        "capacity": group.capacity,
        "minimum": group.minimum,
        "decide_on": decision_day(found.days[0]).isoformat(),
    }


async def _look(
    request: WebRequest,
    group: GroupRow,
    usual: Mapping[str, object],
    skipped: Mapping[Any, str],
    slots: list[Slot],
    form: Form | None = None,
) -> Response[Any]:
    """The dates, to be changed or kept; with what stands against some of them."""
    shown = reached.shown(form, usual)
    names = planning_dates.day_names(form) if form else [n for n in usual if n[:4] == "day-"]
    filled = [name for name in names[: kinds.DATES] if shown(name).strip()]
    more = [f"day-{len(names) + number + 1}" for number in range(MORE_ROWS)]
    return page(
        request,
        "booking/plan/dates.html",
        status=422 if form else 200,
        group=group,
        kind=kinds.KINDS[group.kind],
        rows=[*filled, *more],
        spoken={slot.day.isoformat(): slot.day for slot in slots},
        skipped=skipped,
        warnings=await reached.warnings(request, group, shown("area"), slots) if slots else {},
        errors=form.errors if form else {},
        shown=shown,
        known=bool(form and form.flag("known_ok")),
    )


@post("/planification/groupes/{group:uuid}/cycles", reach=Reach.PLANNER, thing="groups_plan")
async def make(request: WebRequest, group: FromPath[UUID]) -> Response[Any]:
    its, form = await reached.group(request, group), await read_form(request)
    new, plan = planning.fresh_id(form, "cycle"), await _plan(its, form)
    slots = list(plan.slots) if plan else []
    if plan and await _unforeseen(request, its, plan, new, form):
        form.error("known_ok", LOOK)
    if new is None or plan is None or not form.ok or not await _made(request, its, plan, new, form):
        return await _look(request, its, {}, {}, slots, form)
    return see_other(request, f"/planification/cycles/{new}", note="cycle-planned")


async def _unforeseen(
    request: WebRequest, group: GroupRow, plan: CyclePlan, new: UUID | None, form: Form
) -> bool:
    """Something stands against these dates, and nobody said that it is known."""
    if form.flag("known_ok"):
        return False
    return bool(await reached.warnings(request, group, plan.area, list(plan.slots), new))


async def _plan(group: GroupRow, form: Form) -> CyclePlan | None:
    usual = await hours.rules(group.organisation)
    area, zone = planning_dates.area(form), planning_dates.zone(form, usual.zone)
    setting = planning.setting(form)
    slots = planning_dates.kept_slots(form, planning_dates.hours(form, zone), zone)
    decide_on = planning_dates.decide_on(form, slots[0].day if slots else None, zone)
    if setting is None or not slots or not form.ok:
        return None
    return CyclePlan(slots=slots, zone=zone, area=area, decide_on=decide_on, **asdict(setting))


async def _made(
    request: WebRequest, group: GroupRow, plan: CyclePlan, new: UUID, form: Form
) -> bool:
    """The cycle of this form is there: made now, or when the form was sent before."""
    try:
        await cycles.plan(group.id, plan, new)
    except GroupClosed:
        form.error("day-1", CLOSED)
        return False
    except UniqueViolation:
        before = await within.planned_cycle(request.viewer.id, new)
        if before is None or before.group.id != group.id:
            raise NotFoundException from None
    return True


handlers = [ask, propose, make]
