"""Locking the vault of a sign-in, and opening it again."""

from typing import Any

from litestar import Response, get, post

from recul.accounts.actions import sign_ins
from recul.accounts.routes.arriving import kept, resumed
from recul.vault.errors import WrongSecret
from recul.web.forms import read_form
from recul.web.pages import invalid, local_path, page, see_other
from recul.web.reach import Reach
from recul.web.viewer import WebRequest
from recul.words import N_

WRONG = N_("Ce n’est pas votre mot de passe. Vérifiez-le, puis réessayez.")


@post("/carnet/verrou", reach=Reach.SIGNED_IN, thing="keys", leaving=True)
async def lock(request: WebRequest) -> Response[Any]:
    await sign_ins.lock(request.viewer.sign_in)
    return see_other(request, "/carnet/ouvrir", note="locked")


@get("/carnet/ouvrir", reach=Reach.SIGNED_IN, thing="keys", leaving=True)
async def ask(request: WebRequest) -> Response[Any]:
    path = local_path(request.query_params.get("suite", "/carnet"), "/carnet")
    if request.viewer.vault is not None:
        return see_other(request, path)
    return page(request, "accounts/unlock.html", errors={}, following=path, carried=[])


@post("/carnet/ouvrir", reach=Reach.SIGNED_IN, thing="keys", leaving=True)
async def unlock(request: WebRequest) -> Response[Any]:
    form, viewer = await read_form(request), request.viewer
    path = local_path(form.typed("following"), "/carnet")
    try:
        opened = await sign_ins.check_again(
            request.settings, viewer.id, viewer.email, form.typed("password"), request.address
        )
    except WrongSecret:
        form.error("password", WRONG)
        context = {"errors": form.errors, "following": path, "carried": kept(form)}
        return invalid(request, "accounts/unlock.html", **context)
    token = request.scope["state"]["sign_in_token"]
    await sign_ins.unlock(viewer.sign_in, token, opened.data_key, viewer.idle_minutes)
    return resumed(request, form, path)


handlers = [lock, ask, unlock]
