"""Recovery codes: shown once, printed, one of them asked back."""

from typing import Any

from litestar import Response, get, post

from recul.accounts import queries
from recul.accounts.actions import vaults
from recul.vault.errors import WrongSecret
from recul.web.forms import read_form
from recul.web.pages import invalid, page, see_other
from recul.web.reach import Reach
from recul.web.viewer import WebRequest
from recul.words import N_

NOT_ONE = N_(
    "Ce n’est pas l’une de vos huit clés. Recopiez-la telle qu’elle est sur votre feuille."
)


@get("/carnet/codes", reach=Reach.OPEN_VAULT, thing="keys")
async def show(request: WebRequest) -> Response[Any]:
    viewer = request.viewer
    return page(
        request,
        "accounts/codes.html",
        errors={},
        left=await queries.codes_left(viewer.vault_id),
        closed_vaults=await queries.vaults(viewer.id, closed=True),
    )


@post("/carnet/codes", reach=Reach.OPEN_VAULT, thing="keys", proof="/carnet/codes")
async def make(request: WebRequest) -> Response[Any]:
    """New codes replace the old ones, so whoever holds an unlocked phone must know the password."""
    codes = await vaults.make_codes(request.viewer.id, request.vault)
    return page(request, "accounts/codes_sheet.html", codes=codes, site=request.settings.url)


@post("/carnet/codes/verification", reach=Reach.OPEN_VAULT, thing="keys")
async def check(request: WebRequest) -> Response[Any]:
    form, viewer = await read_form(request), request.viewer
    try:
        await vaults.settle(viewer.id, viewer.vault_id, form.typed("code"))
    except WrongSecret:
        form.error("code", NOT_ONE)
        return invalid(request, "accounts/codes_check.html", errors=form.errors)
    return see_other(request, "/", note="settled")


handlers = [show, make, check]
