"""What happens when a page needs a sign-in or an open vault: ask, and lose nothing."""

import logging
from typing import Any
from urllib.parse import quote

from litestar import Response

from recul.accounts.throttle import WINDOW, TooManyAttempts
from recul.vault.errors import Unreadable, WrongSecret
from recul.web import carry
from recul.web.errors import error_page
from recul.web.pages import local_path, page, partial, see_other
from recul.web.reach import SAFE_METHODS
from recul.web.viewer import Leaving, NotSignedIn, ProofNeeded, VaultLocked, WebRequest
from recul.words import N_

log = logging.getLogger("recul")

SIGN_IN = "/connexion"
UNLOCK = "/carnet/ouvrir"
CONFIRM = "/compte/confirmer"
LEAVING = "/compte/effacement"


NOT_OPENED = (
    N_("Votre carnet n’a pas été ouvert"),
    N_(
        "Ce n’est pas vous : ses clés, telles qu’elles sont gardées ici, ne vont plus ensemble. "
        "Par prudence, rien n’a été ouvert. Prévenez la personne qui s’occupe du serveur."
    ),
)


def not_signed_in(request: WebRequest, _error: NotSignedIn | WrongSecret) -> Response[str]:
    return _ask(request, SIGN_IN, "accounts/sign_in.html", email="")


def vault_locked(request: WebRequest, _error: VaultLocked) -> Response[str]:
    return _ask(request, UNLOCK, "accounts/unlock.html")


def proof_needed(request: WebRequest, error: ProofNeeded) -> Response[str]:
    return _ask(request, CONFIRM, "accounts/confirm.html", back=error.back)


def leaving(request: WebRequest, _error: Leaving) -> Response[Any]:
    """The one page that is left while an account waits to be erased."""
    return see_other(request, LEAVING)


def too_many_attempts(request: WebRequest, _error: TooManyAttempts) -> Response[str]:
    kept = carry.texts(carry.typed_fields(request))
    response = error_page(request, 429, kept=kept)
    response.headers["Retry-After"] = str(int(WINDOW.total_seconds()))
    return response


def keys_altered(request: WebRequest, _error: Unreadable) -> Response[str]:
    """500: somebody wrote into the database, or a disk is ill. Whose keys it was is not logged."""
    log.critical("the keys of a vault do not fit each other: its rows were altered")
    title, sentence = NOT_OPENED
    kept = carry.texts(carry.typed_fields(request))
    return error_page(request, 500, title=title, sentence=sentence, kept=kept)


def suite(path: str) -> str:
    """The end of an address that says where to go afterwards."""
    return "" if path == "/" else f"?suite={quote(path)}"


def _page_of(request: WebRequest) -> str:
    """Where a form is to be looked at once more, since it must not be sent again unseen."""
    proof = request.route_handler.opt.get("proof")
    return proof if isinstance(proof, str) else ""


def _ask(
    request: WebRequest, way: str, template: str, back: str = "", **context: str
) -> Response[str]:
    """To the page that asks, by address; or that page with the typed text in it."""
    if request.method in SAFE_METHODS:
        # What would not be followed afterwards is not carried along, however long it is.
        return see_other(request, way + suite(local_path(back or request.target)))
    page_of_form = _page_of(request)
    kept = [] if page_of_form else carry.to_carry(request)
    # Without a text to send again, the address of a form is not a page to come back to.
    context |= {"following": request.path if kept else page_of_form or "/"}
    if request.is_htmx and request.wants_part:
        return partial(request, "accounts/_interrupted.html", status=401, way=way)
    return page(request, template, status=401, errors={}, carried=kept, **context)
