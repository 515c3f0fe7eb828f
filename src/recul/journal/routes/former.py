"""A journal that a reset left closed, brought back by a code or a password that was found."""

from typing import Any

from litestar import Response, get, post
from litestar.exceptions import NotFoundException

from recul.accounts import queries as accounts
from recul.accounts.actions import vaults
from recul.accounts.throttle import Attempt
from recul.journal.actions import filing
from recul.vault.errors import WrongSecret
from recul.vault.opened import OpenVault
from recul.web.forms import Form, read_form
from recul.web.pages import invalid, page, see_other
from recul.web.reach import Reach
from recul.web.viewer import WebRequest
from recul.words import N_

WRONG = {
    "code": N_("Cette clé n’ouvre pas votre ancien carnet. Vérifiez-la sur votre feuille."),
    "password": N_("Ce mot de passe n’ouvre pas votre ancien carnet."),
}


async def _closed(request: WebRequest, form: Form | None = None) -> dict[str, Any]:
    if not await accounts.vaults(request.viewer.id, closed=True):
        raise NotFoundException
    typed, errors = (form.typed("code"), form.errors) if form else ("", {})
    return {"code": typed, "errors": errors}


@get("/carnet/ancien", reach=Reach.OPEN_VAULT, thing="journal")
async def ask(request: WebRequest) -> Response[Any]:
    return page(request, "journal/former.html", **await _closed(request))


@post("/carnet/ancien", reach=Reach.OPEN_VAULT, thing="journal")
async def take_over(request: WebRequest) -> Response[Any]:
    form, viewer = await read_form(request), request.viewer
    context = await _closed(request, form)
    attempt = Attempt.of(request.settings, viewer.email, request.address)
    await attempt.count()
    try:
        former = await _former(request, form)
    except WrongSecret:
        name = "password" if form.typed("password") else "code"
        form.error(name, WRONG[name])
        return invalid(request, "journal/former.html", **context)
    await attempt.forgive()
    if await filing.take_over(request.vault, former):
        await vaults.forget(viewer.id, former.id)
    return see_other(request, "/carnet", "former-opened")


async def _former(request: WebRequest, form: Form) -> OpenVault:
    """Raises WrongSecret."""
    if password := form.typed("password"):
        return await vaults.open_closed_by_password(request.settings, request.viewer.id, password)
    return await vaults.open_closed(request.viewer.id, form.typed("code"))


handlers = [ask, take_over]
