"""The decision to share with one's team: read, taken, paused, taken back."""

from typing import Any

from litestar import Response, get, post

from recul.trends.actions import sharing
from recul.trends.outlook import outlook
from recul.trends.receipt import Sharing
from recul.trends.routes.even import even
from recul.web.forms import read_form
from recul.web.pages import page, see_other
from recul.web.reach import Reach
from recul.web.viewer import WebRequest

PATH = "/equipe/partage"
DECISIONS = {"start": sharing.start, "pause": sharing.pause, "stop": sharing.stop}


@get(PATH, reach=Reach.OPEN_VAULT, thing="sharing")
async def show(request: WebRequest) -> Response[Any]:
    seen = await outlook(request.vault)
    return even(page(request, "trends/sharing.html", seen=seen, sharing=Sharing))


@post(PATH, reach=Reach.OPEN_VAULT, thing="sharing")
async def decide(request: WebRequest) -> Response[Any]:
    """Whatever was decided, the answer is the same."""
    decision = DECISIONS.get((await read_form(request)).typed("decision"))
    if decision is not None:
        await decision(request.vault)
    return see_other(request, PATH, "sharing-saved")


handlers = [show, decide]
