"""*Ma contribution*: what would be sent of the open cycle, and what is left out of it."""

from typing import Any

from litestar import Response, get, post

from recul.journal.door import SCALES
from recul.trends.actions import sharing
from recul.trends.contribution import DIMENSIONS, REACH
from recul.trends.outlook import outlook
from recul.trends.receipt import Sharing
from recul.trends.routes.even import even
from recul.web.forms import read_form
from recul.web.pages import page, see_other
from recul.web.reach import Reach
from recul.web.viewer import WebRequest

PATH = "/equipe/ma-contribution"
WEEKS = ("0", "1", "2", "3")


@get(PATH, reach=Reach.OPEN_VAULT, thing="sharing")
async def show(request: WebRequest) -> Response[Any]:
    return even(
        page(
            request,
            "trends/contribution.html",
            seen=await outlook(request.vault),
            scales={scale.key: scale for scale in SCALES},
            sharing=Sharing,
            reach=REACH // 10,
        )
    )


@post(PATH, reach=Reach.OPEN_VAULT, thing="sharing")
async def leave_out(request: WebRequest) -> Response[Any]:
    """A form of a cycle that has closed meanwhile says nothing about the weeks of this one."""
    form = await read_form(request)
    cycle = form.typed("cycle")
    await sharing.leave_out(
        request.vault,
        int(cycle) if cycle.isdecimal() and len(cycle) < 6 else 0,
        frozenset(int(week) for week in form.typed_all("week") if week in WEEKS),
        frozenset(form.typed_all("dimension")) & frozenset(DIMENSIONS),
    )
    return see_other(request, PATH, "sharing-saved")


handlers = [show, leave_out]
