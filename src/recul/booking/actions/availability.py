"""When somebody receives: the hours of each week, and the days that are otherwise.

What is booked already stays booked, whatever hours are changed.
"""

from datetime import date
from uuid import UUID

from recul.booking.supervising import WeekHours
from recul.booking.tables import Availability, AvailabilityException, SupervisionOffer
from recul.database import locked, write_transaction


async def set_week(offer: UUID, hours: WeekHours) -> None:
    """These hours instead of those of before."""
    async with write_transaction():
        await _lock(offer)
        await Availability.delete().where(Availability.offer == offer)
        if hours:
            await Availability.insert(
                *[
                    Availability(offer=offer, weekday=weekday, starts=begins, ends=ends)
                    for weekday, begins, ends in hours
                ]
            )


async def add_exception(
    offer: UUID, day: date, starts: int | None = None, ends: int | None = None
) -> None:
    """A day that is closed, or that has hours of its own; the same one twice is one."""
    async with write_transaction():
        await _lock(offer)
        rows = await AvailabilityException.select(
            AvailabilityException.starts, AvailabilityException.ends
        ).where(AvailabilityException.offer == offer, AvailabilityException.day == day)
        if (starts, ends) not in [(row["starts"], row["ends"]) for row in rows]:
            await AvailabilityException.insert(
                AvailabilityException(offer=offer, day=day, starts=starts, ends=ends)
            )


async def remove_exception(offer: UUID, exception: UUID) -> None:
    await AvailabilityException.delete().where(
        AvailabilityException.id == exception, AvailabilityException.offer == offer
    )


async def _lock(offer: UUID) -> None:
    await locked(SupervisionOffer.select(SupervisionOffer.id).where(SupervisionOffer.id == offer))
