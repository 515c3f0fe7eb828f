"""*Emporter tout ce qui me concerne*: one file, made while she waits and kept nowhere."""

import json
from typing import Any

import anyio.to_thread
from litestar import Response, get, post

from recul import clock
from recul.documents import attachment
from recul.journal import portable as journal
from recul.privacy import copy_words, copying, noting
from recul.web.i18n import translations
from recul.web.pages import page
from recul.web.reach import Reach
from recul.web.templates import environment, language_of
from recul.web.viewer import WebRequest

NAME = "copie.zip"
"""Says nothing in a list of downloads."""


@get("/compte/copie", reach=Reach.OPEN_VAULT, thing="own_copy", leaving=True)
async def show(request: WebRequest) -> Response[Any]:
    return page(request, "privacy/copy.html")


@post(
    "/compte/copie",
    reach=Reach.OPEN_VAULT,
    thing="own_copy",
    leaving=True,
    proof="/compte/copie",
    status_code=200,
)
async def take(request: WebRequest) -> Response[bytes]:
    """Off the event loop: what is long of it is opened, written and packed in a thread."""
    await noting.note(request.viewer.id, "exported")
    language, today = language_of(request), clock.local(request.viewer.time_zone).date()
    say, templates = translations(language).gettext, environment(language)
    book, whole = (
        templates.get_template(name) for name in ("journal/export.html", "privacy/copy_book.html")
    )
    moments = await journal.files(request.vault, today, say, book.render)
    rows = await copying.gather(request.settings, request.vault)

    def packed() -> bytes:
        told = whole.render(
            sections=copying.sections(), rows=rows, words=copy_words.word, exported_on=today
        )
        files = {
            "lisez-moi.html": told.encode(),
            "donnees.json": copying.as_json(rows, today),
            "donnees.schema.json": json.dumps(
                copying.schema(say), ensure_ascii=False, indent=1
            ).encode(),
        }
        return copying.archive(files | {f"carnet/{n}": content for n, content in moments.items()})

    content = await anyio.to_thread.run_sync(packed)
    return attachment(content, NAME, "application/zip")


handlers = [show, take]
