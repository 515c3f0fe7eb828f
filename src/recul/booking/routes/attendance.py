"""A meeting as its facilitator sees it: who is expected, who was there, and her memo."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from recul import clock
from recul.booking.actions import attendance, memos
from recul.booking.actions.attendance import Cancelled, NotYet
from recul.booking.queries import memos as kept
from recul.booking.queries.attendance import expected, names_left, participants
from recul.booking.queries.shapes import CycleRow, MeetingRow
from recul.booking.queries.within import led_cycle, led_meeting
from recul.web.forms import Form, read_form
from recul.web.pages import page, see_other
from recul.web.reach import Reach
from recul.web.viewer import WebRequest
from recul.words import N_

MEMO = 4_000
KEEP_DAYS = (("30", N_("un mois")), ("90", N_("trois mois")), ("365", N_("un an")))
NOT_YET = N_("La séance n’a pas commencé : les présences se notent à partir de son début.")
CANCELLED = N_("Cette séance est annulée : il n’y a pas de présences à noter.")


async def _reached(request: WebRequest, meeting: UUID) -> tuple[CycleRow, MeetingRow]:
    found = await led_meeting(request.viewer.id, meeting)
    if found is None:
        raise NotFoundException
    return found


async def _show(
    request: WebRequest, cycle: CycleRow, meeting: MeetingRow, form: Form | None = None
) -> Response[Any]:
    vault = request.viewer.vault
    return page(
        request,
        "booking/facilitating/meeting.html",
        status=422 if form else 200,
        cycle=cycle,
        meeting=meeting,
        people=await expected(meeting),
        names_left=await names_left(meeting) if meeting.noted_on else [],
        begun=meeting.starts_at <= clock.now(),
        memo=await kept.memo(vault, meeting.id) if vault else None,
        keep_days=KEEP_DAYS,
        errors=form.errors if form else {},
        typed=form.typed if form else lambda _: "",
        sent=form is not None,
    )


@get("/animation/seances/{meeting:uuid}", reach=Reach.FACILITATING, thing="attendance")
async def show(request: WebRequest, meeting: FromPath[UUID]) -> Response[Any]:
    return await _show(request, *await _reached(request, meeting))


@post("/animation/seances/{meeting:uuid}/presences", reach=Reach.FACILITATING, thing="attendance")
async def note(request: WebRequest, meeting: FromPath[UUID]) -> Response[Any]:
    cycle, reached = await _reached(request, meeting)
    form = await read_form(request)
    people = await expected(reached)
    try:
        await attendance.note(reached, {p.account: form.typed(f"p-{p.account}") for p in people})
        return see_other(request, f"/animation/seances/{reached.id}", note="attendance-kept")
    except NotYet:
        form.error("people", NOT_YET)
    except Cancelled:
        form.error("people", CANCELLED)
    return await _show(request, cycle, reached, form)


@post("/animation/seances/{meeting:uuid}/memo", reach=Reach.FACILITATING, thing="memo")
async def keep_memo(request: WebRequest, meeting: FromPath[UUID]) -> Response[Any]:
    cycle, reached = await _reached(request, meeting)
    form = await read_form(request)
    text = form.text("memo", longest=MEMO)
    days = form.choice("keep_days", tuple(key for key, _ in KEEP_DAYS), "30")
    if not form.ok:
        return await _show(request, cycle, reached, form)
    erase_on = max(clock.today(), reached.slot.day) + timedelta(days=int(days))
    await memos.keep(request.vault, reached.id, text, erase_on)
    note = "memo-kept" if text else "memo-erased"
    return see_other(request, f"/animation/seances/{reached.id}", note=note)


@get("/animation/cycles/{cycle:uuid}", reach=Reach.FACILITATING, thing="attendance")
async def people_of_cycle(request: WebRequest, cycle: FromPath[UUID]) -> Response[Any]:
    """Who has a seat, who asks for one, who waits."""
    found = await led_cycle(request.viewer.id, cycle)
    if found is None:
        raise NotFoundException
    everybody = await participants(request.viewer.id, found.id)
    return page(
        request,
        "booking/facilitating/cycle.html",
        cycle=found,
        seated=[one for one in everybody if one.state == "seated"],
        asked=[one for one in everybody if one.state == "asked"],
        waiting=[one for one in everybody if one.state == "waiting"],
    )


handlers = [show, note, keep_memo, people_of_cycle]
