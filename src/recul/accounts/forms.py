"""What the forms of accounts ask."""

from zoneinfo import available_timezones

from recul.accounts.passwords import check_password
from recul.accounts.rules import EMAIL, tidy_email
from recul.settings import LANGUAGES
from recul.web.forms import Form
from recul.words import N_

NAME = 80
MISSING_EMAIL = N_("Écrivez une adresse électronique, par exemple prenom@exemple.fr.")
TIME_ZONES = (
    "Europe/Paris",
    "Europe/Zurich",
    "Europe/Brussels",
    "America/Martinique",
    "America/Guadeloupe",
    "America/Cayenne",
    "America/Miquelon",
    "Indian/Reunion",
    "Indian/Mayotte",
    "Pacific/Noumea",
    "Pacific/Tahiti",
    "Pacific/Wallis",
)


def email(form: Form, name: str = "email") -> str:
    """An address as it is kept: in lower case."""
    typed = form.text(name, longest=EMAIL, required=MISSING_EMAIL).lower()
    if tidy_email(typed) is None:
        form.error(name, MISSING_EMAIL)
    return typed


def display_name(form: Form) -> str:
    return form.text(
        "display_name",
        longest=NAME,
        required=N_("Écrivez le nom sous lequel on vous connaît ici."),
    )


def new_password(form: Form, email: str, display_name: str) -> str:
    """A password that somebody chooses. It is never trimmed: spaces may be meant."""
    typed = form.typed("new_password")
    if refusal := check_password(typed, email, display_name):
        form.error("new_password", refusal)
    return typed


def language(form: Form) -> str | None:
    return form.choice("language", LANGUAGES) or None


def time_zone(form: Form, current: str) -> str:
    typed = form.typed("time_zone")
    if typed not in available_timezones():
        form.error("time_zone", N_("Choisissez un fuseau horaire de la liste."))
        return current
    return typed
