"""Appointments of individual supervision: booked, moved, cancelled, noted.

Whatever gives or takes time of a facilitator's locks all her offers first: two people at the
same moment cannot both have it, not even by way of two organisations. The unique index on her
time is the last net.
"""

from uuid import UUID, uuid4

from recul import clock
from recul.booking import notices
from recul.booking.actions.cycles import instants
from recul.booking.actions.supervision_offers import lock_all_of, still_open
from recul.booking.queries import free_slots
from recul.booking.queries import supervision as queries
from recul.booking.queries.agenda import Engagement, clashes
from recul.booking.queries.supervision import Choice
from recul.booking.queries.supervision_shapes import AppointmentRow, OfferRow, SupervisionRow
from recul.booking.supervising import Seen
from recul.booking.tables import Appointment
from recul.booking.wall import Slot
from recul.database import UniqueViolation, locked, write_transaction
from recul.settings import Settings


class NotChosen(Exception):
    """She has no supervision with this offer that goes on."""


class PackageOver(Exception):
    """All meetings of her package are taken."""


class SlotTaken(Exception):
    """Somebody else has this time now."""


class NotProposed(Exception):
    """The offer has no such time, or it is too soon by now."""


class Overlap(Exception):
    """She has something else at this time: `clashes`."""

    def __init__(self, found: list[Engagement]) -> None:
        super().__init__()
        self.clashes = found


class ChangedMeanwhile(Exception):
    """It was moved since the page was shown."""


class Gone(Exception):
    """It is cancelled, or it has begun."""


class TooLate(Exception):
    """The time for free changes is over: a move is refused, a cancellation counts."""


async def book(
    settings: Settings, viewer: UUID, choice: Choice, wanted: Slot, *, overlap_ok: bool = False
) -> UUID:
    """One appointment of her package. The same form sent again gives the same appointment.

    Raises InLine, OfferClosed, NotChosen, PackageOver, SlotTaken, NotProposed and Overlap.
    """
    try:
        async with write_transaction():
            current = await still_open(viewer, choice)
            if current.supervision is None:
                raise NotChosen
            if (same := await _booked_before(current.supervision, wanted)) is not None:
                return same
            if not current.supervision.package.remaining:
                raise PackageOver
            await _require_free(current.offer, wanted)
            if not overlap_ok:
                await _require_no_clash(viewer, wanted)
            return await _insert(settings, viewer, current.supervision, wanted)
    except UniqueViolation:
        raise SlotTaken from None


async def _booked_before(supervision: SupervisionRow, wanted: Slot) -> UUID | None:
    rows = await Appointment.select(Appointment.id).where(
        Appointment.supervision == supervision.id,
        Appointment.starts_at == wanted.starts_at,
        Appointment.state == "booked",
    )
    return rows[0]["id"] if rows else None


async def _require_free(offer: OfferRow, wanted: Slot, but: UUID | None = None) -> None:
    now = clock.now()
    calendar = await free_slots.calendar([offer], now)
    if calendar.has(offer, wanted, now, but):
        return
    raise SlotTaken if calendar.proposes(offer, wanted, now) else NotProposed


async def _require_no_clash(viewer: UUID, wanted: Slot, but: UUID | None = None) -> None:
    if found := await clashes(viewer, [wanted], but):
        raise Overlap(found)


async def _insert(
    settings: Settings, viewer: UUID, supervision: SupervisionRow, slot: Slot
) -> UUID:
    new = uuid4()
    await Appointment.insert(
        Appointment(
            id=new,
            supervision=supervision.id,
            facilitator=supervision.facilitator,
            account=viewer,
            state="booked",
            changed_at=clock.now(),
            **instants(slot),
        )
    )
    await notices.booked(settings, new)
    return new


async def move(
    settings: Settings, viewer: UUID, appointment: AppointmentRow, wanted: Slot, seen: Seen
) -> None:
    """Another time, by the same rules. Either of the two may; the professional in good time.

    Nothing happens when it is there already. Raises Gone, ChangedMeanwhile, TooLate, SlotTaken,
    NotProposed and Overlap.
    """
    by_facilitator = viewer == appointment.facilitator
    try:
        async with write_transaction():
            await lock_all_of(appointment.facilitator)
            row = await _locked(appointment.id)
            if row.starts_at == wanted.starts_at:
                return  # The same form once more, or the time that it has.
            _require_same(row, seen)
            if not by_facilitator and appointment.is_late(clock.now()):
                raise TooLate
            offer = await queries.offer_behind(appointment)
            await _require_free(offer, wanted, but=appointment.id)
            if not by_facilitator and not seen.overlap:
                await _require_no_clash(viewer, wanted, but=appointment.id)
            await _set_time(settings, appointment, row.sequence + 1, wanted)
    except UniqueViolation:
        raise SlotTaken from None


async def _set_time(
    settings: Settings, appointment: AppointmentRow, sequence: int, slot: Slot
) -> None:
    await Appointment.update(
        sequence=sequence, changed_at=clock.now(), reminded=0, **instants(slot)
    ).where(Appointment.id == appointment.id)
    await notices.appointment_moved(settings, appointment.id, appointment.slot)


async def cancel(settings: Settings, viewer: UUID, appointment: AppointmentRow, seen: Seen) -> None:
    """By either of the two. What the professional cancels too late counts in her package.

    Nothing happens when it is cancelled already. Raises Gone when it has begun,
    ChangedMeanwhile, and TooLate when the page did not say that it counts.
    """
    async with write_transaction():
        await lock_all_of(appointment.facilitator)
        try:
            row = await _locked(appointment.id)
        except Gone:
            if appointment.starts_at <= clock.now():
                raise
            return  # Cancelled before, by herself or by the other one.
        _require_same(row, seen)
        if _counts(appointment, viewer) and not seen.late:
            raise TooLate
        await cancel_row(settings, appointment, viewer)


async def cancel_row(settings: Settings, appointment: AppointmentRow, viewer: UUID) -> None:
    """Inside a transaction that made sure that it is still to come."""
    await Appointment.update(
        {
            Appointment.state: "cancelled",
            Appointment.late: _counts(appointment, viewer),
            Appointment.sequence: appointment.sequence + 1,
            Appointment.changed_at: clock.now(),
        }
    ).where(Appointment.id == appointment.id, Appointment.state == "booked")
    await notices.appointment_cancelled(settings, appointment.id, viewer)


async def note_attendance(appointment: UUID, *, attended: bool) -> None:
    """By the facilitator, once it has begun. Raises Gone when it is cancelled or still to come."""
    rows = (
        await Appointment.update({Appointment.attended: attended})
        .where(
            Appointment.id == appointment,
            Appointment.state == "booked",
            Appointment.starts_at <= clock.now(),
        )
        .returning(Appointment.id)
    )
    if not rows:
        raise Gone


async def _locked(appointment: UUID) -> Appointment:
    """One that is booked and to come. Raises Gone."""
    query = Appointment.objects().where(
        Appointment.id == appointment,
        Appointment.state == "booked",
        Appointment.starts_at > clock.now(),
    )
    rows = await locked(query)
    if not rows:
        raise Gone
    row: Appointment = rows[0]
    return row


def _require_same(row: Appointment, seen: Seen) -> None:
    if row.sequence != seen.sequence:
        raise ChangedMeanwhile


def _counts(appointment: AppointmentRow, viewer: UUID) -> bool:
    return viewer != appointment.facilitator and appointment.is_late(clock.now())
