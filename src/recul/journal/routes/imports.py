"""Importing a file in three steps: chosen, looked at, confirmed."""

from typing import Any

from litestar import Response, get, post

from recul import clock
from recul.journal import scales
from recul.journal.actions import imports
from recul.journal.daylio import suggested_load
from recul.journal.parsed import MOST_BYTES, ImportFailed
from recul.web.forms import Form, read_form
from recul.web.i18n import Said
from recul.web.pages import invalid, page, see_other
from recul.web.reach import Reach
from recul.web.viewer import WebRequest
from recul.words import N_

MISSING = N_("Choisissez d’abord un fichier.")
BODY = MOST_BYTES + 64 * 1024
"""The file, and what a form puts around it."""


@get("/carnet/import", reach=Reach.OPEN_VAULT, thing="copies")
async def ask(request: WebRequest) -> Response[Any]:
    return page(request, "journal/import.html", errors={})


@post("/carnet/import", reach=Reach.OPEN_VAULT, thing="copies", request_max_body_size=BODY)
async def upload(request: WebRequest) -> Response[Any]:
    form = await read_form(request)
    data = form.file("file")
    try:
        if not data:
            raise ImportFailed(MISSING)
        await imports.stage(request.vault, data, clock.local(request.viewer.time_zone))
    except ImportFailed as failed:
        form.errors["file"] = Said(failed.message, dict(failed.values))
        return invalid(request, "journal/import.html", errors=form.errors)
    return see_other(request, "/carnet/import/apercu")


@get("/carnet/import/apercu", reach=Reach.OPEN_VAULT, thing="copies")
async def look(request: WebRequest) -> Response[Any]:
    shown = await imports.preview(request.vault, clock.local(request.viewer.time_zone))
    if shown is None:
        return see_other(request, "/carnet/import")
    moods = [(mood, suggested_load(mood)) for mood in shown.parsed.moods]
    return page(request, "journal/import_preview.html", preview=shown, moods=moods, scales=scales)


@post("/carnet/import/confirmation", reach=Reach.OPEN_VAULT, thing="copies")
async def confirm(request: WebRequest) -> Response[Any]:
    loads = _loads(await read_form(request))
    now = clock.local(request.viewer.time_zone)
    added = await imports.take(request.vault, now, loads)
    return see_other(request, "/carnet", "imported" if added else "nothing-imported")


def _loads(form: Form) -> dict[str, int | None]:
    """The emotional load that the person gives each mood: pairs of `mood-N` and `load-N`."""
    numbers = [name.removeprefix("mood-") for name in form.data if name.startswith("mood-")]
    return {form.typed(f"mood-{n}"): form.step(f"load-{n}") for n in numbers}


@post("/carnet/import/abandon", reach=Reach.OPEN_VAULT, thing="copies")
async def give_up(request: WebRequest) -> Response[Any]:
    await imports.drop(request.vault)
    return see_other(request, "/carnet/reglages")


handlers = [ask, upload, look, confirm, give_up]
