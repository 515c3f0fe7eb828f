"""The last accessibility audit, against the 106 criteria of RGAA 4.1.2 (DINUM).

`rgaa.toml` holds one line a criterion: its result, and how it was looked at.
"""

import tomllib
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from recul.words import N_

Result = Literal["met", "not_met", "not_applicable"]
REMAINS = {
    "8.2": N_(
        "le code des pages porte des attributs de la bibliothèque htmx que la norme HTML ne "
        "connaît pas ; cela ne gêne pas la lecture."
    ),
    "8.6": N_(
        "les titres d’onglet restent neutres, exprès : plusieurs pages du carnet portent le même, "
        "pour qu’un onglet ou un historique ne dise rien de vous. Le titre dans la page est précis."
    ),
    "12.1": N_("un seul menu mène d’une page à l’autre, sans plan du site."),
}
"""What does not work yet, for each criterion that is not met."""
FILE = Path(__file__).with_name("rgaa.toml")


@dataclass(frozen=True, slots=True)
class Criterion:
    number: str
    result: Result
    how: str
    """How it was looked at, or why it does not apply."""

    @property
    def remains(self) -> str:
        return REMAINS[self.number]


@dataclass(frozen=True, slots=True)
class Audit:
    made_on: date
    pages: tuple[str, ...]
    tools: tuple[str, ...]
    criteria: tuple[Criterion, ...]

    def count(self, result: Result) -> int:
        return Counter(criterion.result for criterion in self.criteria)[result]

    @property
    def rate(self) -> int:
        """Percent of the applicable criteria that are met, rounded down."""
        met = self.count("met")
        return 100 * met // (met + self.count("not_met"))

    @property
    def not_met(self) -> list[Criterion]:
        return [criterion for criterion in self.criteria if criterion.result == "not_met"]


@cache
def audit() -> Audit:
    raw = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return Audit(
        made_on=raw["made_on"],
        pages=tuple(raw["pages"]),
        tools=tuple(raw["tools"]),
        criteria=tuple(Criterion(number, **found) for number, found in raw["criteria"].items()),
    )
