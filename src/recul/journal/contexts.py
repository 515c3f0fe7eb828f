"""Contexts: what a moment was about. A closed list to tap on, and the person's own tags."""

from dataclasses import dataclass

from recul.journal.own_words import known_or_own
from recul.journal.search import plain
from recul.words import N_


@dataclass(frozen=True, slots=True)
class Context:
    key: str
    label: str


CONTEXTS = (
    Context("home_visit", N_("visite à domicile")),
    Context("interview", N_("entretien")),
    Context("phone", N_("téléphone")),
    Context("duty_desk", N_("permanence")),
    Context("outing", N_("accompagnement")),
    Context("emergency", N_("urgence")),
    Context("violence", N_("violence")),
    Context("case_conference", N_("synthèse")),
    Context("team_meeting", N_("réunion d’équipe")),
    Context("colleagues", N_("collègues")),
    Context("management", N_("encadrement")),
    Context("partners", N_("partenaires")),
    Context("school", N_("école")),
    Context("care", N_("soins")),
    Context("housing", N_("logement")),
    Context("hearing", N_("audience")),
    Context("writing", N_("écrit")),
    Context("paperwork", N_("administratif")),
    Context("travel", N_("trajet")),
    Context("on_call", N_("astreinte")),
    Context("practice_group", N_("analyse de la pratique")),
    Context("training", N_("formation")),
)
# Those of the short check-in, before « plus… ».
FIRST_CONTEXTS = ("home_visit", "interview", "phone", "team_meeting", "writing", "travel")
FURTHER = tuple(context for context in CONTEXTS if context.key not in FIRST_CONTEXTS)

_BY_KEY = {context.key: context for context in CONTEXTS}
_KNOWN = {plain(context.label): context.key for context in CONTEXTS}
_KNOWN |= {"vad": "home_visit", "gap": "practice_group", "ecrits": "writing"}


def context(key: str) -> Context | None:
    return _BY_KEY.get(key)


def normalise_own_tag(text: str) -> str:
    """A tidy tag of at most 40 characters; a known context's key when it names one; may be ""."""
    return known_or_own(text, _KNOWN)
