"""*Emporter tout ce qui me concerne*: one file, made while she waits and kept nowhere."""

import json
from typing import Any

import anyio.to_thread
from litestar import Response, get, post

from recul import clock
from recul.accounts.actions import access_log
from recul.accounts.actions.access_log import Kind
from recul.documents import attachment
from recul.journal import portable as journal
from recul.privacy import copy_words, copying
from recul.web.i18n import translations
from recul.web.pages import page
from recul.web.reach import Reach
from recul.web.templates import environment, language_of
from recul.web.viewer import WebRequest

PAGE = "/compte/copie"
NAME = "copie.zip"
"""Says nothing in a list of downloads."""


@get(PAGE, reach=Reach.OPEN_VAULT, thing="own_copy", leaving=True)
async def show(request: WebRequest) -> Response[Any]:
    return page(request, "privacy/copy.html")


@post(
    PAGE,
    reach=Reach.OPEN_VAULT,
    thing="own_copy",
    leaving=True,
    proof=PAGE,
    status_code=200,
)
async def take(request: WebRequest) -> Response[bytes]:
    """Off the event loop: what is long of it is opened, written and packed in a thread."""
    language, today = language_of(request), clock.local(request.viewer.time_zone).date()
    say, templates = translations(language).gettext, environment(language)
    book, whole = (
        templates.get_template(name) for name in ("journal/export.html", "privacy/copy_book.html")
    )
    moments = await journal.files(request.vault, today, say, book.render)
    rows = await copying.gather(request.settings, request.vault)

    def packed() -> bytes:
        told = whole.render(
            sections=copying.sections(),
            rows=rows,
            words=copy_words.word,
            dated=copy_words.dated,
            zone=request.viewer.time_zone,
            exported_on=today,
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
    await access_log.note(request.viewer.id, Kind.EXPORTED, NAME)
    return attachment(content, NAME, "application/zip")


handlers = [show, take]
