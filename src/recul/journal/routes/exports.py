"""The journal handed back whole to its person."""

from typing import Any

from litestar import Response, get

from recul import clock, spreadsheets
from recul.accounts.actions import access_log
from recul.accounts.actions.access_log import Kind
from recul.documents import attachment
from recul.journal import exporting, queries
from recul.journal.actions import filing
from recul.journal.moments import Entry
from recul.web.i18n import translations
from recul.web.pages import page
from recul.web.reach import Reach
from recul.web.templates import environment, language_of
from recul.web.viewer import WebRequest

PAGE = "/carnet/export"


@get(PAGE, reach=Reach.OPEN_VAULT, thing="copies", proof=True)
async def show(request: WebRequest) -> Response[Any]:
    return page(request, "journal/exports.html")


@get("/carnet/export/carnet.json", reach=Reach.OPEN_VAULT, thing="copies", proof=PAGE)
async def as_json(request: WebRequest) -> Response[bytes]:
    await filing.file_waiting(request.vault)  # Its own words belong to the lists.
    keep, _ = await queries.keep(request.vault)
    today = clock.local(request.viewer.time_zone).date()
    content = await filing.over_everything(
        request.vault, lambda entries: exporting.export_json(entries, keep, today)
    )
    await access_log.note(request.viewer.id, Kind.EXPORTED, "carnet.json")
    return attachment(content, "carnet.json", "application/json")


@get("/carnet/export/carnet.csv", reach=Reach.OPEN_VAULT, thing="copies", proof=PAGE)
async def as_csv(request: WebRequest) -> Response[bytes]:
    translate = translations(language_of(request)).gettext
    content = await filing.over_everything(
        request.vault, lambda entries: exporting.export_csv(entries, translate)
    )
    await access_log.note(request.viewer.id, Kind.EXPORTED, "carnet.csv")
    return attachment(content, "carnet.csv", spreadsheets.MEDIA_TYPE)


@get("/carnet/export/carnet.html", reach=Reach.OPEN_VAULT, thing="copies", proof=PAGE)
async def as_book(request: WebRequest) -> Response[bytes]:
    """One file that asks nothing of any server."""
    await filing.file_waiting(request.vault)  # As above.
    keep, _ = await queries.keep(request.vault)
    language, today = language_of(request), clock.local(request.viewer.time_zone).date()
    template = environment(language).get_template("journal/export.html")
    translate = translations(language).gettext

    def render(entries: list[Entry]) -> bytes:
        return template.render(exporting.book(entries, keep, today, translate)).encode()

    content = await filing.over_everything(request.vault, render)
    await access_log.note(request.viewer.id, Kind.EXPORTED, "carnet.html")
    return attachment(content, "carnet.html", "text/html")


handlers = [show, as_json, as_csv, as_book]
