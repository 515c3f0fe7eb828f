"""The second step of a sign-in: a code of the application, a passkey, or a recovery code."""

from typing import Any

from litestar import Response, get, post

from recul.accounts import second_queries
from recul.accounts.actions import second_step
from recul.accounts.barriers import SIGN_IN, suite
from recul.accounts.routes.arriving import (
    PAGE,
    SECOND_STEP,
    device_of,
    half_way,
    kept,
    let_through,
)
from recul.accounts.second_queries import HalfWay
from recul.vault.errors import WrongSecret
from recul.web.forms import Form, read_form
from recul.web.pages import invalid, local_path, page, see_other
from recul.web.reach import Reach
from recul.web.viewer import WebRequest
from recul.words import N_

WRONG_CODE = N_(
    "Ce code ne convient pas. Attendez le suivant dans votre application : "
    "chaque code sert une fois, pendant une demi-minute."
)
WRONG_KEY = N_("Ce n’est pas l’une de vos clés de secours, ou elle a déjà servi.")


@get(SECOND_STEP, reach=Reach.PUBLIC, thing="entrance")
async def ask(request: WebRequest) -> Response[Any]:
    path = local_path(request.query_params.get("suite", "/"))
    half = await half_way(request)
    methods = await second_queries.methods(half.account) if half else None
    if methods is None or not methods.any:  # Ended, or turned off meanwhile on another device.
        return see_other(request, path if request.visitor else SIGN_IN + suite(path))
    return page(request, PAGE, errors={}, methods=methods, following=path, carried=[])


@post(SECOND_STEP, reach=Reach.PUBLIC, thing="entrance")
async def check(request: WebRequest) -> Response[Any]:
    form = await read_form(request)
    path = local_path(form.typed("following"))
    half = await half_way(request)
    if half is None:
        return too_late(request, form, path)
    try:
        token = await second_step.by_code(
            request.settings, half, form.typed("code"), request.address, device_of(request)
        )
    except WrongSecret:
        form.error("code", WRONG_CODE)
        return await again(request, half, form)
    return let_through(request, token, form, path)


@post(SECOND_STEP + "/cle", reach=Reach.PUBLIC, thing="entrance")
async def check_key(request: WebRequest) -> Response[Any]:
    """A recovery code instead of the phone; then the page where the lost phone is dealt with."""
    form = await read_form(request)
    path = local_path(form.typed("following"))
    half = await half_way(request)
    if half is None:
        return too_late(request, form, path)
    typed = form.typed("recovery_code")
    try:
        token = await second_step.by_recovery_code(
            request.settings, half, typed, request.address, device_of(request)
        )
    except WrongSecret:
        form.error("recovery_code", WRONG_KEY)
        return await again(request, half, form)
    if kept(form):
        return let_through(request, token, form, path)
    return let_through(request, token, form, "/compte/securite", "key-used")


async def again(request: WebRequest, half: HalfWay, form: Form) -> Response[Any]:
    """The page once more, with what was wrong."""
    return invalid(
        request,
        PAGE,
        errors=form.errors,
        methods=await second_queries.methods(half.account),
        following=local_path(form.typed("following")),
        carried=kept(form),
    )


def too_late(request: WebRequest, form: Form, path: str) -> Response[Any]:
    """The half sign-in has ended, or another tab has finished it: nothing typed is lost."""
    if request.visitor is not None and not kept(form):
        return see_other(request, path)
    context = {"errors": {}, "email": "", "following": path, "carried": kept(form)}
    return page(request, "accounts/sign_in.html", status=401, late=True, **context)


handlers = [ask, check, check_key]
