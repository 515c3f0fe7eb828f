"""One membership: its end, a move to another team, and whether the team is the home team."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from recul.organisation import forms
from recul.organisation.actions import memberships
from recul.organisation.actions.memberships import (
    AlreadyThere,
    HomeElsewhere,
    TeamClosed,
    WrongDay,
)
from recul.organisation.queries import people, structure
from recul.organisation.queries.people import Belonging
from recul.organisation.routes import within
from recul.organisation.routes.people import ALREADY_THERE, TEAM_CLOSED
from recul.web.forms import Form, read_form
from recul.web.pages import page, see_other
from recul.web.reach import Reach
from recul.web.viewer import WebRequest
from recul.words import N_

NOT_YOURS = N_(
    "Cette équipe ne peut pas devenir la principale d’ici. "
    "La personne peut le choisir elle-même, depuis « Mon équipe »."
)


async def _show(
    request: WebRequest, membership: Belonging, form: Form | None = None
) -> Response[Any]:
    errors = form.errors if form else {}
    return page(
        request,
        "organisation/membership.html",
        status=422 if errors else 200,
        membership=membership,
        person=await within.person(request, membership.account),
        teams=await structure.teams(request.viewer.id),
        errors=errors,
        typed=form.typed if form else lambda _: "",
    )


@get("/structure/appartenances/{membership:uuid}", reach=Reach.ORGANISER, thing="people")
async def show(request: WebRequest, membership: FromPath[UUID]) -> Response[Any]:
    return await _show(request, await within.membership(request, membership))


@post("/structure/appartenances/{membership:uuid}/fin", reach=Reach.ORGANISER, thing="people")
async def end(request: WebRequest, membership: FromPath[UUID]) -> Response[Any]:
    reached, form = await within.membership(request, membership), await read_form(request)
    day = forms.day(form)
    try:
        if form.ok:
            await memberships.end(reached.id, day)
            return see_other(request, f"/structure/equipes/{reached.team}", note="membership-ended")
    except WrongDay:
        form.error("day", forms.WRONG_DAY)
    return await _show(request, reached, form)


@post("/structure/appartenances/{membership:uuid}/depart", reach=Reach.ORGANISER, thing="people")
async def move(request: WebRequest, membership: FromPath[UUID]) -> Response[Any]:
    reached, form = await within.membership(request, membership), await read_form(request)
    chosen, day = forms.chosen_id(form, "team"), forms.day(form, "moved_on")
    try:
        if chosen and form.ok:
            team = await within.team(request, chosen)
            await memberships.move(reached.id, team.id, day)
            return see_other(request, f"/structure/equipes/{team.id}", note="membership-moved")
    except AlreadyThere:
        form.error("team", ALREADY_THERE)
    except TeamClosed:
        form.error("team", TEAM_CLOSED)
    except WrongDay:
        form.error("moved_on", forms.WRONG_DAY)
    return await _show(request, reached, form)


@post(
    "/structure/appartenances/{membership:uuid}/principale", reach=Reach.ORGANISER, thing="people"
)
async def make_home(request: WebRequest, membership: FromPath[UUID]) -> Response[Any]:
    reached, form = await within.membership(request, membership), await read_form(request)
    all_here = await people.belongings(request.viewer.id, reached.account)
    try:
        await memberships.make_home(reached.account, reached.id, [one.id for one in all_here])
    except HomeElsewhere:
        form.error("home", NOT_YOURS)
        return await _show(request, reached, form)
    return see_other(request, f"/structure/personnes/{reached.account}", note="structure-saved")


handlers = [show, end, move, make_home]
