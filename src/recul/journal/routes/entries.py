"""One moment: read, changed, erased, brought back."""

from base64 import b64decode, b64encode
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from recul import clock
from recul.journal import identity_guard, queries
from recul.journal.actions import entries
from recul.journal.actions.entries import ChangedElsewhere, Erased, mark
from recul.journal.forms import MomentForm
from recul.journal.routes.choices import for_form
from recul.journal.routes.reading import READING
from recul.vault.errors import Unreadable
from recul.web import carry
from recul.web.errors import error_page
from recul.web.forms import read_form
from recul.web.i18n import Said
from recul.web.pages import invalid, page, partial, see_other
from recul.web.reach import Reach
from recul.web.viewer import WebRequest
from recul.words import N_

CHANGED = N_(
    "Ce moment a changé entre-temps, dans un autre onglet. Votre texte est encore là : "
    "vérifiez-le, puis enregistrez pour remplacer l’autre version."
)
GONE = N_("Ce moment n’est plus là")
COPY_IT = N_("Il a été effacé entre-temps, sans doute dans un autre onglet.")


async def _found(request: WebRequest, entry: FromPath[UUID]) -> tuple[Any, bytes]:
    found = await queries.entry(request.vault, entry)
    if found is None:
        raise NotFoundException
    return found


@get("/carnet/moments/{entry:uuid}", reach=Reach.OPEN_VAULT, thing="journal")
async def show(request: WebRequest, entry: FromPath[UUID]) -> Response[Any]:
    found, _ = await _found(request, entry)
    findings = identity_guard.findings(found.moment.text)
    return page(request, "journal/entry.html", entry=found, findings=findings, **READING)


@get("/carnet/moments/{entry:uuid}/modifier", reach=Reach.OPEN_VAULT, thing="journal")
async def edit(request: WebRequest, entry: FromPath[UUID]) -> Response[Any]:
    found, box = await _found(request, entry)
    form = MomentForm.of(found.moment, mark(box))
    context = await for_form(request.viewer, form)
    return page(request, "journal/edit.html", entry_id=entry, **context)


@post("/carnet/moments/{entry:uuid}/modifier", reach=Reach.OPEN_VAULT, thing="journal")
async def change(request: WebRequest, entry: FromPath[UUID]) -> Response[Any]:
    """A text for a moment erased meanwhile is shown once more, to be copied."""
    sent, viewer = await read_form(request), request.viewer
    found = await queries.entry(request.vault, entry)
    if found is None:
        kept = carry.texts(carry.typed_fields(request))
        return error_page(request, 404, title=GONE, sentence=COPY_IT, kept=kept)
    form = MomentForm.read(sent, clock.local(viewer.time_zone), found[0].moment.at)
    if form.moment is not None:
        try:
            await entries.change(request.vault, entry, form.seen, form.moment)
            return see_other(request, f"/carnet/mois/{form.moment.month}", "moment-changed")
        except ChangedElsewhere:
            form.errors["seen"] = Said(CHANGED)
            form.seen = mark(found[1])
    return invalid(request, "journal/edit.html", entry_id=entry, **await for_form(viewer, form))


@get("/carnet/moments/{entry:uuid}/effacer", reach=Reach.OPEN_VAULT, thing="journal")
async def confirm(request: WebRequest, entry: FromPath[UUID]) -> Response[Any]:
    found, _ = await _found(request, entry)
    return page(request, "journal/erase.html", entry=found, **READING)


@post("/carnet/moments/{entry:uuid}/effacer", reach=Reach.OPEN_VAULT, thing="journal")
async def erase(request: WebRequest, entry: FromPath[UUID]) -> Response[Any]:
    """The row is gone; the answer holds it, sealed as it was, for *Annuler*."""
    erased = await entries.erase(request.vault, entry)
    if erased is None:
        raise NotFoundException
    box = b64encode(erased.box).decode()
    answer = partial if request.wants_part else page
    template = "journal/_erased.html" if request.wants_part else "journal/erased.html"
    return answer(request, template, entry_id=entry, box=box)


@post("/carnet/moments/{entry:uuid}/retour", reach=Reach.OPEN_VAULT, thing="journal")
async def bring_back(request: WebRequest, entry: FromPath[UUID]) -> Response[Any]:
    form = await read_form(request)
    try:
        box = b64decode(form.typed("box"), validate=True)
        found = await entries.bring_back(request.vault, Erased(entry, box))
    except (Unreadable, ValueError):
        raise NotFoundException from None
    if request.wants_part:
        return partial(request, "journal/_moment.html", entry=found, back=True, **READING)
    return see_other(request, f"/carnet/mois/{found.moment.month}", "moment-restored")


handlers = [show, edit, change, confirm, erase, bring_back]
