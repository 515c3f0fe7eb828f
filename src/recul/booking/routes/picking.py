"""What every page that proposes slots has in common, whoever of the two asks for it."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from recul import clock
from recul.booking import slots
from recul.booking.actions import appointments, supervision_offers
from recul.booking.actions.appointments import Overlap
from recul.booking.forms import supervising
from recul.booking.queries import free_slots
from recul.booking.queries.agenda import Engagement
from recul.booking.queries.supervision_shapes import AppointmentRow, OfferRow
from recul.booking.wall import Slot
from recul.web.forms import Form
from recul.web.viewer import WebRequest
from recul.words import N_

REFUSALS: dict[type[Exception], str] = {
    appointments.SlotTaken: N_("Ce moment vient d’être pris. Voici ceux qui restent."),
    appointments.NotProposed: N_("Ce moment n’est plus proposé. Voici ceux qui le sont."),
    appointments.PackageOver: N_("Tous les rendez-vous de ce suivi sont déjà pris."),
    appointments.NotChosen: N_(
        "Ce suivi s’est terminé entre-temps. Vous pouvez en ouvrir un autre."
    ),
    appointments.ChangedMeanwhile: N_(
        "Ce rendez-vous a été déplacé entre-temps. Voici ce qu’il en est maintenant."
    ),
    appointments.Gone: N_("Ce rendez-vous est annulé, ou il a déjà commencé."),
    appointments.TooLate: N_(
        "Le délai pour le changer librement est passé. L’annuler reste possible, mais il comptera."
    ),
    supervision_offers.OfferClosed: N_("Cette supervision ne prend plus de nouveaux rendez-vous."),
    supervision_offers.InLine: N_(
        "Recul ne réunit pas, pour une supervision, deux personnes liées par la hiérarchie."
    ),
    Overlap: N_(
        "Vous avez déjà quelque chose à ce moment-là. Voulez-vous le réserver quand même ?"
    ),
}
REFUSED = tuple(REFUSALS)


@dataclass(frozen=True, slots=True)
class Picker:
    """Two weeks of free slots."""

    days: dict[date, list[Slot]]
    since: date | None
    """None on the first page of them."""
    more: date | None
    """Where the next page begins."""

    def key(self, slot: Slot) -> str:
        """What the form sends for a slot."""
        return slots.key(slot)


class Refusal(NamedTuple):
    """A form that was not followed, and why."""

    form: Form | None = None
    clashes: list[Engagement] = []  # noqa: RUF012 - a tuple's default, never changed


NONE = Refusal()


def refuse(form: Form, error: Exception, name: str = "slot") -> Refusal:
    form.error(name, REFUSALS[type(error)])
    return Refusal(form, error.clashes if isinstance(error, Overlap) else [])


async def picker(
    request: WebRequest,
    offer: OfferRow,
    form: Form | None = None,
    moved: AppointmentRow | None = None,
) -> Picker:
    """The slots of the page that was asked for, or that the form was on. An appointment that
    is `moved` leaves its time free, but has no use for it."""
    typed = form.typed("depuis") if form else request.query_params.get("depuis", "")
    since, now = supervising.day_of(typed), clock.now()
    calendar = await free_slots.calendar([offer], now)
    free = calendar.free(offer, now, but=moved.id if moved else None)
    others = (slot for slot in free if moved is None or slot != moved.slot)
    shown, more = slots.page_of(others, since or date.min)
    return Picker(slots.by_day(shown), since, more)
