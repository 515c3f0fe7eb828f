"""Search over the whole journal: every moment is opened for it, in a worker thread."""

from typing import Any

from litestar import Response, get, post

from recul.journal import contexts, labels, lexicon, queries, sealed_query, search
from recul.journal.actions import filing
from recul.journal.moments import Entry
from recul.journal.routes.reading import READING
from recul.web.forms import read_form
from recul.web.i18n import translations
from recul.web.pages import page, partial, see_other
from recul.web.reach import Reach
from recul.web.templates import language_of
from recul.web.viewer import WebRequest

A_PAGE = 30
FURTHEST = 1000


@get("/carnet/recherche", reach=Reach.OPEN_VAULT, thing="journal")
async def show(request: WebRequest) -> Response[Any]:
    asked = sealed_query.opened(request.vault, request.query_params.get("q", ""))
    return page(request, "journal/search.html", **await _found(request, asked))


@post("/carnet/recherche", reach=Reach.OPEN_VAULT, thing="journal")
async def ask(request: WebRequest) -> Response[Any]:
    """To what was found. The address holds the words sealed: browsers keep a history."""
    form = await read_form(request)
    asked = {name: form.typed(name).strip()[: search.LONGEST_QUERY] for name in sealed_query.NAMES}
    address = f"/carnet/recherche?q={sealed_query.sealed(request.vault, asked)}"
    if not request.wants_part:
        return see_other(request, address)
    response = partial(request, "journal/_results.html", **await _found(request, asked))
    response.headers["HX-Replace-Url"] = address
    return response


async def _found(request: WebRequest, asked: dict[str, str]) -> dict[str, Any]:
    found: list[Entry] = []
    if any(asked.values()):
        label = labels.labels_in(translations(language_of(request)).gettext)
        words = search.read_words(asked["mots"])
        found = await filing.over_everything(
            request.vault,
            lambda entries: search.search(
                entries, words, asked["ressenti"], asked["contexte"], label
            ),
        )
    number = _page_number(request)
    keep, _ = await queries.keep(request.vault)
    return READING | {
        "asked": asked,
        "query": sealed_query.sealed(request.vault, asked),
        "total": len(found),
        "entries": found[(number - 1) * A_PAGE : number * A_PAGE],
        "number": number,
        "more": len(found) > number * A_PAGE,
        "snippet": search.snippet,
        "keep": keep,
        "lexicon": lexicon,
        "contexts": contexts,
    }


def _page_number(request: WebRequest) -> int:
    typed = request.query_params.get("page", "1")
    readable = typed.isascii() and typed.isdecimal() and len(typed) <= len(str(FURTHEST))
    return min(max(int(typed), 1), FURTHEST) if readable else 1


handlers = [show, ask]
