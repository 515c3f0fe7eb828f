"""Loading what a path of planning names, within the viewer's reach: the rest is not found."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar
from uuid import UUID

import anyio.to_thread
from litestar import Response
from litestar.exceptions import NotFoundException

from recul.booking import holidays_of
from recul.booking.queries import plans, within
from recul.booking.queries.plans import Ground
from recul.booking.queries.shapes import CycleRow, GroupRow, MeetingRow
from recul.booking.wall import Slot
from recul.web.forms import Form
from recul.web.pages import see_other
from recul.web.templates import language_of
from recul.web.viewer import WebRequest

T = TypeVar("T")
Shown = Callable[[str], str]


def found(row: T | None) -> T:
    if row is None:
        raise NotFoundException
    return row


async def group(request: WebRequest, wanted: UUID) -> GroupRow:
    return found(await within.planned_group(request.viewer.id, wanted))


async def cycle(request: WebRequest, wanted: UUID) -> CycleRow:
    return found(await within.planned_cycle(request.viewer.id, wanted))


async def meeting(request: WebRequest, wanted: UUID) -> tuple[CycleRow, MeetingRow]:
    return found(await within.planned_meeting(request.viewer.id, wanted))


async def ground(request: WebRequest, group: GroupRow) -> Ground:
    """What the viewer is in the organisation of a group that she reaches."""
    all_hers = await plans.grounds(request.viewer.id)
    otherwise = Ground(group.organisation, group.organisation_name, organised=False)
    return next((one for one in all_hers if one.id == group.organisation), otherwise)


def overview(request: WebRequest, cycle: UUID, note: str) -> Response[Any]:
    return see_other(request, f"/planification/cycles/{cycle}", note=note)


def shown(form: Form | None, usual: Mapping[str, object]) -> Shown:
    """What fields hold: what was typed, empty or not; before anything was, what is usual."""
    return form.typed if form else lambda name: str(usual.get(name, ""))


async def warnings(
    request: WebRequest, group: GroupRow, area: str, slots: list[Slot], but: UUID | None = None
) -> dict[str, object]:
    """Holidays among some dates, and what the facilitator has at the same time, for a template
    that asks whether they are meant."""
    language, days = language_of(request), [slot.day for slot in slots]
    # The first question of a process loads a package: not on the event loop.
    named = await anyio.to_thread.run_sync(holidays_of.among, area, days, language)
    clashes = await plans.known_clashes(request.viewer.id, group, slots, but)
    return {"holidays": named, "clashes": clashes} if named or clashes else {}
