"""How long everything is kept: the page made of `retention`."""

from typing import Any

from litestar import Response, get

from recul.privacy.retention import RULES
from recul.web.pages import page
from recul.web.reach import Reach
from recul.web.viewer import WebRequest


@get("/combien-de-temps", reach=Reach.PUBLIC, thing="explanations")
async def show(request: WebRequest) -> Response[Any]:
    return page(request, "privacy/retention.html", rules=RULES, settings=request.settings)


handlers = [show]
