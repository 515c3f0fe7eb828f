"""What the form of a group that runs itself asks: one page for the group and its first dates."""

from dataclasses import asdict
from datetime import date
from functools import partial
from uuid import UUID

from recul.booking import holidays_of, kinds, rhythm
from recul.booking.forms import planning, planning_dates
from recul.booking.forms.planning_dates import Hours
from recul.booking.kinds import SELF_MANAGED, Kind
from recul.booking.plan import CyclePlan, GroupPlan, Setting
from recul.booking.queries.hours import Rules
from recul.booking.rhythm import Proposal
from recul.web.dates import day_long
from recul.web.forms import Form
from recul.words import N_

SKIPPED = N_("Sautés, parce que fériés : %(days)s. Si cela vous convient, envoyez à nouveau.")


def kind(form: Form) -> Kind:
    """The kind of a group that runs itself; the first one, and an error, when it is none."""
    key = form.choice("kind", tuple(one.key for one in SELF_MANAGED))
    if not key:
        form.error("kind", N_("Choisissez un type de groupe."))
    return next((one for one in SELF_MANAGED if one.key == key), SELF_MANAGED[0])


def wanted(form: Form, rules: Rules, language: str) -> tuple[UUID, GroupPlan, CyclePlan] | None:
    """The group, its first cycle, and the id that the form was shown with; none when something
    is wrong. Holidays are passed over."""
    new, setting = planning.fresh_id(form, "group"), planning.setting(form)
    hours = planning_dates.hours(form, rules.zone)
    group = _group(form, setting, hours)
    days = _days(form, rules, language)
    if not days or planning_dates.slot(form, "first", days[0], hours) is None:
        return None
    if not (form.ok and new and setting and hours and group):
        return None
    slots = tuple(hours.on(day) for day in days)
    return new, group, CyclePlan(slots=slots, zone=rules.zone, area=rules.area, **asdict(setting))


def _group(form: Form, setting: Setting | None, hours: Hours | None) -> GroupPlan | None:
    of, name = kind(form), planning.name(form)
    purpose = form.text("purpose", longest=planning.PURPOSE)
    charter = planning.charter(form)
    if setting is None or hours is None:
        return None
    return GroupPlan(
        kind=of.key,
        name=name,
        purpose=purpose,
        facilitator=None,
        admission=kinds.CO_OPTATION,
        capacity=setting.capacity,
        minimum=setting.minimum,
        minutes=hours.minutes,
        charter=charter,
    )


def _days(form: Form, rules: Rules, language: str) -> list[date]:
    """As many days as are wanted, without holidays; none, and an error, when they do not fit."""
    first = planning_dates.day(form, "first", rules.zone)
    if first is None:
        form.error("first", N_("Choisissez le jour de la première rencontre."))
    weeks = form.number("weeks", 1, rhythm.WEEKS_APART)
    count = form.number("dates", 1, kinds.DATES)
    if first is None or weeks is None or count is None:
        return []
    of = rhythm.Weekly(first, weeks)
    named = partial(holidays_of.on, rules.area, language=language)
    found = rhythm.proposed(of, count, planning_dates.last_day(), named)
    if len(found.days) < count:
        form.error("dates", planning_dates.DOES_NOT_FIT)
        return []
    _show_skipped(form, found, language)
    return found.days


def _show_skipped(form: Form, found: Proposal, language: str) -> None:
    """The holidays that are passed over are shown once, before the group is made."""
    seen = " ".join(day.isoformat() for day in found.skipped)
    if seen == form.typed("holidays_seen"):
        return
    shown = ", ".join(f"{day_long(day, language)} ({name})" for day, name in found.skipped.items())
    form.error("dates", SKIPPED, days=shown, seen=seen)
