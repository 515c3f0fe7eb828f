"""Changing one appointment: the same pages and verbs for the two people it belongs to, who
differ in how they reach it and in what a late change means."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from litestar import Response
from litestar.exceptions import NotFoundException

from recul import clock
from recul.booking.actions import appointments
from recul.booking.actions.appointments import Gone
from recul.booking.forms import supervising
from recul.booking.queries import supervision, supervision_given
from recul.booking.queries.supervision_shapes import AppointmentRow
from recul.booking.routes.picking import NONE, REFUSED, Refusal, picker, refuse
from recul.web.forms import read_form
from recul.web.pages import page, see_other
from recul.web.viewer import WebRequest


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two people of an appointment."""

    root: str
    """Where her own appointments are."""
    found: Callable[[UUID, UUID], Awaitable[AppointmentRow | None]]
    facilitates: bool

    async def load(self, request: WebRequest, appointment: UUID) -> AppointmentRow:
        row = await self.found(request.viewer.id, appointment)
        if row is None:
            raise NotFoundException
        return row

    def may_move(self, row: AppointmentRow) -> bool:
        now = clock.now()
        return row.is_coming(now) and (self.facilitates or not row.is_late(now))


SUPERVISED = Side("/supervision", supervision.appointment, facilitates=False)
SUPERVISING = Side("/animation/supervision", supervision_given.appointment, facilitates=True)


async def show(
    request: WebRequest, side: Side, row: AppointmentRow, refusal: Refusal = NONE
) -> Response[Any]:
    now = clock.now()
    return page(
        request,
        "booking/supervision/appointment.html",
        status=422 if refusal.form else 200,
        side=side,
        one=row,
        here=f"{side.root}/rendez-vous/{row.id}",
        coming=row.is_coming(now),
        begun=row.starts_at <= now and not row.cancelled,
        late=row.is_late(now) and not side.facilitates,
        errors=refusal.form.errors if refusal.form else {},
    )


async def show_move(
    request: WebRequest, side: Side, row: AppointmentRow, refusal: Refusal = NONE
) -> Response[Any]:
    """The free slots; or the appointment itself where it cannot be moved any more."""
    form = refusal.form
    if not side.may_move(row):
        return await show(request, side, row, refusal)
    offer = await supervision.offer_behind(row)
    return page(
        request,
        "booking/supervision/move.html",
        status=422 if form else 200,
        side=side,
        one=row,
        offer=offer,
        here=f"{side.root}/rendez-vous/{row.id}",
        picker=await picker(request, offer, form, moved=row),
        errors=form.errors if form else {},
        picked=form.typed("slot") if form else "",
        clashes=refusal.clashes,
    )


async def move(request: WebRequest, side: Side, appointment: UUID) -> Response[Any]:
    row, form = await side.load(request, appointment), await read_form(request)
    wanted, seen = supervising.wanted(form, row.slot.zone), supervising.seen(form)
    if wanted is None:
        return await show_move(request, side, row, Refusal(form))
    try:
        await appointments.move(request.settings, request.viewer.id, row, wanted, seen)
    except REFUSED as error:
        row = await side.load(request, appointment)
        return await show_move(request, side, row, refuse(form, error))
    here = f"{side.root}/rendez-vous/{appointment}"
    return see_other(request, here, note="appointment-moved")


async def cancel(request: WebRequest, side: Side, appointment: UUID) -> Response[Any]:
    row, form = await side.load(request, appointment), await read_form(request)
    seen = supervising.seen(form)
    try:
        await appointments.cancel(request.settings, request.viewer.id, row, seen)
    except REFUSED as error:
        row = await side.load(request, appointment)
        return await show(request, side, row, refuse(form, error, "cancel"))
    here = f"{side.root}/rendez-vous/{appointment}"
    return see_other(request, here, note="appointment-cancelled")


async def note_attendance(request: WebRequest, appointment: UUID) -> Response[Any]:
    """By the facilitator."""
    row, form = await SUPERVISING.load(request, appointment), await read_form(request)
    said = form.choice("attended", ("yes", "no"))
    if not said:
        form.error("attended", supervising.SAY_WHETHER)
        return await show(request, SUPERVISING, row, Refusal(form))
    try:
        await appointments.note_attendance(appointment, attended=said == "yes")
    except Gone as error:
        return await show(request, SUPERVISING, row, refuse(form, error, "attended"))
    here = f"{SUPERVISING.root}/rendez-vous/{appointment}"
    return see_other(request, here, note="attendance-kept")
