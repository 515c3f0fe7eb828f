"""The words of team trends: what moved, what happened, what to talk about. Pure data."""

from recul.trends.figures import Change
from recul.words import N_

FEMININE = {
    (Change.UP, 1): N_("plus haute qu’au cycle d’avant"),
    (Change.UP, 2): N_("plus haute qu’aux deux cycles d’avant"),
    (Change.UP, 3): N_("plus haute qu’aux trois cycles d’avant"),
    (Change.DOWN, 1): N_("plus basse qu’au cycle d’avant"),
    (Change.DOWN, 2): N_("plus basse qu’aux deux cycles d’avant"),
    (Change.DOWN, 3): N_("plus basse qu’aux trois cycles d’avant"),
}
MASCULINE = {
    (Change.UP, 1): N_("plus haut qu’au cycle d’avant"),
    (Change.UP, 2): N_("plus haut qu’aux deux cycles d’avant"),
    (Change.UP, 3): N_("plus haut qu’aux trois cycles d’avant"),
    (Change.DOWN, 1): N_("plus bas qu’au cycle d’avant"),
    (Change.DOWN, 2): N_("plus bas qu’aux deux cycles d’avant"),
    (Change.DOWN, 3): N_("plus bas qu’aux trois cycles d’avant"),
}
NO_CHANGE = N_("pas de changement visible")
FIRST = N_("première publication, rien encore à comparer")
NOT_PUBLISHED = N_("pas de publication ce cycle")


def moved(dimension: str, change: Change, compared: int) -> str:
    """The msgid of what a question did, against so many cycles before."""
    if change is Change.NONE:
        return NO_CHANGE
    if change is Change.UNKNOWN:
        return FIRST
    words = MASCULINE if dimension == "support" else FEMININE
    return words[change, compared]


MARKERS = {
    "vacancy": N_("poste vacant"),
    "arrivals": N_("arrivées dans l’équipe"),
    "departures": N_("départs"),
    "reorganisation": N_("réorganisation"),
    "surge": N_("afflux"),
    "holidays": N_("congés"),
    "absences": N_("absences"),
    "event": N_("événement grave"),
    "move": N_("déménagement"),
    "tool": N_("nouvel outil"),
}
OWN = "own"

STATES = {
    "said": N_("dit"),
    "kept": N_("tenu"),
    "partly": N_("tenu en partie"),
    "dropped": N_("abandonné"),
}
SAID = "said"

QUESTIONS: dict[tuple[str, Change], tuple[str, ...]] = {
    ("workload", Change.UP): (
        N_("Qu’est-ce qui s’est ajouté, et qu’est-ce qui n’a pas été enlevé pour autant ?"),
        N_("Parmi ce qui s’est ajouté, qu’est-ce qui pourrait attendre, s’alléger ou s’arrêter ?"),
    ),
    ("workload", Change.DOWN): (
        N_("Qu’est-ce qui a allégé le travail, et qu’aimerions-nous garder ?"),
        N_("Quelque chose a-t-il été laissé de côté qui reviendra bientôt ?"),
    ),
    ("workload", Change.NONE): (
        N_("Cette charge est-elle celle d’un travail que nous trouvons bien fait ?"),
        N_("Quelle tâche prend plus de place que ce qu’elle apporte ?"),
    ),
    ("emotional_load", Change.UP): (
        N_("Quelles situations de travail ont pesé, et où en parlons-nous à plusieurs ?"),
        N_("Que faudrait-il juste après une visite ou un entretien difficile ?"),
    ),
    ("emotional_load", Change.DOWN): (N_("Qu’est-ce qui a aidé l’équipe à porter moins lourd ?"),),
    ("emotional_load", Change.NONE): (
        N_("Avons-nous, dans la semaine, un moment où déposer ce qui pèse ?"),
    ),
    ("recovery", Change.UP): (N_("Qu’est-ce qui laisse mieux souffler, et comment le protéger ?"),),
    ("recovery", Change.DOWN): (
        N_("Qu’est-ce qui, dans les horaires ou les astreintes, empêche de souffler ?"),
    ),
    ("support", Change.UP): (N_("Par quoi le soutien passe-t-il mieux qu’avant ?"),),
    ("support", Change.DOWN): (
        N_("À quel moment du travail se retrouve-t-on seul·e sans l’avoir choisi ?"),
    ),
}
SHARING_OUT = (
    N_("Comment situations, écrits et astreintes se répartissent-ils, et qui en décide ?"),
    N_("Que se passe-t-il pour ce travail quand quelqu’un est absent ?"),
    N_("Qu’est-ce qui ne dépend pas de nous, et à qui le dire, avec quels faits ?"),
)
WITHOUT_FIGURES = (
    N_("Ces dernières semaines, quel travail a pris plus de temps que prévu ?"),
    N_("Quelles situations ont demandé d’être deux, et l’avons-nous pu ?"),
    N_("Qu’est-ce qui a bien marché et que nous voulons garder ?"),
)


def questions(changes: dict[str, Change]) -> list[str]:
    """What to talk about, given what moved: the two loads always, the others when they moved."""
    found: list[str] = []
    for dimension, change in changes.items():
        known = Change.NONE if change is Change.UNKNOWN else change
        found += QUESTIONS.get((dimension, known), ())
    return found
