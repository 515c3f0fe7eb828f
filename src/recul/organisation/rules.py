"""What holds in organisations: the ratchet of trust settings, and who is elected."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from recul.words import N_

NAME = 120
"""Letters of the name of an organisation, a unit or a team, at most."""

ORGANISER, FACILITATOR = "organiser", "facilitator"
MEMBER, MANAGER = "member", "manager"
ROLE_LABELS = {
    ORGANISER: N_("Organisateur·rice"),
    FACILITATOR: N_("Animateur·rice"),
    MEMBER: N_("Membre"),
    MANAGER: N_("Responsable hiérarchique"),
}


@dataclass(frozen=True, slots=True)
class TrustSetting:
    """A whole number that only goes one way: towards `hardest`, the hardest on curiosity."""

    label: str
    hint: str
    softest: int
    """What it is until an organisation hardens it."""
    hardest: int
    """As far as it goes, so that a slip of the finger does not shut trends for good."""

    @property
    def falls(self) -> bool:
        """The smaller, the harder: something is kept for less long."""
        return self.hardest < self.softest

    def harder(self, one: int, other: int) -> int:
        return min(one, other) if self.falls else max(one, other)

    def next_after(self, current: int) -> tuple[int, int]:
        """The least and the greatest value that are harder than this one."""
        return (self.hardest, current - 1) if self.falls else (current + 1, self.hardest)


TRUST_SETTINGS = {
    "roster_minimum": TrustSetting(
        N_("Membres nécessaires pour qu’une équipe ait sa tendance"),
        N_("En dessous, l’équipe est réunie à d’autres, et n’est jamais montrée seule."),
        softest=6,
        hardest=20,
    ),
    "manager_delay_days": TrustSetting(
        N_("Jours d’avance de l’équipe sur sa hiérarchie"),
        N_("La hiérarchie ne lit une tendance que si l’équipe l’a voté, et jamais plus tôt."),
        softest=7,
        hardest=90,
    ),
    "attendance_years": TrustSetting(
        N_("Années pendant lesquelles présences et rendez-vous passés sont gardés"),
        N_("Ensuite, feuilles, places et suivis s’effacent d’eux-mêmes."),
        softest=5,
        hardest=1,
    ),
}


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who is asked to join."""

    display_name: str
    email: str = ""
    """Empty for somebody who will type one when she accepts."""
    team: UUID | None = None
    kind: str = MEMBER


def is_harder(setting: str, value: int, current: int) -> bool:
    least, most = TRUST_SETTINGS[setting].next_after(current)
    return least <= value <= most


def steward(votes: Mapping[UUID, int], members: int) -> UUID | None:
    """Who has the voices of more than half of all members, whether or not all voted."""
    return next((candidate for candidate, count in votes.items() if 2 * count > members), None)


def same_name(one: str, other: str) -> bool:
    return name_key(one) == name_key(other)


def name_key(name: str) -> str:
    """What two spellings of one name have in common: spaces and capitals tell nothing."""
    return " ".join(name.split()).casefold()
