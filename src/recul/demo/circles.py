"""What groups there are in the demo world: eight over three organisations."""

from dataclasses import dataclass

VAL_CLAIR = "Département du Val-Clair"
BELLERIVE = "CCAS de Bellerive"
ESTRAN = "Fondation de l’Estran"
ANNE, MARC = "superviseure", "animateur"
"""Who leads them: people of the demo, by name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Circle:
    """A group and one cycle of it, around the Monday of the week in which the demo is made."""

    name: str
    organisation: str
    kind: str
    purpose: str
    facilitator: str | None = ANNE
    admission: str = "open"
    first: int
    """Days from that Monday to its first date; below 0, it has met before."""
    every: int
    """Weeks."""
    dates: int = 8
    starts: int
    """Minutes after midnight."""
    minutes: int
    place: str
    access_note: str = ""
    video_link: str = ""
    capacity: int
    minimum: int
    people: tuple[str, ...] = ()
    """Of the demo, by name, in the order in which they came."""
    neighbours: int
    """So many others came before them."""
    waiting: int = 0
    """So many others came after them."""
    asking: int = 0
    """So many others wait for an answer, and of the demo:"""
    asked_by: tuple[str, ...] = ()


CIRCLES = (
    Circle(
        name="Analyse de la pratique, Tilleuls et Rivage",
        organisation=VAL_CLAIR,
        kind="practice_analysis_group",
        purpose="Deux équipes voisines, une situation à la fois, et le temps d’y revenir.",
        first=-46,
        every=4,
        starts=14 * 60,
        minutes=120,
        place="Maison du Rivage, salle 2",
        access_note="Sonner à l’interphone « Rivage », premier étage à gauche.",
        capacity=12,
        minimum=6,
        people=("educatrice", "collegue"),
        neighbours=6,
    ),
    Circle(
        name="Co-développement du Territoire Sud",
        organisation=VAL_CLAIR,
        kind="codev_group",
        purpose="Une question de travail, sept regards, un premier pas.",
        first=8,
        every=3,
        dates=6,
        starts=9 * 60,
        minutes=150,
        place="Centre social des Forges",
        access_note="Entrée par la cour, badge à l’accueil.",
        capacity=8,
        minimum=5,
        people=("educatrice",),
        neighbours=8,
        waiting=2,
    ),
    Circle(
        name="Supervision du Foyer de l’Enfance",
        organisation=VAL_CLAIR,
        kind="team_supervision",
        purpose="L’équipe de nuit et l’équipe de jour, ensemble une fois par mois.",
        admission="closed",
        first=-21,
        every=4,
        starts=10 * 60,
        minutes=90,
        place="Foyer de l’Enfance, salle commune",
        capacity=15,
        minimum=3,
        neighbours=9,
    ),
    Circle(
        name="Accueils difficiles, analyse de la pratique",
        organisation=VAL_CLAIR,
        kind="practice_analysis_group",
        purpose="Pour celles et ceux qui reçoivent sans rendez-vous.",
        admission="request",
        first=11,
        every=4,
        starts=14 * 60,
        minutes=120,
        place="Hôtel du Département, bâtiment C",
        capacity=12,
        minimum=6,
        neighbours=3,
        asking=2,
    ),
    Circle(
        name="Analyse de la pratique, Hébergement",
        organisation=VAL_CLAIR,
        kind="practice_analysis_group",
        purpose="Le quotidien partagé avec des jeunes, et ce qu’il laisse le soir.",
        facilitator=MARC,
        first=16,
        every=4,
        starts=9 * 60 + 30,
        minutes=120,
        place="Maison des Glycines",
        capacity=10,
        minimum=6,
        neighbours=7,
    ),
    Circle(
        name="Entraide du midi",
        organisation=VAL_CLAIR,
        kind="peer_support_group",
        purpose="Un repas, une heure, et chacun·e son tour.",
        facilitator=None,
        admission="co_optation",
        first=-10,
        every=2,
        starts=12 * 60 + 15,
        minutes=75,
        place="Cuisine du deuxième étage",
        access_note="On apporte son repas.",
        capacity=8,
        minimum=3,
        people=("referent", "educatrice"),
        neighbours=3,
        asked_by=("collegue",),
    ),
    Circle(
        name="Multi-accueil Les Lucioles",
        organisation=BELLERIVE,
        kind="practice_analysis_group",
        purpose="Six heures par an, hors de la présence des enfants.",
        admission="closed",
        first=-26,
        every=4,
        dates=4,
        starts=18 * 60,
        minutes=120,
        place="Multi-accueil Les Lucioles",
        access_note="Portail côté parc, code donné à l’équipe.",
        capacity=15,
        minimum=4,
        neighbours=8,
    ),
    Circle(
        name="Supervision collective en ligne",
        organisation=ESTRAN,
        kind="group_supervision",
        purpose="Trois foyers éloignés, un même écran.",
        first=-10,
        every=2,
        starts=13 * 60 + 30,
        minutes=90,
        place="",
        video_link="https://visio.recul.example/estran",
        capacity=8,
        minimum=4,
        neighbours=5,
    ),
)
