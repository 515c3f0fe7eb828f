"""One date: moved, cancelled, added to a cycle."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from litestar import Response, get, post
from litestar.params import FromPath

from recul import clock
from recul.booking.actions import meetings
from recul.booking.actions.meetings import Changed, Over, Overlap, TooMany
from recul.booking.forms import planning, planning_dates
from recul.booking.kinds import DATES
from recul.booking.queries import within
from recul.booking.queries.shapes import CycleRow, MeetingRow
from recul.booking.routes import plan_reached as reached
from recul.booking.routes.plan_cycle import LOOK
from recul.booking.wall import Slot
from recul.database import UniqueViolation
from recul.web.forms import Form, clock_of, read_form
from recul.web.pages import page
from recul.web.reach import Reach
from recul.web.viewer import WebRequest
from recul.words import N_

CHANGED = N_(
    "Cette date a été changée entre-temps : elle est maintenant comme ci-dessus. Si elle ne "
    "convient pas, envoyez à nouveau."
)
REFUSALS: dict[type[Exception], str] = {
    Changed: CHANGED,
    Overlap: N_("Ce cycle a déjà une séance à ce moment."),
    TooMany: planning_dates.TOO_MANY,
    UniqueViolation: planning.INCOMPLETE,
}


def _over(meeting: MeetingRow) -> bool:
    return meeting.cancelled or meeting.noted_on is not None or meeting.starts_at <= clock.now()


def _as_it_is(meeting: MeetingRow) -> Mapping[str, object]:
    slot = meeting.slot
    return {
        "day": slot.day.isoformat(),
        "starts": clock_of(slot.starts),
        "ends": clock_of(min(slot.starts + slot.minutes, 24 * 60 - 1)),
        "place": meeting.place,
    }


async def _ask(
    request: WebRequest,
    cycle: CycleRow,
    meeting: MeetingRow,
    form: Form | None = None,
    slot: Slot | None = None,
) -> Response[Any]:
    """`slot`: what is wanted, with what stands against it."""
    warned = {}
    if slot:
        warned = await reached.warnings(request, cycle.group, cycle.area, [slot], meeting.id)
    return page(
        request,
        "booking/plan/move.html",
        status=422 if form else 200,
        cycle=cycle,
        meeting=meeting,
        warnings=warned,
        errors=form.errors if form else {},
        shown=reached.shown(form, _as_it_is(meeting)),
        known=bool(form and form.flag("known_ok")),
    )


@get("/planification/seances/{meeting:uuid}/deplacer", reach=Reach.PLANNER, thing="groups_plan")
async def ask_to_move(request: WebRequest, meeting: FromPath[UUID]) -> Response[Any]:
    cycle, its = await reached.meeting(request, meeting)
    if _over(its):
        return reached.overview(request, cycle.id, "meeting-over")
    return await _ask(request, cycle, its)


@post("/planification/seances/{meeting:uuid}/deplacer", reach=Reach.PLANNER, thing="groups_plan")
async def move(request: WebRequest, meeting: FromPath[UUID]) -> Response[Any]:
    (cycle, its), form = await reached.meeting(request, meeting), await read_form(request)
    slot, place = await _wanted(request, cycle, form, its.id)
    try:
        if slot and form.ok:
            seen = planning.seen(form, "sequence")
            await meetings.move(request.settings, cycle.id, its.id, seen, slot, place)
            return reached.overview(request, cycle.id, "meeting-moved")
    except Over:
        return reached.overview(request, cycle.id, "meeting-over")
    except tuple(REFUSALS) as error:
        form.error("day", REFUSALS[type(error)])
    return await _ask(request, cycle, its, form, slot)


async def _wanted(
    request: WebRequest, cycle: CycleRow, form: Form, but: UUID | None = None
) -> tuple[Slot | None, str | None]:
    """The date that a form asks for, and its own place if it has one. What stands against it is
    an error until it is known."""
    hours = planning_dates.hours(form, cycle.zone)
    day = planning_dates.day(form, "day", cycle.zone)
    slot = planning_dates.slot(form, "day", day, hours)
    place = form.text("place", longest=planning.PLACE)
    unknown = slot is not None and form.ok and not form.flag("known_ok")
    if slot and unknown and await reached.warnings(request, cycle.group, cycle.area, [slot], but):
        form.error("known_ok", LOOK)
    return slot, place if place not in ("", cycle.place) else None


@get("/planification/seances/{meeting:uuid}/annuler", reach=Reach.PLANNER, thing="groups_plan")
async def ask_to_cancel(request: WebRequest, meeting: FromPath[UUID]) -> Response[Any]:
    cycle, its = await reached.meeting(request, meeting)
    if _over(its):
        return reached.overview(request, cycle.id, "meeting-over")
    return page(request, "booking/plan/cancel.html", cycle=cycle, meeting=its)


@post("/planification/seances/{meeting:uuid}/annuler", reach=Reach.PLANNER, thing="groups_plan")
async def cancel(request: WebRequest, meeting: FromPath[UUID]) -> Response[Any]:
    cycle, its = await reached.meeting(request, meeting)
    try:
        await meetings.cancel(request.settings, cycle.id, its.id)
    except Over:
        return reached.overview(request, cycle.id, "meeting-over")
    return reached.overview(request, cycle.id, "meeting-cancelled")


async def _ask_new(
    request: WebRequest, cycle: CycleRow, form: Form | None = None, slot: Slot | None = None
) -> Response[Any]:
    dates = await within.meetings(cycle.id)
    usual = dict(_as_it_is(dates[-1])) | {"meeting": uuid4(), "day": "", "place": ""}
    warned = await reached.warnings(request, cycle.group, cycle.area, [slot]) if slot else {}
    return page(
        request,
        "booking/plan/add.html",
        status=422 if form else 200,
        cycle=cycle,
        warnings=warned,
        errors=form.errors if form else {},
        shown=reached.shown(form, usual),
        known=bool(form and form.flag("known_ok")),
    )


@get("/planification/cycles/{cycle:uuid}/seances", reach=Reach.PLANNER, thing="groups_plan")
async def ask_for_more(request: WebRequest, cycle: FromPath[UUID]) -> Response[Any]:
    return await _ask_new(request, await reached.cycle(request, cycle))


@post("/planification/cycles/{cycle:uuid}/seances", reach=Reach.PLANNER, thing="groups_plan")
async def add(request: WebRequest, cycle: FromPath[UUID]) -> Response[Any]:
    its, form = await reached.cycle(request, cycle), await read_form(request)
    new = planning.fresh_id(form, "meeting")
    slot, _ = await _wanted(request, its, form, new)
    try:
        if slot and new and form.ok:
            await meetings.add(request.settings, cycle, slot, new)
            return reached.overview(request, cycle, "meeting-added")
    except Over:
        return reached.overview(request, cycle, "cycle-over")
    except tuple(REFUSALS) as error:
        form.error("day", REFUSALS[type(error)], most=DATES)
    return await _ask_new(request, its, form, slot)


handlers = [ask_to_move, move, ask_to_cancel, cancel, ask_for_more, add]
