"""What the form of a convention asks."""

import re
from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID

from recul.booking.calendar_days import FIRST_YEAR, LAST_YEAR
from recul.booking.plan import AgreementPlan
from recul.web.forms import Form
from recul.words import N_

NAME = 120
QUARTER = 15
MOST_HOURS = 5000
LONGEST = timedelta(days=10 * 366)
DECIMAL = re.compile(r"([0-9]{1,4})(?:[.,]([0-9]{1,2}))?")
CLOCKWISE = re.compile(r"([0-9]{1,4})\s*h\s*([0-9]{2})?")

NO_NAME = N_("Donnez un nom à la convention.")
NO_ORGANISATION = N_("Choisissez la structure de cette convention.")
NO_HOURS = N_("Écrivez un nombre d’heures, au quart d’heure près : 40, 12,5 ou 7 h 15.")
NO_DAY = N_("Écrivez ce jour. Exemple : 2026-11-24.")
FAR = N_("Ce jour est trop loin. Écrivez une année de %(first)s à %(last)s.")
BACKWARDS = N_("Le dernier jour ne peut pas précéder le premier.")
TOO_LONG = N_("Une convention dure dix ans au plus.")


def plan(form: Form, organisations: Collection[UUID]) -> AgreementPlan | None:
    """What a convention says; none when something is wrong."""
    name = form.text("name", longest=NAME, required=NO_NAME)
    organisation = _organisation(form, organisations)
    minutes = _minutes(form)
    first, last = _day(form, "starts_on"), _day(form, "ends_on")
    if first and last:
        _in_order(form, first, last)
    if not form.ok or organisation is None or minutes is None or not first or not last:
        return None
    return AgreementPlan(
        organisation=organisation,
        name=" ".join(name.split()),
        planned_minutes=minutes,
        starts_on=first,
        ends_on=last,
    )


def _organisation(form: Form, offered: Collection[UUID]) -> UUID | None:
    typed = form.typed("organisation")
    found = next((one for one in offered if str(one) == typed), None)
    if found is None:
        form.error("organisation", NO_ORGANISATION)
    return found


def _minutes(form: Form) -> int | None:
    found = minutes_of(form.typed("planned"))
    if found is None or found % QUARTER or not 0 < found <= MOST_HOURS * 60:
        form.error("planned", NO_HOURS)
        return None
    return found


def minutes_of(typed: str) -> int | None:
    """12,5 and 12 h 30 are 750; none where it is no number of hours, or no whole minutes."""
    typed = typed.strip()
    if found := CLOCKWISE.fullmatch(typed):
        minutes = int(found[2] or 0)
        return int(found[1]) * 60 + minutes if minutes < 60 else None
    if not (found := DECIMAL.fullmatch(typed)):
        return None
    minutes, rest = divmod(int((found[2] or "0").ljust(2, "0")) * 60, 100)
    return None if rest else int(found[1]) * 60 + minutes


def _day(form: Form, name: str) -> date | None:
    found = form.date(name)
    if found is None:
        form.error(name, NO_DAY)
    elif not FIRST_YEAR <= found.year <= LAST_YEAR:
        form.error(name, FAR, first=FIRST_YEAR, last=LAST_YEAR)
    return found


def _in_order(form: Form, first: date, last: date) -> None:
    if last < first:
        form.error("ends_on", BACKWARDS)
    elif last - first > LONGEST:
        form.error("ends_on", TOO_LONG)
