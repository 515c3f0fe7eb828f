"""One date of a cycle to which the viewer will not come, or will after all."""

from typing import Any
from uuid import UUID

from litestar import Response, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from recul.booking.actions import excuses
from recul.booking.queries import within
from recul.web.forms import read_form
from recul.web.pages import local_path, see_other
from recul.web.reach import Reach
from recul.web.viewer import WebRequest

TOO_LATE = "date-over"


async def _own_date(request: WebRequest, meeting: UUID) -> str:
    """Where to go back to. A date of a cycle in which the viewer has a seat; others are none."""
    cycle = await within.cycle_of(meeting)
    if cycle is None or await within.seated_cycle(request.viewer.id, cycle) is None:
        raise NotFoundException
    return local_path((await read_form(request)).typed("following"), f"/groupes/cycles/{cycle}")


@post("/groupes/seances/{meeting:uuid}/excuse", reach=Reach.SEATED, thing="own_groups")
async def excuse(request: WebRequest, meeting: FromPath[UUID]) -> Response[Any]:
    back = await _own_date(request, meeting)
    done = await excuses.excuse(request.settings, request.viewer.id, meeting)
    return see_other(request, back, note="date-excused" if done else TOO_LATE)


@post("/groupes/seances/{meeting:uuid}/retour", reach=Reach.SEATED, thing="own_groups")
async def come_back(request: WebRequest, meeting: FromPath[UUID]) -> Response[Any]:
    back = await _own_date(request, meeting)
    done = await excuses.undo(request.settings, request.viewer.id, meeting)
    return see_other(request, back, note="date-kept" if done else TOO_LATE)


handlers = [excuse, come_back]
