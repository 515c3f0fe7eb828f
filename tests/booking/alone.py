"""An appointment for tests: Anabelle sees Ferdinand alone, on Thursday 3 December at 16:00."""

from typing import Any
from uuid import UUID, uuid4

from tests.booking.world import FIRST
from tests.organisation.world import House

from recul import clock
from recul.booking.tables import Appointment, Supervision, SupervisionOffer
from recul.booking.wall import Slot
from recul.web.roles import Role

SLOT = Slot(FIRST, 16 * 60, 60, "Europe/Paris")


async def an_appointment(house: House, account: UUID, slot: Slot = SLOT) -> UUID:
    """The rows as they would stand; the rules of booking are not asked."""
    offer, supervision, new = uuid4(), uuid4(), uuid4()
    facilitator = house.ids[Role.FACILITATOR]
    await SupervisionOffer.insert(
        SupervisionOffer(
            id=offer,
            organisation=house.organisation,
            facilitator=facilitator,
            zone=slot.zone,
            area="FR",
            minutes=60,
            buffer_minutes=0,
            notice_hours=24,
            change_hours=24,
            daily_most=4,
            horizon_days=60,
            package=5,
            video_link="https://visio.exemple/secret",
        )
    )
    await Supervision.insert(
        Supervision(
            id=supervision,
            offer=offer,
            account=account,
            meetings=5,
            started_on=clock.today(),
        )
    )
    await Appointment.insert(
        Appointment(
            id=new,
            supervision=supervision,
            facilitator=facilitator,
            account=account,
            state="booked",
            **at(slot),
        )
    )
    return new


def at(slot: Slot, sequence: int = 0) -> dict[str, Any]:
    """What a row keeps of its time."""
    return {
        "day": slot.day,
        "starts": slot.starts,
        "minutes": slot.minutes,
        "starts_at": slot.starts_at,
        "ends_at": slot.ends_at,
        "sequence": sequence,
        "changed_at": clock.now(),
    }
