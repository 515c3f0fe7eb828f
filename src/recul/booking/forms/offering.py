"""What the form of an offer of individual supervision asks."""

from uuid import UUID, uuid4

from recul.booking.forms import planning, planning_dates
from recul.booking.supervising import OfferPlan
from recul.web.forms import Form

PURPOSE = 2_000

NUMBERS = {
    "minutes": (15, 240),
    "buffer_minutes": (0, 120),
    "notice_hours": (0, 336),
    "change_hours": (0, 336),
    "daily_most": (1, 12),
    "horizon_days": (7, 366),
    "package": (1, 30),
}
"""Lowest and highest of what an offer says in numbers."""
USUAL = {
    "minutes": 60,
    "buffer_minutes": 15,
    "notice_hours": 24,
    "change_hours": 48,
    "daily_most": 5,
    "horizon_days": 60,
    "package": 6,
}

FIELDS = (
    *NUMBERS,
    "purpose",
    "area",
    "place",
    "access_note",
    "video_link",
    "service_agreement",
)


def plan(form: Form, agreements: list[UUID]) -> OfferPlan:
    """What an offer says. `agreements`: the conventions that may be chosen."""
    numbers = {name: form.number(name, low, high) or low for name, (low, high) in NUMBERS.items()}
    return OfferPlan(
        purpose=form.text("purpose", longest=PURPOSE),
        area=planning_dates.area(form),
        place=form.text("place", longest=planning.PLACE),
        access_note=form.text("access_note", longest=planning.ACCESS),
        video_link=planning.video_link(form),
        service_agreement=_agreement(form, agreements),
        **numbers,
    )


def _agreement(form: Form, agreements: list[UUID]) -> UUID | None:
    chosen = form.choice("service_agreement", tuple(str(one) for one in agreements))
    return UUID(chosen) if chosen else None


def new_id(form: Form) -> UUID:
    """The id that a form brings along for what it makes: sent twice, it makes one."""
    return form.id("id") or uuid4()
