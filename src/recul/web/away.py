"""When the database cannot do it now: say so, say what became of what was sent, keep the text."""

from contextlib import suppress

from litestar import Response
from litestar.exceptions import HTTPException
from litestar.status_codes import (
    HTTP_503_SERVICE_UNAVAILABLE,
    HTTP_507_INSUFFICIENT_STORAGE,
)

from recul.database import Busy, Full, Unavailable, Uncertain, Unwritable, kept
from recul.web import carry
from recul.web.errors import error_page
from recul.web.forms import TOKEN_FIELD
from recul.web.pages import local_path
from recul.web.reach import SAFE_METHODS
from recul.web.viewer import WebRequest
from recul.words import N_

BACK_SOON_SECONDS = 10
BACK_LATER_SECONDS = 60

AWAY = (
    N_("Recul ne peut pas répondre en ce moment"),
    N_("Ce n’est pas vous : là où vos écrits sont gardés, rien ne répond pour l’instant."),
)
REASONS: dict[type[Unavailable], tuple[str, str]] = {
    Busy: (
        N_("Trop de monde à la fois"),
        N_("Ce n’est pas vous : beaucoup de choses s’écrivent en ce moment."),
    ),
    Unwritable: (
        N_("Rien ne peut être enregistré en ce moment"),
        N_("Ce n’est pas vous : le serveur peut encore lire, mais plus écrire."),
    ),
    Full: (
        N_("Rien ne peut être enregistré en ce moment"),
        N_("Ce n’est pas vous : le serveur n’a plus de place."),
    ),
}


async def read_what_was_typed(request: WebRequest) -> None:
    """For the error page, when the trouble comes before the form was read."""
    if request.method not in SAFE_METHODS:
        with suppress(HTTPException):
            await request.form()


def unavailable(request: WebRequest, error: Unavailable) -> Response[str]:
    """503, or 507 when there is no space. The database has said why in the log, once."""
    title, sentence = REASONS.get(type(error), AWAY)
    sent = request.method not in SAFE_METHODS
    full = isinstance(error, Full)
    response = error_page(
        request,
        HTTP_507_INSUFFICIENT_STORAGE if full else HTTP_503_SERVICE_UNAVAILABLE,
        template="errors/away.html",
        alert="errors/_away.html",
        title=title,
        sentence=sentence,
        sent=sent,
        unsure=isinstance(error, Uncertain) or kept.anything(),
        path=local_path(request.target),
        again=_again(request) if sent else [],
        kept=carry.texts(_typed(request)),
    )
    seconds = BACK_LATER_SECONDS if isinstance(error, Unwritable) else BACK_SOON_SECONDS
    response.headers["Retry-After"] = str(seconds)
    return response


def _typed(request: WebRequest) -> list[tuple[str, str]]:
    """Nothing of what another site sent is shown, or sent again."""
    own = request.headers.get("sec-fetch-site", "same-origin") == "same-origin"
    return carry.typed_fields(request) if own else []


def _again(request: WebRequest) -> list[tuple[str, str]]:
    """The whole form, to be sent again with one button; none when a part of it is not written
    into a page: a password, a code, a file."""
    found = request.already_read
    secret = any(name in found for name in carry.SECRETS if name != TOKEN_FIELD)
    files = any(not isinstance(value, str) for values in found.values() for value in values)
    fields = [] if secret or files else _typed(request)
    tokens = [value for value in found.get(TOKEN_FIELD, []) if isinstance(value, str)]
    return [(TOKEN_FIELD, tokens[0]), *fields] if fields and tokens else []
