"""A seat that is kept for the viewer: she takes it, or passes her turn."""

from typing import Any
from uuid import UUID

from litestar import Response, post
from litestar.params import FromPath

from recul.booking.actions import offers
from recul.booking.forms import enrolling
from recul.booking.outcomes import Outcome
from recul.booking.routes.cycle import bookable, reached, show_cycle
from recul.web.forms import read_form
from recul.web.pages import see_other
from recul.web.reach import Reach
from recul.web.viewer import WebRequest

NO_ID = UUID(int=0)
PASSED = {Outcome.WAITING: "turn-passed", Outcome.SEATED: "seat-yours"}


@post("/groupes/cycles/{cycle:uuid}/place", reach=Reach.BOOKER, thing="own_groups")
async def take(request: WebRequest, cycle: FromPath[UUID]) -> Response[Any]:
    await bookable(request, cycle)
    wish = enrolling.wish(form := await read_form(request))
    outcome = await offers.take(
        request.settings, request.viewer.id, wish.offer or NO_ID, wish.accepted, wish.overlap_ok
    )
    if outcome is Outcome.SEATED:
        return see_other(request, f"/groupes/cycles/{cycle}", note="seat-yours")
    if outcome is Outcome.GONE:
        return see_other(request, f"/groupes/cycles/{cycle}", note="seat-gone")
    enrolling.refuse(form, outcome)
    return await show_cycle(request, await reached(request, cycle), form)


@post("/groupes/cycles/{cycle:uuid}/tour", reach=Reach.BOOKER, thing="own_groups")
async def pass_turn(request: WebRequest, cycle: FromPath[UUID]) -> Response[Any]:
    await bookable(request, cycle)
    wish = enrolling.wish(await read_form(request))
    outcome = await offers.pass_turn(request.settings, request.viewer.id, wish.offer or NO_ID)
    return see_other(request, f"/groupes/cycles/{cycle}", note=PASSED.get(outcome, "seat-gone"))


handlers = [take, pass_turn]
