"""Templates of notes: a few questions to lean on, none of which asks for an answer."""

from dataclasses import dataclass

from recul.words import N_


@dataclass(frozen=True, slots=True)
class Section:
    """One question of a template, with a hint shown under it."""

    key: str
    label: str
    hint: str


@dataclass(frozen=True, slots=True)
class NoteTemplate:
    """`hint` is the one line that helps to choose this template."""

    key: str
    label: str
    hint: str
    sections: tuple[Section, ...]

    def section(self, key: str) -> Section | None:
        return next((section for section in self.sections if section.key == key), None)


LINE = NoteTemplate(
    "line",
    N_("Une ligne"),
    N_("Quelques mots, comme ils viennent."),
    (Section("line", N_("Un mot, si vous voulez"), N_("Dicté ou écrit, une phrase suffit.")),),
)
VISIT = NoteTemplate(
    "visit",
    N_("Après une visite"),
    N_("Déposer ce qui reste, avant de reprendre la route."),
    (
        Section(
            "seen",
            N_("Ce que j’ai vu et entendu"),
            N_("Une image, une phrase, un silence."),
        ),
        Section("felt", N_("Ce que cela me fait"), N_("Dans le corps, dans la tête.")),
        Section("keep", N_("Ce que je garde"), N_("À reprendre en équipe, à ne pas perdre.")),
        Section("leave", N_("Ce que je laisse ici"), N_("Ce qui n’a pas à rentrer avec moi.")),
    ),
)
FACTS = NoteTemplate(
    "facts",
    N_("Faits, ressenti, suite"),
    N_("Démêler ce qui s’est passé de ce que cela remue."),
    (
        Section("facts", N_("Les faits"), N_("Comme les raconterait une caméra posée là.")),
        Section("felt", N_("Mon ressenti"), N_("Rien à justifier.")),
        Section(
            "next",
            N_("Ce que j’en fais"),
            N_("En parler, attendre, demander, décider… ou rien pour l’instant."),
        ),
    ),
)
INCIDENT = NoteTemplate(
    "incident",
    N_("Incident"),
    N_("Menace, violence, accident, grosse frayeur : poser les choses, à votre rythme."),
    (
        Section("facts", N_("Ce qui s’est passé"), N_("Dans l’ordre ou dans le désordre.")),
        Section(
            "safety",
            N_("Ce qui a protégé, ce qui a manqué"),
            N_("Un geste, une présence, une porte, un téléphone."),
        ),
        Section(
            "felt",
            N_("Ce que je ressens maintenant"),
            N_("Trembler, ne rien sentir, pleurer, rire : le corps fait ce qu’il peut."),
        ),
        Section(
            "need",
            N_("Ce dont j’ai besoin"),
            N_("Quelqu’un à prévenir, une pause, une déclaration, ne pas rester sans personne."),
        ),
    ),
)
WIN = NoteTemplate(
    "win",
    N_("Petite victoire"),
    N_("Même minuscule. Elle ira dans le bocal."),
    (
        Section("win", N_("Ce qui s’est passé de bon"), N_("Un pas, un mot, une porte ouverte.")),
        Section("helped", N_("Ce qui a aidé"), N_("Vous, quelqu’un d’autre, le temps, la chance.")),
    ),
)
FREE = NoteTemplate(
    "free",
    N_("Page libre"),
    N_("Aucune question, juste de la place."),
    (Section("text", N_("Votre texte"), N_("Vous pourrez le relire, le changer ou l’effacer.")),),
)

TEMPLATES = (LINE, VISIT, FACTS, INCIDENT, WIN, FREE)
# Those offered for a longer note: a line belongs to the check-in.
NOTE_TEMPLATES = TEMPLATES[1:]
_BY_KEY = {template.key: template for template in TEMPLATES}


def template(key: str) -> NoteTemplate | None:
    return _BY_KEY.get(key)


def section_label(template_key: str, section_key: str) -> str:
    """The label (a French msgid) of a section, or "" when the template has no such section."""
    found = _BY_KEY.get(template_key)
    section = found.section(section_key) if found else None
    return section.label if section else ""
