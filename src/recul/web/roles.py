"""Who somebody is: in the house, as the guard knows it, and beside one person, as people ask."""

from enum import Enum

from recul.words import N_


class Standing(Enum):
    """What an account is in the house. It opens doors; which rows lie behind is for queries."""

    ADMINISTRATOR = "administrator"
    MEMBER = "member"
    MANAGER = "manager"
    ORGANISER = "organiser"
    FACILITATOR = "facilitator"


class Role(Enum):
    """What somebody is to one person, of whose things the visibility matrix speaks."""

    SELF = "self"
    COLLEAGUE = "colleague"
    STEWARD = "steward"
    PARTICIPANT = "participant"
    MANAGER = "manager"
    ORGANISER = "organiser"
    FACILITATOR = "facilitator"
    ADMINISTRATOR = "administrator"
    STRANGER = "stranger"
    VISITOR = "visitor"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Role.SELF: N_("Vous"),
    Role.COLLEAGUE: N_("Collègue d’équipe"),
    Role.STEWARD: N_("Référent·e d’équipe"),
    Role.PARTICIPANT: N_("Participant·e d’un même groupe"),
    Role.MANAGER: N_("Responsable hiérarchique"),
    Role.ORGANISER: N_("Organisateur·rice"),
    Role.FACILITATOR: N_("Animateur·rice"),
    Role.ADMINISTRATOR: N_("Administration technique"),
    Role.STRANGER: N_("Quelqu’un d’une autre structure"),
    Role.VISITOR: N_("Sans compte"),
}
