"""What protects an account, in one place: the second step, and what happened lately."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

from litestar import Response, get, post

from recul.accounts import accesses, qr, queries, second_queries, totp
from recul.accounts.actions import second_step
from recul.accounts.actions.second_step import NoCodes
from recul.accounts.devices import in_words
from recul.vault.errors import Unreadable, WrongSecret
from recul.web.forms import Form, read_form
from recul.web.i18n import translations
from recul.web.pages import invalid, page, see_other
from recul.web.reach import Reach
from recul.web.templates import language_of
from recul.web.viewer import WebRequest
from recul.words import N_

CODES = "/compte/securite/code"
PAGE = "accounts/codes_by_phone.html"
WRONG = N_(
    "Ce n’est pas le code que votre application montre en ce moment. "
    "Vérifiez que l’heure de votre téléphone est juste, puis écrivez le code suivant."
)


@get("/compte/securite", reach=Reach.SIGNED_IN, thing="account")
async def show(request: WebRequest) -> Response[Any]:
    viewer = request.viewer
    return page(
        request,
        "accounts/security.html",
        methods=await second_queries.methods(viewer.id),
        left=await queries.codes_left(viewer.vault_id),
    )


@get(CODES, reach=Reach.OPEN_VAULT, thing="account", proof=True)
async def ask(request: WebRequest) -> Response[Any]:
    secret = totp.new_secret()
    return page(request, PAGE, errors={}, **await _context(request, secret))


@post(CODES, reach=Reach.OPEN_VAULT, thing="account", proof=True)
async def turn_on(request: WebRequest) -> Response[Any]:
    """The secret travels in the form, sealed: nothing is stored before a code proves it."""
    form = await read_form(request)
    box, secret = _secret(request, form)
    try:
        await second_step.turn_on(request.vault, box, form.typed("code"))
    except NoCodes:
        return see_other(request, CODES)
    except WrongSecret:
        form.error("code", WRONG)
        context = await _context(request, secret)
        return invalid(request, PAGE, errors=form.errors, **context)
    return see_other(request, "/compte/securite", note="second-step-on")


@post(CODES + "/fin", reach=Reach.SIGNED_IN, thing="account", proof=CODES)
async def turn_off(request: WebRequest) -> Response[Any]:
    await second_step.turn_off(request.viewer.id)
    return see_other(request, "/compte/securite", note="second-step-off")


@get("/compte/acces", reach=Reach.OPEN_VAULT, thing="accesses")
async def log(request: WebRequest) -> Response[Any]:
    found, closed = await second_queries.accesses(request.vault)
    translate = translations(language_of(request)).gettext
    context: dict[str, Any] = {"label": lambda stored: in_words(stored, translate)}
    context |= {"days": accesses.by_day(found), "closed": closed, "words": accesses.WORDS}
    return page(request, "accounts/accesses.html", **context)


def _secret(request: WebRequest, form: Form) -> tuple[bytes, str]:
    """The secret that the page before showed, or a new one when the form lost it."""
    try:
        box = urlsafe_b64decode(form.typed("box").encode())
        return box, second_step.opened_secret(request.vault, box)
    except (ValueError, Unreadable):
        secret = totp.new_secret()
        return second_step.sealed_secret(request.vault, secret), secret


async def _context(request: WebRequest, secret: str) -> dict[str, Any]:
    viewer, address = request.viewer, totp.address(secret, request.viewer.email)
    return {
        "methods": await second_queries.methods(viewer.id),
        "left": await queries.codes_left(viewer.vault_id),
        "secret": totp.grouped(secret),
        "address": address,
        "drawing": qr.drawing(address),
        "box": urlsafe_b64encode(second_step.sealed_secret(request.vault, secret)).decode(),
    }


handlers = [show, ask, turn_on, turn_off, log]
