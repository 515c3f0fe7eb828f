"""The first page and the way out."""

from typing import Any

from litestar import Response, get

from recul import clock
from recul.home.heavy_week import comfort
from recul.home.talking import talk
from recul.journal import timeline
from recul.journal.actions.filing import entries_of_months
from recul.journal.forms import MomentForm
from recul.journal.routes.choices import for_form
from recul.journal.templates import LINE
from recul.journal.trends import is_heavy
from recul.web.pages import page, see_other
from recul.web.reach import Reach
from recul.web.viewer import WebRequest

LAST_MOMENTS = 3


@get("/", reach=Reach.PUBLIC, thing="home")
async def home(request: WebRequest) -> Response[Any]:
    """The check-in, and beside it what was written last, when the vault is open."""
    if request.visitor is None:
        return see_other(request, "/connexion")
    context = await for_form(request.viewer, MomentForm(LINE)) | {"following": "/"}
    if request.viewer.vault is None:
        return page(request, "home/home.html", **context, entries=[], comfort=None, talk=None)
    today = clock.local(request.viewer.time_zone).date()
    month = timeline.month_of(today)
    entries = await entries_of_months(request.vault, [month, timeline.shifted(month, -1)])
    keep, offered = context["keep"], await talk(request.viewer)
    return page(
        request,
        "home/home.html",
        **context,
        entries=entries[:LAST_MOMENTS],
        comfort=comfort(entries, keep.restores, today),
        talk=offered if is_heavy(entries, today) else None,
    )


@get("/bienvenue", reach=Reach.SIGNED_IN, thing="explanations")
async def welcome(request: WebRequest) -> Response[Any]:
    """The second of four minutes: who can see what, before the recovery codes."""
    return page(request, "home/welcome.html")


@get("/page-blanche", reach=Reach.PUBLIC, thing="entrance")
async def blank(request: WebRequest) -> Response[Any]:
    """Where *Quitter vite* leads by default: nothing that tells what was open before."""
    return page(request, "home/blank.html")


handlers = [home, welcome, blank]
