"""Individual supervision with a full calendar: what free slots are looked for in."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from uuid import UUID, uuid4

from tests.bench import world
from tests.bench.booking_world import Town, inserted, monday

from recul import clock
from recul.booking.tables import Appointment, Availability, Supervision, SupervisionOffer
from recul.booking.wall import Slot
from recul.database import write_transaction

SIX_MONTHS, WEEKS, MINUTES = 183, 26, 60
TIMES = ((1, 16 * 60), (1, 1050), (2, 16 * 60), (2, 1050), (3, 16 * 60), (3, 1050))
"""Of each week: days after Monday, and minutes after midnight."""


async def make(town: Town) -> UUID:
    """The facilitator sees six people every week; so does the member, once. The id of the
    offer."""
    offer, whom = uuid4(), [town.member, *town.strangers[: len(TIMES) - 1]]
    supervisions = [
        Supervision(offer=offer, account=one, meetings=2 * WEEKS, started_on=clock.today())
        for one in whom
    ]
    async with write_transaction():
        await inserted([_offer(offer, town)])
        await inserted(
            Availability(offer=offer, weekday=day, starts=starts, ends=ends)
            for day in range(1, 6)
            for starts, ends in ((8 * 60, 12 * 60), (13 * 60, 19 * 60))
        )
        await inserted(supervisions)
        await inserted(_appointments(town.facilitator, supervisions))
    return offer


def _offer(offer: UUID, town: Town) -> SupervisionOffer:
    return SupervisionOffer(
        id=offer,
        organisation=town.house.organisation,
        facilitator=town.facilitator,
        zone=world.TIME_ZONE,
        area="FR",
        minutes=MINUTES,
        buffer_minutes=15,
        notice_hours=24,
        change_hours=48,
        daily_most=6,
        horizon_days=SIX_MONTHS,
        package=2 * WEEKS,
        service_agreement=None,
    )


def _appointments(facilitator: UUID, whose: Sequence[Supervision]) -> Iterator[Appointment]:
    """The member has the first of this week's times only."""
    for week in range(WEEKS):
        for place, (day, starts) in enumerate(TIMES):
            if place or not week:
                when = monday() + timedelta(days=7 * week + day)
                slot = Slot(when, starts, MINUTES, world.TIME_ZONE)
                yield _appointment(facilitator, whose[place], slot)


def _appointment(facilitator: UUID, whose: Supervision, slot: Slot) -> Appointment:
    return Appointment(
        supervision=whose.id,
        facilitator=facilitator,
        account=whose.account,
        day=slot.day,
        starts=slot.starts,
        minutes=slot.minutes,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        state="booked",
        changed_at=clock.now(),
    )
