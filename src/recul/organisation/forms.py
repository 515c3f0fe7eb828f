"""What the forms of organisations ask."""

import re
from datetime import date
from uuid import UUID

from recul import clock
from recul.accounts.rules import tidy_email
from recul.organisation import rules
from recul.organisation.people_csv import LONGEST_NAME
from recul.organisation.rules import Newcomer
from recul.web.forms import PAGE, Form
from recul.words import N_

AT_ONCE = 60
"""People in one form of invitations."""

WRONG_DAY = N_("Choisissez un jour entre l’arrivée et aujourd’hui.")
NAME_TAKEN = N_("Ce nom est déjà pris ici. Choisissez-en un autre.")


def name(form: Form, field: str = "name") -> str:
    """The name of an organisation, a unit or a team, without doubled spaces."""
    typed = form.text(field, longest=rules.NAME, required=N_("Écrivez un nom."))
    return " ".join(typed.split())


def day(form: Form, field: str = "day") -> date:
    """A day that has come: today when nothing was written."""
    today = clock.today()
    chosen = form.date(field) or today
    if chosen > today or chosen.year < 1950:
        form.error(field, WRONG_DAY)
        return today
    return chosen


def chosen_id(form: Form, field: str) -> UUID | None:
    """An id picked from a list; none, and an error, when it cannot be one."""
    found = form.id(field)
    if found is None:
        form.error(field, N_("Choisissez l’une des réponses proposées."))
    return found


def chosen_ids(form: Form, field: str) -> set[UUID]:
    """Ids that were ticked; what is none is left out."""
    return set(form.ids(field))


def newcomers(form: Form, kinds: tuple[str, ...], team: UUID | None) -> list[Newcomer]:
    """People to invite: a name a line, and after it an address if there is one."""
    kind = form.choice("kind", kinds, kinds[0])
    typed = form.text("people", longest=PAGE, required=N_("Écrivez au moins un nom."))
    lines = [line for line in map(str.strip, typed.splitlines()) if line]
    if len(lines) > AT_ONCE:
        form.error("people", N_("%(most)s personnes à la fois, au plus."), most=AT_ONCE)
        return []
    people = [person for line in lines if (person := _newcomer(form, line, kind, team))]
    return people if form.ok else []


def _newcomer(form: Form, line: str, kind: str, team: UUID | None) -> Newcomer | None:
    words = re.split(r"[;,\t<>\s]+", line.strip("<>;, "))
    address = next((word for word in words if "@" in word), "")
    shown = " ".join(word for word in words if word and word != address)
    email = tidy_email(address) if address else ""
    if email is None:
        form.error("people", N_("« %(line)s » : cette adresse n’est pas lisible."), line=line[:60])
        return None
    if not shown or len(shown) > LONGEST_NAME:
        form.error(
            "people", N_("« %(line)s » : il manque un nom, de 80 signes au plus."), line=line[:60]
        )
        return None
    return Newcomer(shown, email, team, kind)
