"""What the forms of appointments ask: which slot, and what the page said of them."""

from datetime import date

from recul.booking import slots
from recul.booking.forms import planning
from recul.booking.supervising import Seen
from recul.booking.wall import Slot
from recul.web.forms import Form
from recul.words import N_

PICK = N_("Choisissez l’un des moments proposés.")
SAY_WHETHER = N_("Dites si la personne est venue.")


def wanted(form: Form, zone: str) -> Slot | None:
    """The slot that was picked; none, and an error, when none was."""
    found = slots.read_key(form.typed("slot"), zone)
    if found is None:
        form.error("slot", PICK)
    return found


def seen(form: Form) -> Seen:
    """What the page said of the appointment that is to be changed."""
    return Seen(
        sequence=planning.seen(form, "sequence"),
        late=form.flag("late"),
        overlap=form.flag("overlap_ok"),
    )


def day_of(typed: str) -> date | None:
    """A day of an address; none when it is none."""
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None
