"""*Ce que peut voir…*, and its proof: one's own rows exactly as they are stored."""

from typing import Any

from litestar import Response, get

from recul.accounts import queries as accounts
from recul.booking.queries import stored as booking
from recul.journal import queries as journal
from recul.notifications import queries as notifications
from recul.organisation.queries import stored as organisation
from recul.privacy.matrix import matrix
from recul.trends import queries as trends
from recul.web.pages import page
from recul.web.reach import Reach
from recul.web.roles import Role
from recul.web.viewer import WebRequest


@get("/ce-que-peut-voir", reach=Reach.PUBLIC, thing="explanations")
async def who_sees_what(request: WebRequest) -> Response[Any]:
    return page(request, "privacy/who_sees_what.html")


@get("/ce-que-voit-l-administrateur", reach=Reach.SIGNED_IN, thing="stored_rows")
async def stored(request: WebRequest) -> Response[Any]:
    """The viewer's own rows of every table, as somebody who holds the database reads them."""
    viewer = request.viewer
    tables = await accounts.stored_rows(viewer.id) | await journal.stored_rows(viewer.id)
    tables |= await trends.stored_rows(viewer.id)
    tables |= await notifications.stored_rows(viewer.id)
    tables |= await organisation.stored_rows(viewer.id)
    tables |= await booking.stored_rows(viewer.id)
    return page(request, "privacy/stored.html", tables=tables)


@get("/matrice", reach=Reach.PUBLIC, thing="explanations")
async def visibility(request: WebRequest) -> Response[Any]:
    """Role by thing, from the routes' own declarations."""
    return page(request, "privacy/matrix.html", rows=matrix(request.app), roles=list(Role))


handlers = [who_sees_what, stored, visibility]
