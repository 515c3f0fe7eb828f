"""Check-ins in two taps: scales, perhaps a word or a context, no text."""

from datetime import datetime
from random import Random

from recul.journal.moments import Moment

_FEELINGS = {
    "light": ("calm", "contentment", "lightness", "trust", "gratitude", "joy", "relief"),
    "usual": ("tiredness", "contentment", "curiosity", "irritation", "hope", "doubt", "closeness"),
    "heavy": ("overload", "tiredness", "powerlessness", "anger", "worry", "sadness", "sur le fil"),
}
_CONTEXTS = (
    "home_visit",
    "home_visit",
    "interview",
    "phone",
    "team_meeting",
    "writing",
    "travel",
    "partners",
    "school",
    "paperwork",
    "binôme",
)


def check_in(at: datetime, chance: Random, pressure: float) -> Moment:
    """`pressure`, 0 to 1, is how heavy the week is."""
    workload = _step(chance, 1.4 + 3 * pressure)
    emotional_load = _step(chance, 1.9 + 2.3 * pressure)
    mood = "light" if workload + emotional_load <= 5 else "usual"
    mood = "heavy" if workload + emotional_load >= 8 else mood
    evening = at.hour >= 17
    return Moment(
        at=at,
        workload=workload,
        emotional_load=emotional_load if chance.random() < 0.9 else None,
        recovery=_step(chance, 4 - 2.4 * pressure) if evening and chance.random() < 0.5 else None,
        support=_step(chance, 3.4) if evening and chance.random() < 0.3 else None,
        feelings=tuple(chance.sample(_FEELINGS[mood], chance.choice((0, 0, 1, 1, 2)))),
        contexts=(chance.choice(_CONTEXTS),) if chance.random() < 0.6 else (),
    )


def _step(chance: Random, around: float) -> int:
    return min(5, max(1, round(chance.gauss(around, 0.7))))
