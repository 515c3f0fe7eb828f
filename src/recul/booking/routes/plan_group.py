"""One group: its page, what it is, its charter, its end."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from recul.booking import kinds
from recul.booking.actions import groups
from recul.booking.actions.groups import CharterChanged, StillMeeting
from recul.booking.forms import planning
from recul.booking.queries import plan_choices, plans
from recul.booking.queries.plan_choices import Offered
from recul.booking.queries.shapes import GroupRow
from recul.booking.routes import plan_reached as reached
from recul.web.forms import Form, read_form
from recul.web.i18n import translations
from recul.web.pages import page, see_other
from recul.web.reach import Reach
from recul.web.templates import language_of
from recul.web.viewer import WebRequest
from recul.words import N_

CHARTER_CHANGED = N_(
    "Une autre version de la charte est entrée en vigueur entre-temps : elle est ci-dessous, "
    "avant la vôtre. Reprenez-y ce qui manque."
)
STILL_MEETING = N_("Ce groupe a encore des dates à venir. Annulez-les d’abord.")
CLOSED_TEAM = N_("une équipe fermée depuis")


async def _show(request: WebRequest, group: GroupRow, form: Form | None = None) -> Response[Any]:
    return page(
        request,
        "booking/plan/group.html",
        status=422 if form else 200,
        group=group,
        kind=kinds.KINDS[group.kind],
        admission_words=kinds.ADMISSIONS,
        cycles=await plans.cycles_of(group.id),
        charter=await plans.charter(group.id),
        errors=form.errors if form else {},
    )


@get("/planification/groupes/{group:uuid}", reach=Reach.PLANNER, thing="groups_plan")
async def show(request: WebRequest, group: FromPath[UUID]) -> Response[Any]:
    return await _show(request, await reached.group(request, group))


async def _offered(request: WebRequest, group: GroupRow) -> tuple[Offered, Offered, bool]:
    """Who may lead the group, which teams it may be for, and whether the viewer chooses them.
    What it has now is among them."""
    ground, viewer = await reached.ground(request, group), request.viewer
    leaders = await plan_choices.facilitators(viewer.id, viewer.display_name, ground)
    teams = await plan_choices.teams(viewer.id, ground)
    if group.facilitator:
        leaders.setdefault(group.facilitator, group.facilitator_name or "")
    if group.team and ground.organised:
        teams.setdefault(group.team, translations(language_of(request)).gettext(CLOSED_TEAM))
    return leaders, teams, ground.organised


async def _edit(request: WebRequest, group: GroupRow, form: Form | None = None) -> Response[Any]:
    leaders, teams, _ = await _offered(request, group)
    now = {name: getattr(group, name) for name in GroupRow.__slots__}
    now["team"] = group.team or ""
    return page(
        request,
        "booking/plan/edit_group.html",
        status=422 if form else 200,
        group=group,
        kind=kinds.KINDS[group.kind],
        facilitators=leaders,
        teams=teams,
        admissions=planning.ADMISSIONS,
        admission_words=kinds.ADMISSIONS,
        errors=form.errors if form else {},
        shown=reached.shown(form, now),
    )


@get("/planification/groupes/{group:uuid}/modifier", reach=Reach.PLANNER, thing="groups_plan")
async def edit(request: WebRequest, group: FromPath[UUID]) -> Response[Any]:
    return await _edit(request, await reached.group(request, group))


@post("/planification/groupes/{group:uuid}/modifier", reach=Reach.PLANNER, thing="groups_plan")
async def change(request: WebRequest, group: FromPath[UUID]) -> Response[Any]:
    its, form = await reached.group(request, group), await read_form(request)
    leaders, teams, chooses = await _offered(request, its)
    wanted = planning.group_change(form, kinds.KINDS[its.kind], leaders, teams)
    if wanted is None:
        return await _edit(request, its, form)
    await groups.change(group, wanted if chooses else replace(wanted, team=its.team))
    return see_other(request, f"/planification/groupes/{group}", note="group-saved")


async def _charter(request: WebRequest, group: GroupRow, form: Form | None = None) -> Response[Any]:
    charter = await plans.charter(group.id)
    return page(
        request,
        "booking/plan/charter.html",
        status=422 if form else 200,
        group=group,
        charter=charter,
        errors=form.errors if form else {},
        shown=reached.shown(form, {"charter": charter.text}),
    )


@get("/planification/groupes/{group:uuid}/charte", reach=Reach.PLANNER, thing="groups_plan")
async def read_charter(request: WebRequest, group: FromPath[UUID]) -> Response[Any]:
    return await _charter(request, await reached.group(request, group))


@post("/planification/groupes/{group:uuid}/charte", reach=Reach.PLANNER, thing="groups_plan")
async def renew_charter(request: WebRequest, group: FromPath[UUID]) -> Response[Any]:
    its, form = await reached.group(request, group), await read_form(request)
    text = planning.charter(form)
    try:
        if form.ok:
            await groups.renew_charter(group, planning.seen(form, "version"), text)
            return see_other(request, f"/planification/groupes/{group}", note="charter-renewed")
    except CharterChanged:
        form.error("charter", CHARTER_CHANGED)
    return await _charter(request, its, form)


@post("/planification/groupes/{group:uuid}/fermeture", reach=Reach.PLANNER, thing="groups_plan")
async def close(request: WebRequest, group: FromPath[UUID]) -> Response[Any]:
    its, form = await reached.group(request, group), await read_form(request)
    try:
        await groups.close(group)
    except StillMeeting:
        form.error("close", STILL_MEETING)
        return await _show(request, its, form)
    return see_other(request, "/planification", note="group-closed")


handlers = [show, edit, change, read_charter, renew_charter, close]
