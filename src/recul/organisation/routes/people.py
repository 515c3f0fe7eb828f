"""The people of an organisation: found by name, and where each belongs."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from recul.organisation import forms, rules
from recul.organisation.actions import memberships, roles
from recul.organisation.actions.memberships import AlreadyThere, TeamClosed, WrongDay
from recul.organisation.queries import people, structure
from recul.organisation.queries.people import Found
from recul.organisation.queries.shapes import TeamRow
from recul.organisation.routes import within
from recul.web.forms import LINE, Form, clean, read_form
from recul.web.pages import page, page_number, see_other
from recul.web.reach import Reach
from recul.web.viewer import WebRequest
from recul.words import N_

ALREADY_THERE = N_("Cette personne y est déjà.")
TEAM_CLOSED = N_("Cette équipe vient d’être fermée.")


@get("/structure/personnes", reach=Reach.ORGANISER, thing="people")
async def index(request: WebRequest) -> Response[Any]:
    words = " ".join(clean(request.query_params.get("mots", "")).split())[:LINE]
    number = page_number(request)
    found, more = await people.search(request.viewer.id, words, number)
    return page(
        request,
        "organisation/people.html",
        people=found,
        teams=await people.teams_of(request.viewer.id, [one.account for one in found]),
        words=words,
        number=number,
        more=more,
    )


async def _show(request: WebRequest, person: Found, form: Form | None = None) -> Response[Any]:
    viewer = request.viewer.id
    errors = form.errors if form else {}
    return page(
        request,
        "organisation/person.html",
        status=422 if errors else 200,
        person=person,
        belongings=await people.belongings(viewer, person.account),
        roles=await people.roles_of(viewer, person.account),
        managed=await people.managed_by(viewer, person.account),
        teams=await structure.teams(viewer),
        labels=rules.ROLE_LABELS,
        errors=errors,
        typed=form.typed if form else lambda _: "",
    )


@get("/structure/personnes/{person:uuid}", reach=Reach.ORGANISER, thing="people")
async def show(request: WebRequest, person: FromPath[UUID]) -> Response[Any]:
    return await _show(request, await within.person(request, person))


@post("/structure/personnes/{person:uuid}/equipes", reach=Reach.ORGANISER, thing="people")
async def join(request: WebRequest, person: FromPath[UUID]) -> Response[Any]:
    reached, form = await within.person(request, person), await read_form(request)
    team, day = await _team(request, form, "team"), forms.day(form)
    try:
        if team is not None and form.ok:
            await memberships.join(reached.account, team.id, day)
            return see_other(request, f"/structure/personnes/{person}", note="membership-begun")
    except AlreadyThere:
        form.error("team", ALREADY_THERE)
    except TeamClosed:
        form.error("team", TEAM_CLOSED)
    except WrongDay:
        form.error("day", forms.WRONG_DAY)
    return await _show(request, reached, form)


@post("/structure/personnes/{person:uuid}/responsabilites", reach=Reach.ORGANISER, thing="people")
async def answer(request: WebRequest, person: FromPath[UUID]) -> Response[Any]:
    """Make the person a line manager of a team."""
    reached, form = await within.person(request, person), await read_form(request)
    team = await _team(request, form, "managed")
    try:
        if team is not None:
            await roles.answer_for(reached.account, team.id)
            return see_other(request, f"/structure/personnes/{person}", note="role-begun")
    except AlreadyThere:
        form.error("managed", ALREADY_THERE)
    except TeamClosed:
        form.error("managed", TEAM_CLOSED)
    return await _show(request, reached, form)


async def _team(request: WebRequest, form: Form, field: str) -> TeamRow | None:
    chosen = forms.chosen_id(form, field)
    return await within.team(request, chosen) if chosen else None


handlers = [index, show, join, answer]
