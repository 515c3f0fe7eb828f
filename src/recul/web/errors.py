"""Errors as kind pages. They stand alone: a middleware may not have run before them."""

import logging
import re
from typing import Any

from litestar import MediaType, Response
from litestar.exceptions import HTTPException, ValidationException
from litestar.routes import HTTPRoute
from litestar.status_codes import HTTP_500_INTERNAL_SERVER_ERROR

from recul.vitals import logs
from recul.web import carry, templates
from recul.web.viewer import WebRequest
from recul.words import N_

log = logging.getLogger("recul")

SENTENCES: dict[int, tuple[str, str]] = {
    400: (
        N_("Cette demande n’est pas lisible"),
        N_("Quelque chose s’est perdu en route. Revenez en arrière et essayez encore."),
    ),
    403: (
        N_("Ce formulaire ne peut plus être envoyé"),
        N_(
            "La page était ouverte depuis longtemps, ou venait d’un autre site. "
            "Rechargez-la, puis envoyez à nouveau."
        ),
    ),
    404: (
        N_("Cette page n’existe pas"),
        N_("L’adresse a peut-être changé, ou la page n’est pas à vous."),
    ),
    405: (
        N_("Cette adresse ne s’utilise pas ainsi"),
        N_("Revenez à l’accueil et reprenez votre chemin de là."),
    ),
    413: (
        N_("C’est trop long pour être reçu"),
        N_("Rien n’a été enregistré. Raccourcissez votre texte, ou coupez-le en deux."),
    ),
    422: (
        N_("Cette demande ne peut pas être suivie"),
        N_("Une valeur n’a pas été comprise. Revenez en arrière et vérifiez ce qui est écrit."),
    ),
    429: (
        N_("Trop d’essais en peu de temps"),
        N_("Patientez quelques minutes, puis essayez encore. Rien n’est bloqué pour de bon."),
    ),
    500: (
        N_("Quelque chose a mal tourné de notre côté"),
        N_("Ce n’est pas vous. Attendez un instant, revenez en arrière et essayez encore."),
    ),
}


def error_page(
    request: WebRequest,
    status: int,
    template: str = "errors/error.html",
    alert: str = "errors/_alert.html",
    **context: Any,
) -> Response[str]:
    """A page that needs no database. htmx gets the `alert`, and leaves the page as it is."""
    title, sentence = SENTENCES.get(status, SENTENCES[400 if status < 500 else 500])
    number = request.scope["state"].get("request_id", "") if status >= 500 else ""
    context = {
        "status": status,
        "title": title,
        "sentence": sentence,
        "number": number,
        "kept": [],
    } | context
    part = request.is_htmx and request.wants_part
    html = templates.render_plain(request, alert if part else template, **context)
    return Response(html, status_code=status, media_type=MediaType.HTML)


def http_error(request: WebRequest, error: HTTPException) -> Response[str]:
    status = error.status_code
    if isinstance(error, ValidationException):
        status = 404  # An id or a month in the path that is none.
    response = error_page(request, status)
    if status == 405:
        response.headers["Allow"] = ", ".join(_methods(request))
    return response


def _methods(request: WebRequest) -> list[str]:
    """What the address of the request can be asked with: Litestar does not say."""
    found: set[str] = set()
    for route in request.app.routes:
        pattern = re.sub(r"\{[^/{}]+\}", "[^/]+", route.path_format)
        if isinstance(route, HTTPRoute) and re.fullmatch(pattern, request.path):
            found |= set(route.methods)
    if "GET" in found:
        found.add("HEAD")
    return sorted(found)


def refused(request: WebRequest, error: HTTPException) -> Response[str]:
    """403: the form's token was stale or foreign. What was typed here is shown, to be copied."""
    own = request.headers.get("sec-fetch-site", "same-origin") == "same-origin"
    kept = carry.texts(carry.typed_fields(request)) if own else []
    return error_page(request, error.status_code, kept=kept)


def crash(request: WebRequest, error: Exception) -> Response[str]:
    """500. The log names the kind of error and the places in the code, never the content."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "?"
    errors = logs.described(error)
    log.error("%s at %s", type(error).__name__, place, extra={"errors": errors})
    kept = carry.texts(carry.typed_fields(request))
    return error_page(request, HTTP_500_INTERNAL_SERVER_ERROR, kept=kept)
