"""*Effacer mon compte*: what goes and what stays, said first; then seven days to think again."""

from typing import Any
from zoneinfo import ZoneInfo

from litestar import Response, get, post

from recul import clock
from recul.accounts import cookie
from recul.accounts.actions.leaving import LastAdministrator
from recul.booking.queries.leaving import before
from recul.organisation.queries.leaving import alone_in
from recul.privacy.actions import erasure
from recul.web.forms import Form, read_form
from recul.web.pages import page, see_other
from recul.web.reach import Reach
from recul.web.viewer import WebRequest
from recul.words import N_

PAGE = "/compte/effacement"
UNDERSTOOD = N_("Cochez la case pour confirmer que c’est bien votre choix.")
LAST = N_(
    "Vous êtes la dernière personne chargée de l’administration technique. Invitez-en d’abord une "
    "autre, pour que les autres comptes ne restent pas sans personne : « recul invite » avec "
    "« --administrator », sur le serveur."
)


async def _show(request: WebRequest, form: Form | None = None) -> Response[Any]:
    viewer = request.viewer
    return page(
        request,
        "privacy/leaving.html",
        status=422 if form else 200,
        errors=form.errors if form else {},
        before=await before(viewer.id, clock.now()),
        alone_in=await alone_in(viewer.id),
    )


@get(PAGE, reach=Reach.SIGNED_IN, thing="leaving", leaving=True)
async def show(request: WebRequest) -> Response[Any]:
    viewer = request.viewer
    if viewer.erase_at is None:
        return await _show(request)
    at = viewer.erase_at.astimezone(ZoneInfo(viewer.time_zone))
    return page(request, "privacy/left.html", at=at)


@post(PAGE, reach=Reach.OPEN_VAULT, thing="leaving", proof=PAGE)
async def ask(request: WebRequest) -> Response[Any]:
    form = await read_form(request)
    if not form.flag("understood"):
        form.error("understood", UNDERSTOOD)
        return await _show(request, form)
    try:
        await erasure.ask(request.settings, request.viewer, request.vault)
    except LastAdministrator:
        form.error("understood", LAST)
        return await _show(request, form)
    response = see_other(request, "/connexion", note="account-leaving")
    cookie.clear(response, request.settings)
    return response


@post(PAGE + "/retrait", reach=Reach.SIGNED_IN, thing="leaving", leaving=True)
async def take_back(request: WebRequest) -> Response[Any]:
    """Sent twice, or where nothing was asked for, it leads home all the same."""
    await erasure.take_back(request.viewer.id)
    return see_other(request, "/", note="account-kept")


handlers = [show, ask, take_back]
