"""Offering individual supervision: opening an offer, changing its rules, closing it."""

from dataclasses import asdict
from uuid import UUID

from recul import clock
from recul.booking.areas import AREAS
from recul.booking.queries import supervision as queries
from recul.booking.queries.supervision import Choice
from recul.booking.supervising import OfferPlan
from recul.booking.tables import Appointment, Supervision, SupervisionOffer
from recul.database import UniqueViolation, locked, write_transaction


class ZoneFixed(Exception):
    """Dates were booked on the wall clock of another zone."""


class InLine(Exception):
    """One of the two answers for the other."""


class OfferClosed(Exception):
    """It takes nobody and no date any more."""


async def lock_all_of(facilitator: UUID | None) -> None:
    """Inside a transaction: nobody else books, moves or changes anything of hers until its end.
    Offers of one facilitator share her time, whoever they are for."""
    await locked(
        SupervisionOffer.select(SupervisionOffer.id)
        .where(SupervisionOffer.facilitator == facilitator)
        .order_by(SupervisionOffer.id)
    )


async def still_open(viewer: UUID, choice: Choice) -> Choice:
    """Inside a transaction: the same choice as it is now, locked with all that shares its
    facilitator's time. Raises InLine and OfferClosed."""
    await lock_all_of(choice.offer.facilitator)
    current = await queries.offer(viewer, choice.offer.id, clock.now())
    if current is None or current.own or not current.offer.bookable:
        raise OfferClosed
    if current.in_line:
        raise InLine
    return current


async def open_for(organisation: UUID, facilitator: UUID, new: UUID, plan: OfferPlan) -> None:
    """`new`: the id that the form brought along, so that it opens one offer however often it
    is sent. Whoever asks has made sure that she facilitates for the organisation."""
    row = SupervisionOffer(
        id=new,
        organisation=organisation,
        facilitator=facilitator,
        zone=AREAS[plan.area].zone,
        **asdict(plan),
    )
    try:
        async with write_transaction():
            await SupervisionOffer.insert(row)
    except UniqueViolation:
        pass  # The same form, once more.


async def change(offer: UUID, plan: OfferPlan) -> None:
    """What is booked keeps its time and its length. Raises ZoneFixed."""
    zone = AREAS[plan.area].zone
    async with write_transaction():
        [row] = await locked(
            SupervisionOffer.select(SupervisionOffer.zone).where(SupervisionOffer.id == offer)
        )
        if row["zone"] != zone and await _has_dates(offer):
            raise ZoneFixed
        await SupervisionOffer.update(**asdict(plan), zone=zone).where(SupervisionOffer.id == offer)


async def _has_dates(offer: UUID) -> bool:
    return await Appointment.exists().where(
        Appointment.supervision.is_in(
            Supervision.select(Supervision.id).where(Supervision.offer == offer)
        )
    )


async def close(offer: UUID) -> None:
    """No further dates are booked; those that are stay, and can be moved or cancelled."""
    await SupervisionOffer.update({SupervisionOffer.closed_on: clock.today()}).where(
        SupervisionOffer.id == offer, SupervisionOffer.closed_on.is_null()
    )


async def reopen(offer: UUID) -> None:
    await SupervisionOffer.update({SupervisionOffer.closed_on: None}).where(
        SupervisionOffer.id == offer
    )
