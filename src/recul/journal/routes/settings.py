"""The journal's own settings: words and tags of one's own, and the ways to what else there is."""

from dataclasses import replace
from typing import Any

from litestar import Response, get, post

from recul.journal import queries
from recul.journal.actions import keep as keeping
from recul.web.forms import read_form
from recul.web.pages import page, see_other
from recul.web.reach import Reach
from recul.web.viewer import WebRequest


@get("/carnet/reglages", reach=Reach.OPEN_VAULT, thing="journal")
async def show(request: WebRequest) -> Response[Any]:
    keep, _ = await queries.keep(request.vault)
    return page(request, "journal/settings.html", keep=keep)


@post("/carnet/mots/retrait", reach=Reach.OPEN_VAULT, thing="journal")
async def remove_word(request: WebRequest) -> Response[Any]:
    """Offer a word no more. Moments that have it keep it."""
    form = await read_form(request)
    feeling, context = form.typed("feeling"), form.typed("context")
    await keeping.update(
        request.vault,
        lambda keep: replace(
            keep,
            own_feelings=tuple(word for word in keep.own_feelings if word != feeling),
            own_contexts=tuple(word for word in keep.own_contexts if word != context),
        ),
    )
    return see_other(request, "/carnet/reglages", "settings-saved")


handlers = [show, remove_word]
