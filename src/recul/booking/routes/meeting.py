"""One meeting, for those who have a seat: where it is, and who does what."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from recul import clock
from recul.booking import kinds, turns
from recul.booking.actions import peers
from recul.booking.queries import peers as queries
from recul.booking.queries import within
from recul.booking.queries.cycle_page import charter_awaits
from recul.booking.queries.shapes import CycleRow, MeetingRow
from recul.web.forms import read_form
from recul.web.pages import page, see_other
from recul.web.reach import Reach
from recul.web.viewer import WebRequest


async def _reached(request: WebRequest, meeting: UUID) -> tuple[CycleRow, MeetingRow]:
    found = await within.seated_meeting(request.viewer.id, meeting)
    if found is None:
        raise NotFoundException
    return found


@get("/groupes/seances/{meeting:uuid}", reach=Reach.SEATED, thing="group_inside")
async def show(request: WebRequest, meeting: FromPath[UUID]) -> Response[Any]:
    cycle, reached = await _reached(request, meeting)
    if await charter_awaits(request.viewer.id, cycle.id):
        return see_other(request, f"/groupes/cycles/{cycle.id}/cadre", note="charter-first")
    return page(
        request,
        "booking/peers/meeting.html",
        cycle=cycle,
        meeting=reached,
        over=reached.ends_at <= clock.now() or reached.cancelled,
        **await _who_does_what(cycle, reached),
    )


async def _who_does_what(cycle: CycleRow, meeting: MeetingRow) -> dict[str, Any]:
    people = await queries.people(meeting.id, cycle.id)
    taken, past = await queries.roles(cycle.group.id, meeting.id, meeting.starts_at)
    there = [one.account for one in people if not one.excused]
    taken = {role: one for role, one in taken.items() if one in there}
    kind = kinds.KINDS[cycle.group.kind]
    return {
        "roles": kind.roles,
        "role_words": kinds.ROLES,
        "names": {one.account: one.display_name for one in people},
        # Elsewhere presence is between each person and who leads the group.
        "excused": [one for one in people if one.excused and kind.self_managed],
        "taken": taken,
        "proposed": turns.proposed(kind.roles, there, past, taken),
    }


@post("/groupes/seances/{meeting:uuid}/roles", reach=Reach.SEATED, thing="group_inside")
async def take(request: WebRequest, meeting: FromPath[UUID]) -> Response[Any]:
    """Take a role on, or hand it back with `retour`."""
    (cycle, reached), form = await _reached(request, meeting), await read_form(request)
    role, viewer = form.choice("role", kinds.KINDS[cycle.group.kind].roles), request.viewer.id
    back, note = f"/groupes/seances/{reached.id}", "role-taken"
    if not role or reached.ends_at <= clock.now():
        return see_other(request, back)
    if form.flag("retour"):
        await peers.hand_back(viewer, reached.id, role)
        note = "role-handed-back"
    elif not await peers.take(viewer, reached.id, role):
        note = "role-elsewhere"
    return see_other(request, back, note=note)


handlers = [show, take]
