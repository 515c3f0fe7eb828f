"""Search over the whole journal: every moment is opened for it, in a worker thread."""

from typing import Any

from litestar import Response, get

from recul.journal import contexts, labels, lexicon, queries, search
from recul.journal.actions import filing
from recul.journal.moments import Entry
from recul.journal.routes.reading import READING
from recul.web.forms import clean
from recul.web.i18n import translations
from recul.web.pages import page, partial
from recul.web.reach import Reach
from recul.web.templates import language_of
from recul.web.viewer import WebRequest

A_PAGE = 30
FURTHEST = 1000


@get("/carnet/recherche", reach=Reach.OPEN_VAULT)
async def show(request: WebRequest) -> Response[Any]:
    asked = {name: _asked(request, name) for name in ("mots", "ressenti", "contexte")}
    number = _page_number(request)
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
    keep, _ = await queries.keep(request.vault)
    answer = partial if request.wants_part else page
    return answer(
        request,
        "journal/_results.html" if request.wants_part else "journal/search.html",
        asked=asked,
        asked_anything=any(asked.values()),
        total=len(found),
        entries=found[(number - 1) * A_PAGE : number * A_PAGE],
        number=number,
        more=len(found) > number * A_PAGE,
        snippet=search.snippet,
        keep=keep,
        lexicon=lexicon,
        contexts=contexts,
        **READING,
    )


def _asked(request: WebRequest, name: str) -> str:
    return clean(request.query_params.get(name, "")).strip()[: search.LONGEST_QUERY]


def _page_number(request: WebRequest) -> int:
    typed = request.query_params.get("page", "1")
    readable = typed.isascii() and typed.isdecimal() and len(typed) <= len(str(FURTHEST))
    return min(max(int(typed), 1), FURTHEST) if readable else 1


handlers = [show]
