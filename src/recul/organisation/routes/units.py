"""Units: their teams, their name, their end."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from recul.organisation import forms
from recul.organisation.actions import structure
from recul.organisation.actions.structure import NameTaken, StillOpen
from recul.organisation.queries import structure as queries
from recul.organisation.queries.shapes import UnitRow
from recul.organisation.routes import within
from recul.web.forms import Form, read_form
from recul.web.pages import page, see_other
from recul.web.reach import Reach
from recul.web.viewer import WebRequest
from recul.words import N_

STILL_OPEN = N_("Ce service a encore des équipes. Fermez-les d’abord, ou renommez-le.")


async def _show(request: WebRequest, unit: UnitRow, form: Form | None = None) -> Response[Any]:
    errors = form.errors if form else {}
    return page(
        request,
        "organisation/unit.html",
        status=422 if errors else 200,
        unit=unit,
        teams=await queries.unit_teams(request.viewer.id, unit.id),
        errors=errors,
        typed=form.typed if form else lambda _: "",
    )


@get("/structure/services/{unit:uuid}", reach=Reach.ORGANISER, thing="structure")
async def show(request: WebRequest, unit: FromPath[UUID]) -> Response[Any]:
    return await _show(request, await within.unit(request, unit))


@post("/structure/services/{unit:uuid}", reach=Reach.ORGANISER, thing="structure")
async def rename(request: WebRequest, unit: FromPath[UUID]) -> Response[Any]:
    reached, form = await within.unit(request, unit), await read_form(request)
    name = forms.name(form)
    try:
        if form.ok:
            await structure.rename_unit(reached.organisation, reached.id, name)
            return see_other(request, f"/structure/services/{unit}", note="structure-saved")
    except NameTaken:
        form.error("name", forms.NAME_TAKEN)
    return await _show(request, reached, form)


@post("/structure/services/{unit:uuid}/equipes", reach=Reach.ORGANISER, thing="structure")
async def add_team(request: WebRequest, unit: FromPath[UUID]) -> Response[Any]:
    reached, form = await within.unit(request, unit), await read_form(request)
    name = forms.name(form, "team")
    try:
        if form.ok:
            team = await structure.add_team(reached.id, name)
            return see_other(request, f"/structure/equipes/{team}", note="team-added")
    except NameTaken:
        form.error("team", forms.NAME_TAKEN)
    return await _show(request, reached, form)


@post("/structure/services/{unit:uuid}/fermeture", reach=Reach.ORGANISER, thing="structure")
async def close(request: WebRequest, unit: FromPath[UUID]) -> Response[Any]:
    reached, form = await within.unit(request, unit), await read_form(request)
    try:
        await structure.close_unit(reached.id)
    except StillOpen:
        form.error("close", STILL_OPEN)
        return await _show(request, reached, form)
    return see_other(request, "/structure", note="unit-closed")


handlers = [show, rename, add_team, close]
