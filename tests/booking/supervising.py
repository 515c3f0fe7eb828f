"""Supervision for tests: what the house's facilitator offers, and who meets her.

The clock is stopped at `world.NOON`, Saturday 21 November 2026: the first free slots are on
Tuesday the 24th and Thursday the 26th.
"""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from tests.booking.world import NOON
from tests.organisation.world import House
from tests.visitors import Visitor, settings

from recul.booking.actions import appointments, availability, supervision_offers, supervisions
from recul.booking.queries import supervision
from recul.booking.queries.supervision import Choice
from recul.booking.slots import key
from recul.booking.supervising import OfferPlan
from recul.booking.tables import Appointment
from recul.booking.wall import Slot
from recul.web.roles import Role

TUESDAY, THURSDAY = date(2026, 11, 24), date(2026, 11, 26)
WEEK = [(2, 9 * 60, 12 * 60), (4, 14 * 60, 17 * 60)]
"""Tuesdays from 9 to 12, Thursdays from 14 to 17."""
PLACE, NOTE, LINK = "Cabinet du Port", "Deuxième cour, sonner deux fois.", "https://visio.example/s"


def plan(**more: Any) -> OfferPlan:
    usual: dict[str, Any] = {
        "purpose": "Reprendre souffle, à deux.",
        "area": "FR",
        "minutes": 60,
        "buffer_minutes": 15,
        "notice_hours": 24,
        "change_hours": 48,
        "daily_most": 5,
        "horizon_days": 60,
        "package": 6,
        "place": PLACE,
        "access_note": NOTE,
        "video_link": LINK,
    }
    return OfferPlan(**usual | more)


async def an_offer(
    house: House,
    facilitator: UUID | None = None,
    week: list[tuple[int, int, int]] | None = None,
    **more: Any,
) -> UUID:
    """An offer of the house's facilitator, with hours."""
    new = uuid4()
    who = facilitator or house.ids[Role.FACILITATOR]
    await supervision_offers.open_for(house.organisation, who, new, plan(**more))
    await availability.set_week(new, WEEK if week is None else week)
    return new


async def chosen(offer: UUID, account: UUID) -> Choice:
    """The choice of somebody who has just opened a package with an offer, or has one."""
    await supervisions.choose(account, await choice_of(offer, account))
    return await choice_of(offer, account)


async def choice_of(offer: UUID, account: UUID) -> Choice:
    found = await supervision.offer(account, offer, NOON)
    assert found
    return found


def slot(day: date = TUESDAY, starts: int = 9 * 60, minutes: int = 60) -> Slot:
    return Slot(day, starts, minutes, "Europe/Paris")


async def booked(offer: UUID, account: UUID, at: Slot | None = None) -> UUID:
    """An appointment of somebody's, by way of the actions."""
    choice = await chosen(offer, account)
    return await appointments.book(settings(), account, choice, at or slot(), overlap_ok=True)


async def book(visitor: Visitor, offer: UUID, at: Slot, **more: str) -> Any:
    """By way of the form."""
    return await visitor.post(f"/supervision/{offer}/rendez-vous", {"slot": key(at)} | more)


async def times(*, state: str = "booked") -> list[tuple[date, int, int]]:
    """(day, begins, sequence) of every appointment in a state."""
    rows = (
        await Appointment.select(Appointment.day, Appointment.starts, Appointment.sequence)
        .where(Appointment.state == state)
        .order_by(Appointment.starts_at)
    )
    return [(row["day"], row["starts"], row["sequence"]) for row in rows]


async def row(appointment: UUID) -> Appointment:
    found = await Appointment.objects().get(Appointment.id == appointment)
    assert found
    return found
