"""The quick check-in: two taps, then *Enregistrer*. It needs no open vault."""

from typing import Any

from litestar import Response, get, post

from recul import clock
from recul.journal.actions import entries
from recul.journal.forms import MomentForm
from recul.journal.routes.choices import for_form
from recul.journal.routes.guard import noted
from recul.journal.templates import LINE
from recul.web.forms import read_form
from recul.web.pages import invalid, local_path, page, see_other
from recul.web.reach import Reach
from recul.web.viewer import WebRequest


@get("/carnet/vite", reach=Reach.SIGNED_IN, thing="journal")
async def show(request: WebRequest) -> Response[Any]:
    context = await for_form(request.viewer, MomentForm(LINE))
    return page(request, "journal/quick.html", following=request.path, **context)


@post("/carnet/vite", reach=Reach.SIGNED_IN, thing="journal")
async def save(request: WebRequest) -> Response[Any]:
    sent, viewer = await read_form(request), request.viewer
    form = MomentForm.read(sent, clock.local(viewer.time_zone))
    following = local_path(sent.typed("following"))
    if form.moment is None:
        context = await for_form(viewer, form)
        return invalid(request, "journal/quick.html", following=following, **context)
    await entries.write(viewer, form.nonce, form.content, form.moment)
    note = "moment-saved" if viewer.vault else "moment-deposited"
    return see_other(request, following, noted(sent, form, note))


handlers = [show, save]
