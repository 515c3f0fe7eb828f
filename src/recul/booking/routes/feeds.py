"""The viewer's agenda for her own calendar program, and the address that this program reads."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from recul import clock
from recul.booking.actions import feeds as actions
from recul.booking.actions.feeds import MOST, TooMany, hash_token
from recul.booking.calendars import documents
from recul.booking.calendars.entries import mark
from recul.booking.forms import feeds as forms
from recul.booking.queries import feeds as queries
from recul.booking.queries import ways
from recul.web.forms import read_form
from recul.web.pages import invalid, page, see_other
from recul.web.reach import Reach
from recul.web.viewer import WebRequest
from recul.words import N_

PAGE = "booking/feeds.html"
SUFFIX = ".ics"
FULL = N_("Vous avez déjà %(most)s adresses. Supprimez-en une pour en créer une autre.")


async def _context(request: WebRequest) -> dict[str, Any]:
    kept = await queries.feeds(request.viewer.id)
    return {
        "feeds": kept,
        "labels": forms.LABELS,
        "nonce": forms.new_nonce(),
        "made": None,
        "errors": {},
    }


@get("/compte/agenda", reach=Reach.SIGNED_IN, thing="calendar")
async def show(request: WebRequest) -> Response[Any]:
    return page(request, PAGE, **await _context(request))


@post("/compte/agenda", reach=Reach.SIGNED_IN, thing="calendar")
async def make(request: WebRequest) -> Response[Any]:
    """Answers with the page that shows the new address, this once."""
    form, viewer = await read_form(request), request.viewer.id
    detail = forms.detail(form)
    try:
        if form.ok:
            token = await actions.make(request.settings, viewer, forms.nonce(form), detail)
            made = f"{request.settings.url}/agenda/{token}{SUFFIX}"
            return page(request, PAGE, **await _context(request) | {"made": made})
    except TooMany:
        form.error("detail", FULL, most=MOST)
    return invalid(request, PAGE, **await _context(request) | {"errors": form.errors})


@post("/compte/agenda/{feed:uuid}/detail", reach=Reach.SIGNED_IN, thing="calendar")
async def tell(request: WebRequest, feed: FromPath[UUID]) -> Response[Any]:
    form = await read_form(request)
    detail = forms.detail(form)
    if not form.ok:
        return invalid(request, PAGE, **await _context(request) | {"errors": form.errors})
    if not await actions.show(request.viewer.id, feed, detail):
        raise NotFoundException
    return see_other(request, "/compte/agenda", note="feed-changed")


@post("/compte/agenda/{feed:uuid}/fin", reach=Reach.SIGNED_IN, thing="calendar")
async def revoke(request: WebRequest, feed: FromPath[UUID]) -> Response[Any]:
    if not await actions.revoke(request.viewer.id, feed):
        raise NotFoundException
    return see_other(request, "/compte/agenda", note="feed-revoked")


# No form is there, so no cookie for forms either: calendar programs would keep it.
@get("/agenda/{address:str}", reach=Reach.PUBLIC, thing="calendar", exclude_from_csrf=True)
async def fetch(request: WebRequest, address: FromPath[str]) -> Response[Any]:
    """What a calendar program reads. Whoever knows the address is let in; nobody signs in."""
    found = await queries.reader(hash_token(address.removesuffix(SUFFIX)))
    if found is None or not address.endswith(SUFFIX):
        raise NotFoundException
    language = found.language or request.settings.language
    entries = await queries.entries(found.account, found.detail, language, clock.now())
    tag = f'"{mark(entries)}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if _holds(request.headers.get("if-none-match", ""), tag):
        return Response(None, status_code=304, headers=headers)
    headers["Content-Disposition"] = 'inline; filename="recul.ics"'
    return Response(documents.feed(entries), media_type="text/calendar", headers=headers)


def _holds(sent: str, tag: str) -> bool:
    """Whether one of the tags that a program sent is this one. Proxies make them weak."""
    return tag in {one.strip().removeprefix("W/") for one in sent.split(",")}


@get("/rendez-vous/{engagement:uuid}", reach=Reach.SIGNED_IN, thing="calendar")
async def lead(request: WebRequest, engagement: FromPath[UUID]) -> Response[Any]:
    """The address that stands in mails: it does not say what it leads to."""
    path = await ways.to(request.viewer.id, engagement)
    if path is None:
        raise NotFoundException
    return see_other(request, path)


handlers = [show, make, tell, revoke, fetch, lead]
