"""Passkeys on the account's pages: adding one, letting it open the journal, removing it."""

import json
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from recul.accounts import answers, asking, challenges, passkey_queries, queries
from recul.accounts.actions import passkeys
from recul.accounts.actions.passkeys import (
    MOST,
    Asked,
    GoneBack,
    KnownAlready,
    TooMany,
)
from recul.accounts.actions.second_step import NoCodes
from recul.accounts.challenges import Purpose, StaleChallenge
from recul.accounts.devices import describe, in_words
from recul.accounts.passkey_queries import Held
from recul.accounts.webauthn import NotGenuine, Site
from recul.vault.errors import WrongSecret
from recul.web.forms import Form, read_form
from recul.web.i18n import translations
from recul.web.pages import invalid, page, see_other
from recul.web.reach import Reach
from recul.web.templates import language_of
from recul.web.viewer import WebRequest
from recul.words import N_

PASSKEYS = "/compte/cles-d-acces"
ONE = PASSKEYS + "/{passkey:uuid}"
NAME = 60
UNKNOWN = N_("Cette clé d’accès n’a pas été reconnue ici. Rien n’a changé ; vous pouvez réessayer.")
STALE = N_("Un peu trop de temps a passé, par prudence. Recommencez, s’il vous plaît.")
KNOWN = N_("Cet appareil a déjà une clé d’accès ici.")
TOO_MANY = N_("Vous avez déjà dix clés d’accès. Retirez-en une, puis ajoutez celle-ci.")
COPIED = N_(
    "Cette clé d’accès est refusée : elle a peut-être été copiée. "
    "Entrez autrement, puis retirez-la de votre compte."
)
OPENS_NOTHING = N_(
    "Cette clé d’accès ne sait pas ouvrir votre carnet. Votre mot de passe l’ouvre toujours."
)


@get(PASSKEYS, reach=Reach.SIGNED_IN, thing="account")
async def index(request: WebRequest) -> Response[Any]:
    viewer = request.viewer
    held = await passkey_queries.held(viewer.id, viewer.vault_id, viewer.vault)
    return page(request, "accounts/passkeys.html", passkeys=held, most=MOST)


@get(PASSKEYS + "/nouvelle", reach=Reach.OPEN_VAULT, thing="account", proof=True)
async def ask(request: WebRequest) -> Response[Any]:
    if not await queries.codes_left(request.viewer.vault_id):
        return page(request, "accounts/passkey_needs_codes.html")
    return page(request, "accounts/passkey_new.html", **await _context(request))


@post(PASSKEYS + "/nouvelle", reach=Reach.OPEN_VAULT, thing="account", proof=True)
async def add(request: WebRequest) -> Response[Any]:
    form, sign_in = await read_form(request), request.viewer.sign_in
    name = form.text("name", longest=NAME, required=N_("Donnez-lui un nom."))
    try:
        if form.ok:
            new = answers.creation(form.typed("passkey"))
            await passkeys.add(request.settings, request.vault, sign_in, name, new)
            return see_other(request, PASSKEYS, note="passkey-added")
    except NoCodes:
        return see_other(request, PASSKEYS + "/nouvelle")
    except (NotGenuine, StaleChallenge, KnownAlready, TooMany) as refusal:
        form.error("passkey", SENTENCES[type(refusal)])
    return invalid(request, "accounts/passkey_new.html", **await _context(request, form))


@get(ONE, reach=Reach.SIGNED_IN, thing="account", proof=True)
async def show(request: WebRequest, passkey: FromPath[UUID]) -> Response[Any]:
    return page(request, "accounts/passkey.html", errors={}, **await _one(request, passkey))


@post(ONE + "/carnet", reach=Reach.OPEN_VAULT, thing="keys", proof=PASSKEYS)
async def let_open(request: WebRequest, passkey: FromPath[UUID]) -> Response[Any]:
    """It is used once, so that its authenticator computes what opens the vault."""
    form, viewer = await read_form(request), request.viewer
    context = await _one(request, passkey)
    try:
        answer = answers.assertion(form.typed("passkey"))
        asked = Asked(Purpose.LET_OPEN, viewer.sign_in.bytes + passkey.bytes, request.address)
        found = await passkeys.recognise(request.settings, asked, answer, viewer.id)
        if found.id != passkey:
            raise NotGenuine
        await passkeys.let_open(request.vault, found, answer.secret)
    except REFUSED as refusal:
        form.error("passkey", SENTENCES[type(refusal)])
        return invalid(request, "accounts/passkey.html", errors=form.errors, **context)
    return see_other(request, PASSKEYS, note="passkey-opens")


@post(ONE + "/retrait", reach=Reach.SIGNED_IN, thing="account", proof=PASSKEYS)
async def remove(request: WebRequest, passkey: FromPath[UUID]) -> Response[Any]:
    if not await passkeys.remove(request.viewer.id, passkey):
        raise NotFoundException
    return see_other(request, PASSKEYS, note="passkey-removed")


SENTENCES: dict[type[Exception], str] = {
    NotGenuine: UNKNOWN,
    StaleChallenge: STALE,
    KnownAlready: KNOWN,
    TooMany: TOO_MANY,
    GoneBack: COPIED,
    WrongSecret: OPENS_NOTHING,
}
REFUSED = (NotGenuine, StaleChallenge, GoneBack, WrongSecret)
"""What may come of using a passkey, besides too many attempts."""


async def _context(request: WebRequest, form: Form | None = None) -> dict[str, Any]:
    viewer, settings = request.viewer, request.settings
    device = in_words(
        describe(request.headers.get("user-agent", "")),
        translations(language_of(request)).gettext,
    )
    options = asking.for_creation(
        Site.of(settings.url),
        challenges.ask(settings, Purpose.ADD, viewer.sign_in.bytes),
        viewer.id,
        viewer.email,
        await passkey_queries.descriptors(viewer.id),
    )
    return {
        "options": json.dumps(options),
        "name": form.typed("name") if form else device,
        "errors": form.errors if form else {},
    }


async def _one(request: WebRequest, passkey: UUID) -> dict[str, Any]:
    """One of the viewer's, and what its authenticator is asked to let it open the journal."""
    viewer, settings = request.viewer, request.settings
    held = await passkey_queries.held(viewer.id, viewer.vault_id, viewer.vault)
    found: Held | None = next((each for each in held if each.id == passkey), None)
    if found is None:
        raise NotFoundException
    options = asking.for_use(
        Site.of(settings.url),
        challenges.ask(settings, Purpose.LET_OPEN, viewer.sign_in.bytes + passkey.bytes),
        await passkey_queries.descriptors(viewer.id, only=passkey),
        verified=True,
        computes=True,
    )
    return {"passkey": found, "options": json.dumps(options), "alone": len(held) == 1}


handlers = [index, ask, add, show, let_open, remove]
