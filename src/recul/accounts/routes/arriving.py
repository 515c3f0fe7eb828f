"""Letting somebody in: at once, or half way where a second step is due; then on to where she was
going, with what she had typed."""

from typing import Any

from litestar import Response

from recul.accounts import cookie, second_queries
from recul.accounts.actions import sign_ins
from recul.accounts.actions.sign_ins import Opened
from recul.accounts.barriers import suite
from recul.accounts.devices import describe
from recul.accounts.second_queries import HalfWay
from recul.web import carry, tokens
from recul.web.forms import Form
from recul.web.pages import page, see_other
from recul.web.viewer import WebRequest

SECOND_STEP = "/connexion/verification"
PAGE = "accounts/second_step.html"


def device_of(request: WebRequest) -> str:
    return describe(request.headers.get("user-agent", ""))


async def let_in(
    request: WebRequest,
    opened: Opened,
    path: str,
    note: str | None = None,
    *,
    form: Form | None = None,
    whole: bool = False,
) -> Response[Any]:
    """Start a sign-in for somebody who proved a secret; any older one of this browser ends.

    It goes half way only where the account asks for a second step, unless what was proved counts
    for both (`whole`). Raises WrongSecret and Unreadable as `sign_ins.start` does.
    """
    if request.visitor is not None:
        await sign_ins.end(request.visitor.id, request.visitor.sign_in)
    started = await sign_ins.start(opened, device_of(request), whole=whole)
    form_token = tokens.renew(request)
    if started.half_way:
        response = await _to_second_step(request, opened, path, form)
    else:
        response = resumed(request, form, path, note)
    cookie.write(response, request.settings, started.token)
    tokens.hand_out(response, request.settings, form_token)
    return response


def let_through(
    request: WebRequest, token: bytes, form: Form, path: str, note: str | None = None
) -> Response[Any]:
    """On, after the second step, with the token that `second_step.pass_` gave."""
    form_token = tokens.renew(request)
    response = resumed(request, form, path, note)
    cookie.write(response, request.settings, token)
    tokens.hand_out(response, request.settings, form_token)
    return response


def resumed(
    request: WebRequest, form: Form | None, path: str, note: str | None = None
) -> Response[Any]:
    """Back to the page that was wanted, or to the text that waits to be sent."""
    if form is not None and (fields := carry.carried(form)):
        texts = carry.texts(fields)
        return page(request, "accounts/resume.html", action=path, fields=fields, texts=texts)
    return see_other(request, path, note)


def kept(form: Form) -> list[tuple[str, str]]:
    """Carried fields, to be carried once more."""
    return [(carry.PREFIX + name, value) for name, value in carry.carried(form)]


async def half_way(request: WebRequest) -> HalfWay | None:
    """Who waits for the second step in this browser."""
    return await second_queries.half_way(request.scope["state"]["sign_in_token"])


async def _to_second_step(
    request: WebRequest, opened: Opened, path: str, form: Form | None
) -> Response[Any]:
    if form is None or not carry.carried(form):
        return see_other(request, SECOND_STEP + suite(path))
    methods = await second_queries.methods(opened.account)
    return page(request, PAGE, errors={}, methods=methods, following=path, carried=kept(form))
