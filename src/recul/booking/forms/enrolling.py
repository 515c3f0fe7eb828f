"""What the forms of seats ask: the charter that was read, the seat that was meant, and whether
two things at the same time are wanted all the same."""

from dataclasses import dataclass
from uuid import UUID

from recul.booking.outcomes import Outcome
from recul.web.forms import Form
from recul.words import N_


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody sends along with her wish for a seat."""

    accepted: UUID | None
    """The version of the charter whose box she ticked."""
    overlap_ok: bool
    offer: UUID | None
    """The seat that was kept for her when she read the page."""


def wish(form: Form) -> Wish:
    accepted = form.id("agreement") if form.flag("accept") else None
    return Wish(accepted, form.flag("overlap_ok"), form.id("offer"))


SENTENCES = {
    Outcome.AGREEMENT: (
        "accept",
        N_("Lisez la charte, puis cochez la case si vous l’acceptez."),
    ),
    Outcome.OVERLAP: (
        "overlap_ok",
        N_(
            "Vous avez déjà autre chose au même moment. "
            "Cochez la case si c’est bien ce que vous voulez."
        ),
    ),
    Outcome.LINE: (
        "seat",
        N_(
            "Un groupe ne réunit jamais une personne et sa hiérarchie : "
            "ce cycle ne peut pas vous accueillir. Un autre le pourra."
        ),
    ),
    Outcome.LEADS: ("seat", N_("Vous animez ce groupe : vous n’y prenez pas de place.")),
    Outcome.CLOSED: ("seat", N_("Ce cycle n’accueille plus personne.")),
}
"""Why nothing has changed: the field it is about, and what is said."""
CHANGED = N_("La charte a changé depuis que vous avez ouvert cette page. La voici, à relire.")


def refuse(form: Form, outcome: Outcome) -> None:
    """Note on the form why it was not followed. Raises KeyError for what is no refusal."""
    name, sentence = SENTENCES[outcome]
    if outcome is Outcome.AGREEMENT and form.flag("accept"):
        sentence = CHANGED
    form.error(name, sentence)
