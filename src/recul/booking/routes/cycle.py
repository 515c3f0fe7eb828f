"""One cycle: what it is, asking for a seat, leaving."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from recul.booking import kinds
from recul.booking.actions import enrolments
from recul.booking.forms import enrolling
from recul.booking.outcomes import Outcome
from recul.booking.queries import overlaps, within
from recul.booking.queries.cycle_page import CyclePage, cycle_page
from recul.web.forms import Form, read_form
from recul.web.pages import page, see_other
from recul.web.reach import Reach
from recul.web.viewer import WebRequest

NOTES = {
    Outcome.SEATED: "seat-yours",
    Outcome.WAITING: "seat-waiting",
    Outcome.ASKED: "seat-asked",
}


async def reached(request: WebRequest, cycle: UUID) -> CyclePage:
    """A cycle that the viewer may know of."""
    found = await cycle_page(request.viewer.id, cycle)
    if found is None:
        raise NotFoundException
    return found


async def bookable(request: WebRequest, cycle: UUID) -> None:
    """Not found where `reached` finds nothing: for forms, which need no page."""
    if await within.bookable_cycle(request.viewer.id, cycle) is None:
        raise NotFoundException


async def show_cycle(
    request: WebRequest, found: CyclePage, form: Form | None = None
) -> Response[Any]:
    """The page, with what was wrong in the form of a seat."""
    errors = form.errors if form else {}
    clashes = "overlap_ok" in errors
    return page(
        request,
        "booking/cycle.html",
        status=422 if errors else 200,
        found=found,
        cycle=found.cycle,
        group=found.cycle.group,
        mine=found.standing,
        kind=kinds.label(found.cycle.group.kind),
        self_managed=kinds.KINDS[found.cycle.group.kind].self_managed,
        leads=found.cycle.group.facilitator == request.viewer.id,
        clashes=await overlaps.of_cycle(request.viewer.id, found.cycle.id) if clashes else [],
        kind_label=kinds.label,
        errors=errors,
        flag=form.flag if form else lambda _: False,
    )


@get("/groupes/cycles/{cycle:uuid}", reach=Reach.BOOKER, thing="groups")
async def show(request: WebRequest, cycle: FromPath[UUID]) -> Response[Any]:
    return await show_cycle(request, await reached(request, cycle))


@post("/groupes/cycles/{cycle:uuid}/inscription", reach=Reach.BOOKER, thing="groups")
async def ask(request: WebRequest, cycle: FromPath[UUID]) -> Response[Any]:
    await bookable(request, cycle)
    wish = enrolling.wish(form := await read_form(request))
    outcome = await enrolments.ask(
        request.settings, request.viewer.id, cycle, wish.accepted, wish.overlap_ok
    )
    if outcome in NOTES:
        return see_other(request, f"/groupes/cycles/{cycle}", note=NOTES[outcome])
    enrolling.refuse(form, outcome)
    return await show_cycle(request, await reached(request, cycle), form)


@get("/groupes/cycles/{cycle:uuid}/depart", reach=Reach.BOOKER, thing="own_groups")
async def ask_to_leave(request: WebRequest, cycle: FromPath[UUID]) -> Response[Any]:
    found = await reached(request, cycle)
    if found.standing.state not in ("asked", "waiting", "seated"):
        return see_other(request, f"/groupes/cycles/{cycle}")
    return page(request, "booking/cycle_leave.html", cycle=found.cycle, mine=found.standing)


@post("/groupes/cycles/{cycle:uuid}/depart", reach=Reach.BOOKER, thing="own_groups")
async def leave(request: WebRequest, cycle: FromPath[UUID]) -> Response[Any]:
    await bookable(request, cycle)
    await enrolments.leave(request.settings, request.viewer.id, cycle)
    return see_other(request, "/groupes", note="seat-left")


handlers = [show, ask, ask_to_leave, leave]
