"""Importing people from a file, in three steps: chosen, looked at, confirmed."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from recul.organisation.actions import imports
from recul.organisation.people_csv import MOST_BYTES, ImportFailed, People
from recul.organisation.queries.shapes import OrganisationRow
from recul.organisation.routes import within
from recul.web.forms import read_form
from recul.web.i18n import Said
from recul.web.pages import invalid, page, see_other
from recul.web.reach import Reach
from recul.web.viewer import WebRequest
from recul.words import N_

MISSING = N_("Choisissez d’abord un fichier.")
BODY = MOST_BYTES + 64 * 1024
"""The file, and what a form puts around it."""
SHOWN = 100
"""Lines with something wrong that a page shows."""


@get("/structure/{organisation:uuid}/import", reach=Reach.ORGANISER, thing="people")
async def ask(request: WebRequest, organisation: FromPath[UUID]) -> Response[Any]:
    whole = await within.organisation(request, organisation)
    return page(request, "organisation/import.html", organisation=whole, errors={})


@post(
    "/structure/{organisation:uuid}/import",
    reach=Reach.ORGANISER,
    thing="people",
    request_max_body_size=BODY,
)
async def upload(request: WebRequest, organisation: FromPath[UUID]) -> Response[Any]:
    whole, form = await within.organisation(request, organisation), await read_form(request)
    try:
        if not (data := form.file("file")):
            raise ImportFailed(MISSING)
        await imports.stage(request.viewer.sign_in, _token(request), whole.id, data)
    except ImportFailed as failed:
        form.errors["file"] = Said(failed.message, dict(failed.values))
        context = {"organisation": whole, "errors": form.errors}
        return invalid(request, "organisation/import.html", **context)
    return see_other(request, f"/structure/{whole.id}/import/apercu")


@get("/structure/{organisation:uuid}/import/apercu", reach=Reach.ORGANISER, thing="people")
async def look(request: WebRequest, organisation: FromPath[UUID]) -> Response[Any]:
    whole = await within.organisation(request, organisation)
    people = await _staged(request, whole)
    if people is None:
        return see_other(request, f"/structure/{whole.id}/import", note="import-gone")
    plan = await imports.preview(whole.id, people)
    return page(
        request, "organisation/import_preview.html", organisation=whole, plan=plan, shown=SHOWN
    )


@post("/structure/{organisation:uuid}/import/confirmation", reach=Reach.ORGANISER, thing="people")
async def confirm(request: WebRequest, organisation: FromPath[UUID]) -> Response[Any]:
    whole, form = await within.organisation(request, organisation), await read_form(request)
    people = await _staged(request, whole)
    if people is None:
        return see_other(request, f"/structure/{whole.id}/import", note="import-gone")
    plan = await imports.take(whole.id, people, make_teams=form.flag("make_teams"))
    await imports.drop(request.viewer.sign_in)
    note = "people-imported" if plan.seats else "nothing-imported"
    return see_other(request, "/structure", note=note)


@post("/structure/{organisation:uuid}/import/abandon", reach=Reach.ORGANISER, thing="people")
async def give_up(request: WebRequest, organisation: FromPath[UUID]) -> Response[Any]:
    whole = await within.organisation(request, organisation)
    await imports.drop(request.viewer.sign_in)
    return see_other(request, f"/structure/{whole.id}")


async def _staged(request: WebRequest, whole: OrganisationRow) -> People | None:
    return await imports.staged(request.viewer.sign_in, _token(request), whole.id)


def _token(request: WebRequest) -> bytes:
    """The secret of this sign-in, that only the browser holds."""
    token: bytes = request.scope["state"]["sign_in_token"]
    return token


handlers = [ask, upload, look, confirm, give_up]
