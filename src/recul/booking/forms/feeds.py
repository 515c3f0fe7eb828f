"""What the forms of calendar addresses ask."""

import secrets

from recul.booking.calendars.entries import DETAILS
from recul.web.forms import Form
from recul.words import N_

LABELS = (
    ("busy", N_("Occupé"), N_("L’heure seulement. Ni le lieu, ni le titre.")),
    ("type", N_("Le type"), N_("Par exemple « Groupe d’analyse de la pratique », et le lieu.")),
    ("title", N_("Le titre"), N_("Le nom du groupe, et le lieu.")),
)
LONGEST = 64


def detail(form: Form) -> str:
    """How much an address tells: the least unless something else is chosen."""
    return form.choice("detail", DETAILS, DETAILS[0])


def nonce(form: Form) -> str:
    """What makes a form another one than the next."""
    return form.typed("nonce")[:LONGEST] or new_nonce()


def new_nonce() -> str:
    return secrets.token_urlsafe(32)
