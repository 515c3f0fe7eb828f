"""A journal that could be true: an éducatrice spécialisée in AEMO, the same for the same day."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from recul.demo.casting import Casting
from recul.demo.check_ins import check_in
from recul.demo.days import working_days
from recul.demo.scenes import SLOTS, Scene
from recul.journal.moments import Moment

PARIS = ZoneInfo("Europe/Paris")
# What restores her (J7), for her journal's settings.
RESTORES = (
    "Marcher dix minutes sans téléphone",
    "Le café avec l’équipe, avant neuf heures",
    "Nager le jeudi soir",
    "Relire le bocal des petites victoires",
    "Dire non une fois par semaine",
    "Chanter dans la voiture",
)
# How the months of a year weigh, January first.
_SEASONS = (0.5, 0.6, 0.65, 0.45, 0.55, 0.7, 0.35, 0.15, 0.45, 0.6, 0.75, 0.65)
_MINUTES = {
    "morning": (8 * 60 + 10, 11 * 60 + 40),
    "noon": (12 * 60 + 15, 13 * 60 + 45),
    "afternoon": (14 * 60 + 5, 16 * 60 + 50),
    "evening": (17 * 60, 18 * 60 + 40),
}
_HOW_MANY = ((0, 6), (1, 48), (2, 38), (3, 8))
_WITH_TEXT = 0.56
# The last days are what a visitor of the demo reads first: something is said on each.
_LAST_DAYS = timedelta(days=5)


def moments(until: date, months: int = 14, zone: ZoneInfo = PARIS) -> list[Moment]:
    """Oldest first, from `months` before `until` to the evening of `until` itself."""
    chance = Random(f"{until.isoformat()}/{months}")
    casting = Casting(chance)
    written = []
    for day, pressure in _days(until, months):
        last = until - day < _LAST_DAYS
        for at, slot in _times(chance, day, zone, at_least=1 if last else 0):
            told = last or chance.random() < _WITH_TEXT
            scene = casting.next(day, slot, pressure) if told else None
            written.append(_from(scene, at) if scene else check_in(at, chance, pressure))
    return written


def _days(until: date, months: int) -> Iterator[tuple[date, float]]:
    for day in working_days(_months_before(until, months), until):
        year, week, _ = day.isocalendar()
        swing = Random(f"{year}-{week}").uniform(-0.35, 0.35)
        yield day, min(1.0, max(0.0, _SEASONS[day.month - 1] + swing))


def _months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, 28))


def _times(
    chance: Random, day: date, zone: ZoneInfo, at_least: int
) -> Iterator[tuple[datetime, str]]:
    numbers, weights = zip(*_HOW_MANY, strict=True)
    [count] = chance.choices(numbers, weights)
    for slot in sorted(chance.sample(SLOTS, max(count, at_least)), key=SLOTS.index):
        hour, minute = divmod(chance.randint(*_MINUTES[slot]), 60)
        yield datetime.combine(day, time(hour, minute), zone), slot


def _from(scene: Scene, at: datetime) -> Moment:
    return Moment(
        at=at,
        workload=scene.workload,
        emotional_load=scene.emotional_load,
        recovery=scene.recovery,
        support=scene.support,
        feelings=scene.feelings,
        contexts=scene.contexts,
        template=scene.template,
        sections=scene.sections,
        small_win=scene.small_win,
    )
