"""What kinds of groups there are, and how each is usually held. Everything can be adjusted."""

from dataclasses import dataclass

from recul.words import N_

FEWEST, MOST = 2, 200
"""Seats of any group."""
SHORTEST, LONGEST = 15, 600
"""Minutes of any meeting."""
DATES = 60
"""Dates of one cycle, at most."""
DAYS_AHEAD = 3 * 366
"""How far ahead a date may lie."""

OPEN, REQUEST, CLOSED, CO_OPTATION = "open", "request", "closed", "co_optation"
INDIVIDUAL = "individual_supervision"
"""Not a kind of group: see `tables.SupervisionOffer`."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of group, with its defaults."""

    key: str
    label: str
    hint: str
    """What it is, in one line."""
    capacity: int
    minimum: int
    most: int
    """Beyond this number of people it usually stops being what it is: said, never forced."""
    minutes: int
    dates: int
    """Of one cycle."""
    weeks: int
    """From one date to the next."""
    roles: tuple[str, ...]
    """Who does what in a meeting, beside those who lead it: keys of `ROLES`."""
    self_managed: bool = False
    """It has no facilitator, and nobody organises it from outside."""


ROLES = {
    "host": N_("Accueil et ouverture"),
    "time": N_("Gardien·ne du temps"),
    "frame": N_("Gardien·ne du cadre"),
    "notes": N_("Mémoire des engagements"),
    "client": N_("Client·e"),
    "speaker": N_("Apporte une situation"),
}
"""What people of a group take on for one meeting."""

_ALL = (
    Kind(
        "practice_analysis_group",
        N_("Groupe d’analyse de la pratique"),
        N_("Revenir à plusieurs sur une situation de travail, avec quelqu’un d’extérieur."),
        capacity=12,
        minimum=6,
        most=15,
        minutes=120,
        dates=8,
        weeks=4,
        roles=("speaker",),
    ),
    Kind(
        "team_supervision",
        N_("Supervision d’équipe"),
        N_("Une équipe parle de son travail ensemble, avec quelqu’un d’extérieur."),
        capacity=12,
        minimum=3,
        most=15,
        minutes=90,
        dates=8,
        weeks=4,
        roles=("speaker",),
    ),
    Kind(
        "group_supervision",
        N_("Supervision collective"),
        N_("Des professionnel·les de plusieurs équipes, avec une superviseure ou un superviseur."),
        capacity=8,
        minimum=4,
        most=10,
        minutes=120,
        dates=8,
        weeks=4,
        roles=("speaker",),
    ),
    Kind(
        "codev_group",
        N_("Groupe de co-développement"),
        N_("Une personne apporte une question, les autres la conseillent, en six étapes."),
        capacity=8,
        minimum=5,
        most=8,
        minutes=150,
        dates=8,
        weeks=4,
        roles=("client", "time"),
    ),
    Kind(
        "peer_supervision",
        N_("Intervision"),
        N_("Entre pairs, sur des situations de travail, sans expert·e de l’extérieur."),
        capacity=8,
        minimum=3,
        most=10,
        minutes=120,
        dates=8,
        weeks=4,
        roles=("host", "time", "frame", "speaker"),
        self_managed=True,
    ),
    Kind(
        "peer_support_group",
        N_("Groupe d’entraide"),
        N_("Se soutenir entre collègues : le groupe se tient lui-même, à tour de rôle."),
        capacity=8,
        minimum=3,
        most=12,
        minutes=90,
        dates=8,
        weeks=2,
        roles=("host", "time", "frame", "notes"),
        self_managed=True,
    ),
)

KINDS = {kind.key: kind for kind in _ALL}
FACILITATED = tuple(kind for kind in _ALL if not kind.self_managed)
SELF_MANAGED = tuple(kind for kind in _ALL if kind.self_managed)
INDIVIDUAL_LABEL = N_("Supervision individuelle")

ADMISSIONS = {
    OPEN: N_("libre"),
    REQUEST: N_("sur demande"),
    CLOSED: N_("fermée"),
    CO_OPTATION: N_("par cooptation"),
}


def label(key: str) -> str:
    """The name of a kind, individual supervision too; to be translated where it is shown."""
    return INDIVIDUAL_LABEL if key == INDIVIDUAL else KINDS[key].label
