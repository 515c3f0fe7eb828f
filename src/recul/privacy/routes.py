"""*Ce que peut voir…*, and the proof of it: one's own rows exactly as they are stored."""

from typing import Any

from litestar import Response, get

from recul.accounts import queries as accounts
from recul.journal import queries as journal
from recul.web.pages import page
from recul.web.reach import Reach
from recul.web.viewer import WebRequest


@get("/ce-que-peut-voir", reach=Reach.PUBLIC)
async def who_sees_what(request: WebRequest) -> Response[Any]:
    return page(request, "privacy/who_sees_what.html")


@get("/ce-que-voit-l-administrateur", reach=Reach.SIGNED_IN)
async def stored(request: WebRequest) -> Response[Any]:
    """The viewer's own rows of every table, as somebody who holds the database reads them."""
    viewer = request.viewer
    tables = await accounts.stored_rows(viewer.id) | await journal.stored_rows(viewer.id)
    return page(request, "privacy/stored.html", tables=tables)


handlers = [who_sees_what, stored]
