"""The account page: name, language, time zone, lock, password, devices."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from recul.accounts import cookie, forms, queries
from recul.accounts.actions import profile, sign_ins, vaults
from recul.accounts.devices import in_words
from recul.accounts.routes.vault import WRONG
from recul.settings import LANGUAGES
from recul.vault.errors import WrongSecret
from recul.web.forms import read_form
from recul.web.i18n import translations
from recul.web.pages import invalid, local_path, page, see_other
from recul.web.reach import Reach
from recul.web.templates import LANGUAGE_COOKIE, language_of
from recul.web.viewer import WebRequest


@get("/compte", reach=Reach.SIGNED_IN, thing="account")
async def show(request: WebRequest) -> Response[Any]:
    return page(
        request, "accounts/profile.html", errors={}, typed=request.viewer, zones=_zones(request)
    )


@post("/compte", reach=Reach.SIGNED_IN, thing="account")
async def save(request: WebRequest) -> Response[Any]:
    form = await read_form(request)
    typed = {
        "display_name": forms.display_name(form),
        "language": forms.language(form),
        "time_zone": forms.time_zone(form, request.viewer.time_zone),
        "idle_minutes": form.number("idle_minutes", *profile.IDLE_MINUTES),
    }
    if not form.ok:
        typed["idle_minutes"] = form.typed("idle_minutes")
        return invalid(
            request, "accounts/profile.html", errors=form.errors, typed=typed, zones=_zones(request)
        )
    await profile.save(request.viewer.id, **typed)  # type: ignore[arg-type]
    return see_other(request, "/compte", note="profile-saved")


def _zones(request: WebRequest) -> list[str]:
    """The zones where French-speaking social workers live, and the person's own."""
    return list(dict.fromkeys([*forms.TIME_ZONES, request.viewer.time_zone]))


@get("/compte/mot-de-passe", reach=Reach.SIGNED_IN, thing="account")
async def ask_password(request: WebRequest) -> Response[Any]:
    return page(request, "accounts/password.html", errors={})


@post("/compte/mot-de-passe", reach=Reach.SIGNED_IN, thing="account")
async def change_password(request: WebRequest) -> Response[Any]:
    form, viewer = await read_form(request), request.viewer
    password = forms.new_password(form, viewer.email, viewer.display_name)
    try:
        if form.ok:
            opened = await sign_ins.check_again(
                request.settings,
                viewer.id,
                viewer.email,
                form.typed("password"),
                request.address,
            )
            await vaults.change_password(
                request.settings,
                viewer.id,
                viewer.vault_id,
                opened.data_key,
                password,
                viewer.sign_in,
            )
            return see_other(request, "/compte", note="password-changed")
    except WrongSecret:
        form.error("password", WRONG)
    return invalid(request, "accounts/password.html", errors=form.errors)


@get("/compte/appareils", reach=Reach.SIGNED_IN, thing="account")
async def devices(request: WebRequest) -> Response[Any]:
    translate = translations(language_of(request)).gettext
    return page(
        request,
        "accounts/devices.html",
        devices=await queries.devices(request.viewer.id),
        label=lambda stored: in_words(stored, translate),
    )


@post("/compte/appareils/{sign_in:uuid}/fin", reach=Reach.SIGNED_IN, thing="account")
async def end_device(request: WebRequest, sign_in: FromPath[UUID]) -> Response[Any]:
    if sign_in != request.viewer.sign_in:
        if not await sign_ins.end_from_afar(request.viewer.id, sign_in):
            raise NotFoundException
        return see_other(request, "/compte/appareils", note="device-ended")
    await sign_ins.end(request.viewer.id, sign_in)
    response = see_other(request, "/connexion", note="signed-out")
    cookie.clear(response, request.settings)
    return response


@post("/langue", reach=Reach.PUBLIC, thing="entrance")
async def speak(request: WebRequest) -> Response[Any]:
    form = await read_form(request)
    language = form.choice("language", LANGUAGES, request.settings.language)
    if request.visitor is not None:
        await profile.speak(request.visitor.id, language)
    response = see_other(request, local_path(form.typed("following")))
    response.set_cookie(
        key=LANGUAGE_COOKIE,
        value=language,
        max_age=365 * 24 * 3600,
        samesite="lax",
        httponly=True,
        secure=bool(request.settings.cookie_secure),
    )
    return response


handlers = [show, save, ask_password, change_password, devices, end_device, speak]
