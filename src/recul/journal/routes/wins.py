"""The jar of small wins, and the list of what restores me."""

from dataclasses import replace
from typing import Any

from litestar import Response, get, post

from recul.journal import queries
from recul.journal.actions import filing
from recul.journal.actions import keep as keeping
from recul.journal.keep import MOST_LINES
from recul.journal.routes.reading import READING
from recul.web.forms import Form, read_form
from recul.web.pages import invalid, page, see_other
from recul.web.reach import Reach
from recul.web.viewer import WebRequest
from recul.words import N_

SHOWN = 200


async def _context(request: WebRequest, form: Form | None = None) -> dict[str, Any]:
    wins = await filing.over_everything(
        request.vault, lambda entries: [e for e in entries if e.moment.small_win][:SHOWN]
    )
    keep, _ = await queries.keep(request.vault)
    typed, errors = (form.typed("line"), form.errors) if form else ("", {})
    return READING | {"wins": wins, "keep": keep, "typed": typed, "errors": errors}


@get("/carnet/victoires", reach=Reach.OPEN_VAULT, thing="journal")
async def show(request: WebRequest) -> Response[Any]:
    return page(request, "journal/wins.html", **await _context(request))


@post("/carnet/ressources", reach=Reach.OPEN_VAULT, thing="journal")
async def add(request: WebRequest) -> Response[Any]:
    form = await read_form(request)
    line = form.text("line", longest=120, required=N_("Écrivez ce qui vous fait du bien."))
    keep, _ = await queries.keep(request.vault)
    if len(keep.restores) >= MOST_LINES:
        form.error("line", N_("La liste est pleine : retirez une ligne pour en ajouter une."))
    if not form.ok:
        return invalid(request, "journal/wins.html", **await _context(request, form))
    await keeping.update(
        request.vault,
        lambda keep: replace(keep, restores=tuple(dict.fromkeys([*keep.restores, line]))),
    )
    return see_other(request, "/carnet/victoires#ressources", "settings-saved")


@post("/carnet/ressources/retrait", reach=Reach.OPEN_VAULT, thing="journal")
async def remove(request: WebRequest) -> Response[Any]:
    line = (await read_form(request)).typed("line")
    await keeping.update(
        request.vault,
        lambda keep: replace(keep, restores=tuple(r for r in keep.restores if r != line)),
    )
    return see_other(request, "/carnet/victoires#ressources", "settings-saved")


handlers = [show, add, remove]
