"""*Mes groupes*: what comes, what waits for an answer, what could be joined."""

from typing import Any

from litestar import Response, get

from recul import clock
from recul.booking import kinds
from recul.booking.queries import my_groups, supervision
from recul.web.pages import page, page_number
from recul.web.reach import Reach
from recul.web.viewer import WebRequest


@get("/groupes", reach=Reach.BELONGING, thing="own_groups")
async def index(request: WebRequest) -> Response[Any]:
    viewer = request.viewer.id
    found, more = await my_groups.proposed(viewer)
    return page(
        request,
        "booking/my_groups.html",
        mine=await my_groups.mine(viewer),
        proposed=found,
        more=more,
        supervision=await supervision.block(viewer, clock.now()),
        kind_label=kinds.label,
    )


@get("/groupes/proposes", reach=Reach.BELONGING, thing="own_groups")
async def proposed(request: WebRequest) -> Response[Any]:
    """Every cycle that the viewer could join, a page at a time."""
    number = page_number(request)
    found, more = await my_groups.proposed(request.viewer.id, number)
    return page(
        request,
        "booking/my_groups_proposed.html",
        proposed=found,
        number=number,
        more=more,
        kind_label=kinds.label,
    )


handlers = [index, proposed]
