"""The four worded scales. A step is a word first; its number, 1 to 5, is only for lines drawn."""

from dataclasses import dataclass
from typing import Literal

from recul.words import N_

ScaleKey = Literal["workload", "emotional_load", "recovery", "support"]


@dataclass(frozen=True, slots=True)
class Scale:
    """`words` go from step 1 to step 5; `css` is the class that carries the scale's hue."""

    key: ScaleKey
    label: str
    words: tuple[str, str, str, str, str]
    css: str

    @property
    def steps(self) -> tuple[tuple[int, str], ...]:
        """(1, its word) to (5, its word)."""
        return tuple(enumerate(self.words, start=1))

    def word(self, step: int) -> str:
        """The word of a step from 1 to 5. Raises ValueError outside."""
        if not 1 <= step <= len(self.words):
            raise ValueError("a scale goes from 1 to 5")
        return self.words[step - 1]


WORKLOAD = Scale(
    "workload",
    N_("Charge de travail"),
    (N_("légère"), N_("soutenable"), N_("soutenue"), N_("lourde"), N_("débordante")),
    "work",
)
EMOTIONAL_LOAD = Scale(
    "emotional_load",
    N_("Charge émotionnelle"),
    (N_("paisible"), N_("présente"), N_("prenante"), N_("lourde"), N_("submergeante")),
    "emotion",
)
RECOVERY = Scale(
    "recovery",
    N_("Récupération"),
    (N_("absente"), N_("courte"), N_("partielle"), N_("bonne"), N_("pleine")),
    "recovery",
)
SUPPORT = Scale(
    "support",
    N_("Soutien"),
    (N_("absent"), N_("lointain"), N_("ponctuel"), N_("proche"), N_("solide")),
    "support",
)

SCALES = (WORKLOAD, EMOTIONAL_LOAD, RECOVERY, SUPPORT)
# The check-in asks for the first two; the others are offered in the longer note.
FIRST_SCALES = (WORKLOAD, EMOTIONAL_LOAD)
_BY_KEY: dict[str, Scale] = {scale.key: scale for scale in SCALES}


def scale(key: str) -> Scale:
    """The scale of that key. Raises KeyError."""
    return _BY_KEY[key]
