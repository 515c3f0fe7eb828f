"""Drafts: the answer says what the server has, and nothing else says *enregistré*."""

import json
from typing import Any

from litestar import Response, post

from recul import clock
from recul.journal.actions import drafts
from recul.web.forms import TOKEN_FIELD, Form, read_form
from recul.web.pages import partial, see_other
from recul.web.reach import Reach
from recul.web.viewer import WebRequest


def content_of(form: Form) -> bytes:
    """All that was typed into a form, to be shown again as it was."""
    typed = {name: form.typed_all(name) for name in form.data if name != TOKEN_FIELD}
    return json.dumps(typed, ensure_ascii=False).encode("utf-8", "replace")


@post("/carnet/brouillon", reach=Reach.SIGNED_IN, thing="journal")
async def save(request: WebRequest) -> Response[Any]:
    form = await read_form(request)
    await drafts.save(request.viewer, content_of(form))
    at = clock.local(request.viewer.time_zone)
    return partial(request, "journal/_draft_state.html", at=at)


@post("/carnet/brouillon/retrait", reach=Reach.SIGNED_IN, thing="journal")
async def drop(request: WebRequest) -> Response[Any]:
    await drafts.drop(request.viewer)
    return see_other(request, "/carnet/ecrire?modele=free", "draft-deleted")


handlers = [save, drop]
