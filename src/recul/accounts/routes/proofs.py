"""Showing the password once more, before what must not be done from a device left open."""

from typing import Any

from litestar import Response, get, post

from recul.accounts.actions import sign_ins
from recul.accounts.barriers import CONFIRM
from recul.accounts.routes.arriving import kept, resumed
from recul.accounts.routes.vault import WRONG
from recul.vault.errors import WrongSecret
from recul.web.forms import read_form
from recul.web.pages import invalid, local_path, page, see_other
from recul.web.reach import Reach
from recul.web.viewer import WebRequest

PAGE = "accounts/confirm.html"
OTHERWISE = "/compte"


@get(CONFIRM, reach=Reach.SIGNED_IN, thing="account", leaving=True)
async def ask(request: WebRequest) -> Response[Any]:
    path = local_path(request.query_params.get("suite", OTHERWISE), OTHERWISE)
    if request.viewer.proved:
        return see_other(request, path)
    return page(request, PAGE, errors={}, following=path, carried=[])


@post(CONFIRM, reach=Reach.SIGNED_IN, thing="account", leaving=True)
async def confirm(request: WebRequest) -> Response[Any]:
    form, viewer = await read_form(request), request.viewer
    path = local_path(form.typed("following"), OTHERWISE)
    try:
        await sign_ins.check_again(
            request.settings, viewer.id, viewer.email, form.typed("password"), request.address
        )
    except WrongSecret:
        form.error("password", WRONG)
        context = {"following": path, "carried": kept(form)}
        return invalid(request, PAGE, errors=form.errors, **context)
    await sign_ins.prove(viewer.sign_in)
    return resumed(request, form, path)


handlers = [ask, confirm]
