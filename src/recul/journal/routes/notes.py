"""The longer note, with a template to lean on and a draft that is kept."""

import json
from typing import Any

from litestar import Response, get, post

from recul import clock
from recul.journal import queries
from recul.journal.actions import drafts, entries
from recul.journal.forms import MomentForm
from recul.journal.routes.choices import for_form
from recul.journal.routes.drafts import content_of
from recul.journal.routes.guard import noted
from recul.journal.templates import FREE, NOTE_TEMPLATES, NoteTemplate
from recul.web.forms import Form, form_of, read_form
from recul.web.pages import invalid, page, see_other
from recul.web.reach import Reach
from recul.web.viewer import Viewer, WebRequest


@get("/carnet/ecrire", reach=Reach.SIGNED_IN, thing="journal")
async def blank(request: WebRequest) -> Response[Any]:
    """A blank page, unless a draft waits: there is room for one only, so it comes first."""
    begun = await _draft(request.viewer)
    if begun is not None:
        return await _show(request, begun, from_draft=True, draft_safe=True)
    form = MomentForm(_chosen(request.query_params.get("modele", "")))
    return await _show(request, form, draft_safe=await _room_for_a_draft(request.viewer))


def _chosen(key: str) -> NoteTemplate:
    return next((offered for offered in NOTE_TEMPLATES if offered.key == key), FREE)


async def _show(request: WebRequest, form: MomentForm, **more: Any) -> Response[Any]:
    context = {"from_draft": False, "at": None, "templates": NOTE_TEMPLATES} | more
    context |= await for_form(request.viewer, form)
    answer = invalid if form.errors else page
    return answer(request, "journal/write.html", **context)


async def _draft(viewer: Viewer) -> MomentForm | None:
    """What was begun, as it was typed; only an open vault can tell."""
    stored = await queries.draft(viewer.vault) if viewer.vault else None
    try:
        begun = form_of(json.loads(stored or b""))
    except ValueError:
        return None
    form = MomentForm.read(begun, clock.local(viewer.time_zone))
    form.errors = {}
    return form if any(form.texts.values()) else None


async def _room_for_a_draft(viewer: Viewer) -> bool:
    """False behind a locked vault with a draft in it: nothing may take its place unseen."""
    return viewer.vault is not None or not await queries.has_draft(viewer.vault_id)


async def _lean_otherwise(request: WebRequest, sent: Form) -> Response[Any]:
    """Other questions for what is being written, which comes along and stays kept as a draft."""
    viewer = request.viewer
    now = clock.local(viewer.time_zone)
    form = MomentForm.read(sent, now).leaning_on(_chosen(sent.typed("modele")))
    safe = sent.flag("draft")
    keeps = safe and any(form.texts.values())
    if keeps:
        await drafts.save(viewer, content_of(sent))
    return await _show(request, form, draft_safe=safe, at=now if keeps else None)


@post("/carnet/ecrire", reach=Reach.SIGNED_IN, thing="journal")
async def save(request: WebRequest) -> Response[Any]:
    """Keep the note; the buttons of the templates send the same form with a `modele`."""
    sent, viewer = await read_form(request), request.viewer
    if sent.typed("modele"):
        return await _lean_otherwise(request, sent)
    form = MomentForm.read(sent, clock.local(viewer.time_zone))
    if form.moment is None:
        return await _show(request, form, draft_safe=sent.flag("draft"))
    await entries.write(viewer, form.nonce, form.content, form.moment)
    if sent.flag("draft"):
        await drafts.drop(viewer)
    if viewer.vault is None:
        return see_other(request, "/", noted(sent, form, "moment-deposited"))
    note = noted(sent, form, "moment-saved")
    return see_other(request, f"/carnet/mois/{form.moment.month}", note)


handlers = [blank, save]
