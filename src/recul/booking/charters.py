"""The charter that a new group starts from: its limits are spelled out, and all of it is changed
at will before it is the group's own."""

from collections.abc import Callable

from recul.words import N_

_PURPOSE = N_(
    "À quoi il sert. Ce groupe est un lieu pour revenir sur le travail : des situations, ce "
    "qu’elles nous font, ce que nous en faisons. On n’y évalue personne, et rien n’y décide de "
    "l’organisation du service."
)
_LED = N_(
    "Qui l’anime. Une personne extérieure à la hiérarchie, qui veille au temps, à la parole de "
    "chacun·e et à ce cadre. À l’employeur, elle ne rend compte que des dates et des heures tenues."
)
_BY_TURNS = N_(
    "Qui le tient. Le groupe se tient lui-même : l’accueil, le temps et le cadre sont confiés à "
    "tour de rôle. L’employeur ne connaît que les dates et les heures tenues."
)
_NO_HIERARCHY = N_(
    "Sans lien hiérarchique. Personne n’y prend place avec quelqu’un dont il ou elle est "
    "responsable. Si un tel lien apparaît en cours de route, on le dit, et l’on cherche une autre "
    "place."
)
_SECRECY = N_(
    "Confidentialité. Ce qui se dit ici reste ici, après la fin du groupe aussi. Les personnes "
    "accompagnées ne sont pas nommées : un prénom inventé, des détails changés. Chacun·e peut "
    "parler dehors de ce qu’il ou elle a compris pour soi, jamais de ce que d’autres ont dit. "
    "Rien n’est enregistré."
)
_LIMITS = N_(
    "Ses limites. La loi passe avant ce cadre : un danger pour un enfant ou pour une personne qui "
    "ne peut pas se protéger, un crime que l’on peut encore empêcher, un péril immédiat peuvent "
    "obliger à parler ou à agir, selon le pays et le métier. On le dit alors d’abord au groupe, "
    "autant que possible, et chacun·e fait ce que son devoir lui demande."
)
_SPEECH = N_(
    "La parole. Chacun·e parle en son nom, peut se taire, peut demander une pause. On ne coupe "
    "pas la parole, on ne donne pas de leçon."
)
_ABSENCES = N_(
    "Les absences. On s’inscrit pour toutes les dates du cycle, et les séances commencent et "
    "finissent à l’heure. Qui ne peut pas venir s’excuse dès que possible, sans avoir à dire "
    "pourquoi. Après deux absences sans nouvelles, on prend le temps d’en parler."
)
_CHANGES = N_(
    "Le changer. Ce cadre se relit et se change ensemble. Chaque nouvelle version est acceptée par "
    "chacun·e avant la séance suivante."
)
_REST = (_NO_HIERARCHY, _SECRECY, _LIMITS, _SPEECH, _ABSENCES, _CHANGES)


def usual(say: Callable[[str], str], *, self_managed: bool = False) -> str:
    """The usual charter in the language of `say`, a paragraph each."""
    parts = (_PURPOSE, _BY_TURNS if self_managed else _LED, *_REST)
    return "\n\n".join(say(part) for part in parts)
