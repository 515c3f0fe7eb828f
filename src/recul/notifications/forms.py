"""What the form of working hours asks."""

from recul.notifications.rules import WorkHours
from recul.web.forms import Form
from recul.words import N_

WEEKDAYS = (
    ("1", N_("lundi")),
    ("2", N_("mardi")),
    ("3", N_("mercredi")),
    ("4", N_("jeudi")),
    ("5", N_("vendredi")),
    ("6", N_("samedi")),
    ("7", N_("dimanche")),
)
MISSING_HOUR = N_("Écrivez une heure, par exemple 08:00.")


def hours(form: Form) -> WorkHours:
    """Hours of one day, or of a night when they end before they begin."""
    typed = form.typed_all("weekdays")
    weekdays = "".join(key for key, _ in WEEKDAYS if key in typed)
    if not weekdays:
        form.error("weekdays", N_("Cochez au moins un jour."))
    starts, ends = _minutes(form, "starts"), _minutes(form, "ends")
    if form.ok and starts == ends:
        form.error("ends", N_("La fin ne peut pas être la même heure que le début."))
    return WorkHours(weekdays, starts, ends)


def _minutes(form: Form, name: str) -> int:
    """Minutes after midnight."""
    at = form.time(name)
    if at is None:
        form.error(name, MISSING_HOUR)
        return 0
    return at.hour * 60 + at.minute
