"""Groups as planners see them: their list, and founding one."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from litestar import Response, get, post
from litestar.exceptions import NotFoundException

from recul.booking import charters, kinds
from recul.booking.actions import groups
from recul.booking.forms import planning
from recul.booking.kinds import Kind
from recul.booking.queries import plan_choices, plans, within
from recul.booking.queries.plans import Ground
from recul.booking.routes import plan_reached as reached
from recul.database import UniqueViolation
from recul.web.forms import Form, read_form
from recul.web.i18n import translations
from recul.web.pages import page, page_number, see_other
from recul.web.reach import Reach
from recul.web.templates import language_of
from recul.web.viewer import WebRequest
from recul.words import N_


@get("/planification", reach=Reach.PLANNER, thing="groups_plan")
async def show_all(request: WebRequest) -> Response[Any]:
    number = page_number(request)
    planned, more = await plans.groups(request.viewer.id, number)
    if not planned:  # Whoever may not found any has no such page.
        await _grounds(request)
    return page(
        request,
        "booking/plan/groups.html",
        planned=planned,
        kinds=kinds.KINDS,
        number=number,
        more=more,
    )


async def _grounds(request: WebRequest) -> list[Ground]:
    """Where the viewer founds groups: at least one organisation."""
    return reached.found(await plans.grounds(request.viewer.id) or None)


def _ground(grounds: list[Ground], typed: str) -> Ground | None:
    """The organisation that was chosen: the only one when nothing was. Another is not found."""
    if not typed:
        return grounds[0] if len(grounds) == 1 else None
    return reached.found(next((one for one in grounds if str(one.id) == typed), None))


def _choose(
    request: WebRequest, grounds: list[Ground], chosen: str, form: Form | None = None
) -> Response[Any]:
    return page(
        request,
        "booking/plan/kind.html",
        status=422 if form else 200,
        grounds=grounds,
        kinds=kinds.FACILITATED,
        errors=form.errors if form else {},
        shown=reached.shown(form, {"structure": chosen}),
    )


@get("/planification/groupes/nouveau", reach=Reach.PLANNER, thing="groups_plan")
async def choose(request: WebRequest) -> Response[Any]:
    grounds = await _grounds(request)
    ground = _ground(grounds, request.query_params.get("structure", ""))
    return _choose(request, grounds, str(ground.id) if ground else "")


@post("/planification/groupes/nouveau", reach=Reach.PLANNER, thing="groups_plan")
async def begin(request: WebRequest) -> Response[Any]:
    """The form of a group with what is usual of its kind."""
    grounds, form = await _grounds(request), await read_form(request)
    kind, ground = planning.kind(form), _chosen(grounds, form)
    if kind is None or ground is None:
        return _choose(request, grounds, "", form)
    return await _ask(request, ground, kind)


def _chosen(grounds: list[Ground], form: Form) -> Ground | None:
    ground = _ground(grounds, form.typed("structure"))
    if ground is None:
        form.error("structure", N_("Choisissez la structure de ce groupe."))
    return ground


async def _ask(
    request: WebRequest, ground: Ground, kind: Kind, form: Form | None = None
) -> Response[Any]:
    viewer = request.viewer
    return page(
        request,
        "booking/plan/new_group.html",
        status=422 if form else 200,
        ground=ground,
        kind=kind,
        facilitators=await plan_choices.facilitators(viewer.id, viewer.display_name, ground),
        teams=await plan_choices.teams(viewer.id, ground),
        admissions=planning.ADMISSIONS,
        admission_words=kinds.ADMISSIONS,
        errors=form.errors if form else {},
        shown=reached.shown(form, _usual(request, kind)),
    )


def _usual(request: WebRequest, kind: Kind) -> Mapping[str, object]:
    say = translations(language_of(request)).gettext
    return {
        "group": uuid4(),
        "admission": kinds.OPEN,
        "capacity": kind.capacity,
        "minimum": kind.minimum,
        "minutes": kind.minutes,
        "charter": charters.usual(say),
    }


@post("/planification/groupes", reach=Reach.PLANNER, thing="groups_plan")
async def found(request: WebRequest) -> Response[Any]:
    grounds, form = await _grounds(request), await read_form(request)
    kind, ground = planning.kind(form), _chosen(grounds, form)
    if kind is None or ground is None:
        return _choose(request, grounds, "", form)
    new = await _founded(request, ground, kind, form)
    if new is None:
        return await _ask(request, ground, kind, form)
    return see_other(request, f"/planification/groupes/{new}", note="group-founded")


async def _founded(request: WebRequest, ground: Ground, kind: Kind, form: Form) -> UUID | None:
    """The group of this form: made now, or when the form was sent before."""
    viewer, new = request.viewer, planning.fresh_id(form, "group")
    leaders = await plan_choices.facilitators(viewer.id, viewer.display_name, ground)
    teams = await plan_choices.teams(viewer.id, ground)
    plan = planning.group_plan(form, kind, leaders, teams)
    if plan is None or new is None:
        return None
    try:
        return await groups.found(ground.id, plan, new)
    except UniqueViolation:
        if await within.planned_group(viewer.id, new) is None:
            raise NotFoundException from None
        return new


handlers = [show_all, choose, begin, found]
