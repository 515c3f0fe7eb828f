"""Where a passkey opens: at sign-in, as second step, as fresh proof, before a locked journal.

Each door has one address: GET tells the page's script what to ask, POST takes the answer. What is
asked is fetched at the last moment, since a page may have been open since yesterday. Whoever comes
to that address without the script is led to the page.
"""

from typing import Any

from litestar import MediaType, Response, get, post

from recul.accounts import answers, asking, challenges, forms, passkey_queries, second_queries
from recul.accounts.actions import passkeys, second_step, sign_ins, vaults
from recul.accounts.actions.passkeys import Asked
from recul.accounts.asking import Descriptor
from recul.accounts.barriers import CONFIRM, UNLOCK
from recul.accounts.challenges import Purpose
from recul.accounts.routes import arriving
from recul.accounts.routes.arriving import SECOND_STEP, half_way, kept, let_in, resumed
from recul.accounts.routes.passkeys import REFUSED, SENTENCES
from recul.accounts.routes.second_step import again, too_late
from recul.accounts.tables import Passkey
from recul.accounts.webauthn import Site
from recul.web import tokens
from recul.web.forms import Form, read_form
from recul.web.pages import invalid, local_path, page, see_other
from recul.web.reach import Reach
from recul.web.viewer import NotSignedIn, WebRequest

OPENING = frozenset({Purpose.OPEN, Purpose.SIGN_IN, Purpose.NEW_PASSWORD})
"""What takes the secret that an authenticator computes."""
DOOR = "/cle-d-acces"
PASSWORD = "/compte/mot-de-passe"
NEW_PASSWORD = "accounts/passkey_password.html"


@get("/connexion" + DOOR, reach=Reach.PUBLIC, thing="entrance")
async def options_to_sign_in(request: WebRequest) -> Response[Any]:
    """For whoever comes: the browser knows which passkeys it has for this site."""
    return _options(request, Purpose.SIGN_IN, _browser(request), [])


@post("/connexion" + DOOR, reach=Reach.PUBLIC, thing="entrance")
async def sign_in(request: WebRequest) -> Response[Any]:
    """It stands for both steps: its authenticator has it, and knew its person."""
    form = await read_form(request)
    path = local_path(form.typed("following"))
    try:
        passkey, secret = await _recognised(request, form, Purpose.SIGN_IN, _browser(request), None)
        opened = await passkeys.open_vault(request.settings, passkey, secret)
        return await let_in(request, opened, path, form=form, whole=True)
    except REFUSED as refusal:
        form.error("passkey", SENTENCES[type(refusal)])
        context = {"email": "", "following": path, "carried": kept(form)}
        return invalid(request, "accounts/sign_in.html", errors=form.errors, **context)


@get(SECOND_STEP + DOOR, reach=Reach.PUBLIC, thing="entrance")
async def options_of_second_step(request: WebRequest) -> Response[Any]:
    half = await half_way(request)
    if half is None:
        raise NotSignedIn
    held = await passkey_queries.descriptors(half.account)
    return _options(request, Purpose.SECOND, half.sign_in.bytes, held)


@post(SECOND_STEP + DOOR, reach=Reach.PUBLIC, thing="entrance")
async def pass_second_step(request: WebRequest) -> Response[Any]:
    form = await read_form(request)
    path = local_path(form.typed("following"))
    half = await half_way(request)
    if half is None:
        return too_late(request, form, path)
    try:
        await _recognised(request, form, Purpose.SECOND, half.sign_in.bytes, half.account)
        token = await second_step.pass_(half, arriving.device_of(request), _nothing_more)
    except REFUSED as refusal:
        await second_step.failed(request.settings, half)
        form.error("passkey", SENTENCES[type(refusal)])
        return await again(request, half, form)
    return arriving.let_through(request, token, form, path)


@get(CONFIRM + DOOR, reach=Reach.SIGNED_IN, thing="account", leaving=True)
async def options_to_confirm(request: WebRequest) -> Response[Any]:
    held = await passkey_queries.descriptors(request.viewer.id)
    return _options(request, Purpose.CONFIRM, request.viewer.sign_in.bytes, held)


@post(CONFIRM + DOOR, reach=Reach.SIGNED_IN, thing="account", leaving=True)
async def confirm(request: WebRequest) -> Response[Any]:
    form, viewer = await read_form(request), request.viewer
    path = local_path(form.typed("following"), "/compte")
    try:
        await _recognised(request, form, Purpose.CONFIRM, viewer.sign_in.bytes, viewer.id)
    except REFUSED as refusal:
        form.error("passkey", SENTENCES[type(refusal)])
        methods = await second_queries.methods(viewer.id)
        context = {"methods": methods, "following": path, "carried": kept(form)}
        return invalid(request, "accounts/confirm.html", errors=form.errors, **context)
    await sign_ins.prove(viewer.sign_in)
    return resumed(request, form, path)


@get(UNLOCK + DOOR, reach=Reach.SIGNED_IN, thing="keys", leaving=True)
async def options_to_unlock(request: WebRequest) -> Response[Any]:
    held = await passkey_queries.opening(request.viewer.vault_id)
    return _options(request, Purpose.OPEN, request.viewer.sign_in.bytes, held)


@post(UNLOCK + DOOR, reach=Reach.SIGNED_IN, thing="keys", leaving=True)
async def unlock(request: WebRequest) -> Response[Any]:
    form, viewer = await read_form(request), request.viewer
    path = local_path(form.typed("following"), "/carnet")
    try:
        passkey, secret = await _recognised(
            request, form, Purpose.OPEN, viewer.sign_in.bytes, viewer.id
        )
        opened = await passkeys.open_vault(request.settings, passkey, secret)
    except REFUSED as refusal:
        form.error("passkey", SENTENCES[type(refusal)])
        context = {"errors": form.errors, "following": path, "carried": kept(form)}
        return invalid(request, "accounts/unlock.html", **context)
    token = request.scope["state"]["sign_in_token"]
    await sign_ins.unlock(viewer.sign_in, token, opened.data_key, viewer.idle_minutes)
    return resumed(request, form, path)


@get(PASSWORD + DOOR, reach=Reach.SIGNED_IN, thing="account")
async def ask_new_password(request: WebRequest) -> Response[Any]:
    """For whoever has forgotten the old one: what opens the vault also wraps its key anew.

    The one door with a page of its own: something is typed there.
    """
    if "json" not in request.headers.get("accept", ""):
        return page(request, NEW_PASSWORD, errors={})
    held = await passkey_queries.opening(request.viewer.vault_id)
    return _options(request, Purpose.NEW_PASSWORD, request.viewer.sign_in.bytes, held)


@post(PASSWORD + DOOR, reach=Reach.SIGNED_IN, thing="account")
async def choose_new_password(request: WebRequest) -> Response[Any]:
    form, viewer, settings = await read_form(request), request.viewer, request.settings
    password = forms.new_password(form, viewer.email, viewer.display_name)
    try:
        if form.ok:
            passkey, secret = await _recognised(
                request, form, Purpose.NEW_PASSWORD, viewer.sign_in.bytes, viewer.id
            )
            opened = await passkeys.open_vault(settings, passkey, secret)
            whose = (viewer.id, opened.vault, opened.data_key)
            await vaults.change_password(settings, *whose, password, viewer.sign_in)
            return see_other(request, "/compte", note="password-changed")
    except REFUSED as refusal:
        form.error("passkey", SENTENCES[type(refusal)])
    return invalid(request, NEW_PASSWORD, errors=form.errors)


def _options(
    request: WebRequest, purpose: Purpose, whom: bytes, held: list[Descriptor]
) -> Response[Any]:
    if "json" not in request.headers.get("accept", ""):
        return see_other(request, request.path.removesuffix(DOOR))
    settings = request.settings
    options = asking.for_use(
        Site.of(settings.url),
        challenges.ask(settings, purpose, whom),
        held,
        verified=purpose is not Purpose.SECOND,
        computes=purpose in OPENING,
    )
    return Response(options, media_type=MediaType.JSON)


async def _recognised(
    request: WebRequest, form: Form, purpose: Purpose, whom: bytes, account: Any
) -> tuple[Passkey, bytes]:
    """The passkey that answered, and what its authenticator computed. Raises REFUSED."""
    answer = answers.assertion(form.typed("passkey"))
    asked = Asked(purpose, whom, request.address)
    found = await passkeys.recognise(request.settings, asked, answer, account)
    return found, answer.secret


def _browser(request: WebRequest) -> bytes:
    """What tells the browser of somebody whom nobody knows yet: the token of its forms."""
    return str(request.cookies.get(tokens.name(request.settings), "")).encode()


async def _nothing_more() -> None:
    """The answer was used up when it was recognised."""


handlers = [
    options_to_sign_in,
    sign_in,
    options_of_second_step,
    pass_second_step,
    options_to_confirm,
    confirm,
    options_to_unlock,
    unlock,
    ask_new_password,
    choose_new_password,
]
