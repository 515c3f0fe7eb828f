"""Individual supervision in the demo world: one supervisor, two organisations, a full week."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid4

from recul import clock
from recul.booking.actions import appointments, availability, supervision_offers, supervisions
from recul.booking.actions.appointments import NotProposed, SlotTaken
from recul.booking.queries import supervision, supervision_given
from recul.booking.supervising import OfferPlan
from recul.booking.wall import Slot
from recul.demo.circles import ANNE, ESTRAN, VAL_CLAIR
from recul.settings import Settings

MORNINGS = [(3, 9 * 60, 12 * 60), (5, 9 * 60, 12 * 60)]
"""Wednesdays and Fridays."""
HOURS = (9 * 60, 10 * 60 + 15)
"""A meeting of an hour, a quarter of an hour after it."""
DAYS = (-5, -3, 2, 4, 9, 11)
"""After the Monday of this week: Wednesdays and Fridays around it."""

PLANS = {
    VAL_CLAIR: OfferPlan(
        purpose="Un temps à vous, pour une situation ou pour la place que vous y tenez.",
        area="FR",
        minutes=60,
        buffer_minutes=15,
        notice_hours=24,
        change_hours=48,
        daily_most=4,
        horizon_days=60,
        package=5,
        place="Cabinet, 4 rue des Tanneurs",
        access_note="Deuxième cour, escalier B. On peut arriver cinq minutes avant.",
    ),
    ESTRAN: OfferPlan(
        purpose="En ligne, pour les équipes éloignées.",
        area="CH-VD",
        minutes=60,
        buffer_minutes=15,
        notice_hours=48,
        change_hours=48,
        daily_most=2,
        horizon_days=45,
        package=3,
        video_link="https://visio.recul.example/keller",
    ),
}


async def receive(
    settings: Settings,
    people: Mapping[str, UUID],
    places: Mapping[str, tuple[UUID, list[UUID]]],
    today: date,
) -> None:
    """Offers with their mornings; five people of Val-Clair come, two at a time. Everybody came to
    what is over."""
    offers: dict[str, UUID] = {}
    monday = today - timedelta(days=today.weekday())
    with clock.set_to(datetime.combine(monday - timedelta(days=30), time(6), UTC)):
        for name, plan in PLANS.items():
            offers[name] = uuid4()
            await supervision_offers.open_for(places[name][0], people[ANNE], offers[name], plan)
            await availability.set_week(offers[name], MORNINGS)
    comers = [people["educatrice"], *places[VAL_CLAIR][1][20:24]]
    with clock.set_to(datetime.combine(monday - timedelta(days=8), time(6), UTC)):
        for account in comers:
            await _choose(account, offers[VAL_CLAIR])
        for number, day in enumerate(DAYS):
            for turn, starts in enumerate(HOURS):
                comer = comers[(number * len(HOURS) + turn) % len(comers)]
                slot = Slot(monday + timedelta(days=day), starts, 60, "Europe/Paris")
                await _book(settings, comer, offers[VAL_CLAIR], slot)
    await _note(people[ANNE], today)


async def _choose(account: UUID, offer: UUID) -> None:
    choice = await supervision.offer(account, offer, clock.now())
    if choice is not None:
        await supervisions.choose(account, choice)


async def _book(settings: Settings, account: UUID, offer: UUID, slot: Slot) -> None:
    """Where the day is no holiday, and nothing else is there."""
    choice = await supervision.offer(account, offer, clock.now())
    try:
        if choice is not None:
            await appointments.book(settings, account, choice, slot, overlap_ok=True)
    except (NotProposed, SlotTaken):
        return


async def _note(facilitator: UUID, today: date) -> None:
    now = datetime.combine(today, time(), UTC)
    for one in await supervision_given.unnoted(facilitator, now, now - timedelta(days=14)):
        with clock.set_to(one.slot.ends_at):
            await appointments.note_attendance(one.id, attended=True)
