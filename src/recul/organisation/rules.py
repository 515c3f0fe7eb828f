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
    """A whole number that may only grow: the greater, the harder on curiosity."""

    label: str
    hint: str
    softest: int
    """What it is until an organisation hardens it."""
    hardest: int
    """As far as it goes, so that a slip of the finger does not shut trends for good."""


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
    return current < value <= TRUST_SETTINGS[setting].hardest


def steward(votes: Mapping[UUID, int], members: int) -> UUID | None:
    """Who has the voices of more than half of all members, whether or not all voted."""
    return next((candidate for candidate, count in votes.items() if 2 * count > members), None)


def same_name(one: str, other: str) -> bool:
    return name_key(one) == name_key(other)


def name_key(name: str) -> str:
    """What two spellings of one name have in common: spaces and capitals tell nothing."""
    return " ".join(name.split()).casefold()
