"""Signing in, signing out, leaving in a hurry."""

from typing import Any

from litestar import Response, get, post

from recul.accounts import cookie
from recul.accounts.actions import sign_ins
from recul.accounts.routes.arriving import kept, let_in
from recul.database import if_possible
from recul.vault.errors import WrongSecret
from recul.web.forms import read_form
from recul.web.pages import invalid, local_path, page, see_other
from recul.web.reach import Reach
from recul.web.viewer import WebRequest
from recul.words import N_

PAGE = "accounts/sign_in.html"
WRONG = N_("L’adresse ou le mot de passe ne correspond pas. Vérifiez les deux, puis réessayez.")


@get("/connexion", reach=Reach.PUBLIC, thing="entrance")
async def show(request: WebRequest) -> Response[Any]:
    path = local_path(request.query_params.get("suite", "/"))
    if request.visitor is not None:
        return see_other(request, path)
    return page(request, PAGE, errors={}, email="", following=path, carried=[])


@post("/connexion", reach=Reach.PUBLIC, thing="entrance")
async def sign_in(request: WebRequest) -> Response[Any]:
    form = await read_form(request)
    email, path = form.typed("email").strip().lower(), local_path(form.typed("following"))
    try:
        opened = await sign_ins.check_password(
            request.settings, email, form.typed("password"), request.address
        )
        return await let_in(request, opened, path, form=form)
    except WrongSecret:
        form.error("password", WRONG)
        context = {"email": email, "following": path, "carried": kept(form)}
        return invalid(request, PAGE, errors=form.errors, **context)


@post("/deconnexion", reach=Reach.SIGNED_IN, thing="entrance", leaving=True)
async def sign_out(request: WebRequest) -> Response[Any]:
    await sign_ins.end(request.viewer.id, request.viewer.sign_in)
    response = see_other(request, "/connexion", note="signed-out")
    cookie.clear(response, request.settings)
    return response


@post("/quitter", reach=Reach.PUBLIC, thing="entrance", exclude_from_csrf=True, leaves=True)
async def quick_exit(request: WebRequest) -> Response[Any]:
    """Sign out and go somewhere neutral, also when the sign-in or the page's token has ended, and
    when the database is away: then the cookie goes, and the vault locks when it has been idle."""
    if request.visitor is not None:
        async with if_possible():
            await sign_ins.end(request.visitor.id, request.visitor.sign_in)
    response = see_other(request, request.settings.quick_exit)
    cookie.clear(response, request.settings)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


handlers = [show, sign_in, sign_out, quick_exit]
