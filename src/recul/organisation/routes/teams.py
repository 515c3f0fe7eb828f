"""One team as its organisers see it: who is in it, who is waited for, its name, its end."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from recul.organisation import forms, rules
from recul.organisation.actions import roles, structure
from recul.organisation.actions.structure import NameTaken
from recul.organisation.queries import people, places, teams
from recul.organisation.queries.shapes import TeamRow
from recul.organisation.routes import within
from recul.web.forms import Form, read_form
from recul.web.pages import page, see_other
from recul.web.reach import Reach
from recul.web.viewer import WebRequest


async def show_team(request: WebRequest, team: TeamRow, form: Form | None = None) -> Response[Any]:
    """The page of one team, with what was wrong in one of its forms."""
    errors = form.errors if form else {}
    return page(
        request,
        "organisation/structure_team.html",
        status=422 if errors else 200,
        team=team,
        members=await teams.members(team.id),
        managers=await teams.managers(team.id),
        places=await places.of_team(team.id),
        labels=rules.ROLE_LABELS,
        by_mail=request.settings.smtp is not None,
        errors=errors,
        typed=form.typed if form else lambda _: "",
    )


@get("/structure/equipes/{team:uuid}", reach=Reach.ORGANISER, thing="people")
async def show(request: WebRequest, team: FromPath[UUID]) -> Response[Any]:
    return await show_team(request, await within.team(request, team))


@post("/structure/equipes/{team:uuid}", reach=Reach.ORGANISER, thing="structure")
async def rename(request: WebRequest, team: FromPath[UUID]) -> Response[Any]:
    reached, form = await within.team(request, team), await read_form(request)
    name = forms.name(form)
    try:
        if form.ok:
            await structure.rename_team(reached.unit, reached.id, name)
            return see_other(request, f"/structure/equipes/{team}", note="structure-saved")
    except NameTaken:
        form.error("name", forms.NAME_TAKEN)
    return await show_team(request, reached, form)


@get("/structure/equipes/{team:uuid}/fermeture", reach=Reach.ORGANISER, thing="structure")
async def ask_to_close(request: WebRequest, team: FromPath[UUID]) -> Response[Any]:
    reached = await within.team(request, team)
    members = await teams.members(reached.id)
    return page(request, "organisation/close_team.html", team=reached, members=members)


@post("/structure/equipes/{team:uuid}/fermeture", reach=Reach.ORGANISER, thing="structure")
async def close(request: WebRequest, team: FromPath[UUID]) -> Response[Any]:
    reached = await within.team(request, team)
    await structure.close_team(reached.id)
    return see_other(request, f"/structure/services/{reached.unit}", note="team-closed")


@post("/structure/responsables/{manager:uuid}/fin", reach=Reach.ORGANISER, thing="people")
async def end_manager(request: WebRequest, manager: FromPath[UUID]) -> Response[Any]:
    link = within.found(await people.manager_link(request.viewer.id, manager))
    await roles.end_answering(link["id"])
    return see_other(request, f"/structure/equipes/{link['team']}", note="role-ended")


handlers = [show, rename, ask_to_close, close, end_manager]
