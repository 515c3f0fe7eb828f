"""What the forms of dates ask: a rhythm, hours of the clock, a day of decision."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from recul import clock
from recul.booking import holidays_of, rhythm, typed_dates
from recul.booking.areas import AREAS, ZONES
from recul.booking.kinds import DATES, DAYS_AHEAD, LONGEST, SHORTEST
from recul.booking.rhythm import FREE, MONTHLY, NTHS, WEEKLY, Proposal
from recul.booking.wall import Slot
from recul.web.forms import PAGE, Form
from recul.words import N_

PAST = N_("Cette date est passée. Choisissez un jour à venir.")
PAST_HOUR = N_("Cette heure est déjà passée.")
TOO_FAR = N_("Cette date est trop lointaine : trois ans au plus.")
TWICE = N_("Cette date y est déjà.")
TOO_MANY = N_("%(most)s dates au plus dans un cycle.")
NO_DATE = N_("Gardez au moins une date.")
DOES_NOT_FIT = N_("Ces dates ne tiennent pas dans les trois ans à venir. Demandez-en moins.")
UNKNOWN_AREA = N_("Choisissez un pays, un canton ou une région de la liste.")
UNKNOWN_ZONE = N_("Choisissez un fuseau horaire de la liste.")


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours of the clock, where they are meant."""

    starts: int
    """Minutes after midnight."""
    minutes: int
    zone: str

    def on(self, day: date) -> Slot:
        return Slot(day, self.starts, self.minutes, self.zone)


def area(form: Form) -> str:
    """A key of `AREAS`; the first one, and an error, when it is none."""
    if form.typed("area") in AREAS:
        return form.typed("area")
    form.error("area", UNKNOWN_AREA)
    return next(iter(AREAS))


def zone(form: Form, usual: str) -> str:
    """One of `ZONES`, or the zone that the organisation goes by."""
    typed = form.typed("zone")
    if typed in (*ZONES, usual):
        return typed
    form.error("zone", UNKNOWN_ZONE)
    return usual


def hours(form: Form, zone: str) -> Hours | None:
    """From when to when; none when something is wrong with it."""
    starts, ends = form.time("starts"), form.time("ends")
    if starts is None:
        form.error("starts", N_("Écrivez l’heure du début. Exemple : 14:00."))
    if ends is None:
        form.error("ends", N_("Écrivez l’heure de la fin. Exemple : 16:00."))
    if starts is None or ends is None:
        return None
    first = starts.hour * 60 + starts.minute
    minutes = ends.hour * 60 + ends.minute - first
    if minutes <= 0:
        form.error("ends", N_("La fin vient avant le début."))
    elif not SHORTEST <= minutes <= LONGEST:
        form.error("ends", N_("Une séance dure de 15 minutes à 10 heures."))
    return Hours(first, minutes, zone) if form.ok else None


def day(form: Form, name: str, zone: str) -> date | None:
    """A day from today to three years ahead, by the date of a zone."""
    found = form.date(name)
    return found if found and _fits(form, name, found, zone) else None


def _fits(form: Form, name: str, found: date, zone: str) -> bool:
    today = clock.local(zone).date()
    if found < today:
        form.error(name, PAST)
    elif found > today + timedelta(days=DAYS_AHEAD):
        form.error(name, TOO_FAR)
    else:
        return True
    return False


def last_day() -> date:
    """How far ahead a date may lie."""
    return clock.today() + timedelta(days=DAYS_AHEAD)


def slot(form: Form, name: str, on: date | None, of: Hours | None) -> Slot | None:
    """A date that has not begun."""
    if on is None or of is None:
        if not form.typed(name).strip():
            form.error(name, N_("Choisissez un jour."))
        return None
    if of.on(on).starts_at <= clock.now():
        form.error(name, PAST_HOUR)
    return of.on(on)


def proposal(form: Form, area: str, zone: str, language: str) -> Proposal:
    """The dates that a rhythm gives in an area; empty when something is wrong."""
    chosen = form.choice("rhythm", (WEEKLY, MONTHLY, FREE))
    if not chosen:
        form.error("rhythm", N_("Choisissez un rythme."))
    if chosen == FREE:
        return Proposal(_free(form, zone))
    count = form.number("dates", 1, DATES)
    pattern = _pattern(form, chosen, zone)
    if not form.ok or pattern is None or count is None:
        return Proposal()
    until = last_day()
    named = partial(holidays_of.on, area, language=language)
    found = rhythm.proposed(pattern, count, until, named)
    if len(found.days) < count:
        form.error("dates", DOES_NOT_FIT)
    return found


def _pattern(form: Form, chosen: str, zone: str) -> rhythm.Weekly | rhythm.Monthly | None:
    first = day(form, "first", zone)
    if not form.typed("first").strip():
        form.error("first", N_("Choisissez le jour à partir duquel le cycle commence."))
    weekday = form.number("weekday", 1, 7)
    if chosen == WEEKLY:
        weeks = form.number("weeks", 1, rhythm.WEEKS_APART)
        if first and weekday and weeks:
            return rhythm.Weekly(rhythm.weekday_from(first, weekday), weeks)
        return None
    nth = form.choice("nth", tuple(str(one) for one in NTHS), "1")
    return rhythm.Monthly(first, int(nth), weekday) if first and weekday else None


def _free(form: Form, zone: str) -> list[date]:
    """Dates that were typed, one a line; each wrong line has an error of its own."""
    today = clock.local(zone).date()
    found = typed_dates.read(form.text("free", longest=PAGE), today)
    for number, wrong in enumerate(found.wrong[:DATES]):
        name = f"free-{wrong.number}" if number else "free"
        form.error(name, wrong.sentence, number=wrong.number, line=wrong.line)
    for one in found.days:
        _fits(form, "free", one, zone)
    if len(found.days) > DATES:
        form.error("free", TOO_MANY, most=DATES)
    if not found.days:
        form.error("free", N_("Écrivez au moins une date."))
    return found.days


def kept_slots(form: Form, of: Hours | None, zone: str) -> tuple[Slot, ...]:
    """The dates of the list that was proposed, as they stand in its form."""
    slots: list[Slot] = []
    names = [name for name in day_names(form) if form.typed(name).strip()]
    if len(names) > DATES:
        form.error("day-1", TOO_MANY, most=DATES)
        return ()
    for name in names:
        found = slot(form, name, day(form, name, zone), of)
        if found in slots:
            form.error(name, TWICE)
        elif found:
            slots.append(found)
    if not names:
        form.error("day-1", NO_DATE)
    return tuple(sorted(slots))


def day_names(form: Form) -> list[str]:
    """The fields day-1, day-2… that were sent, in their order."""
    numbers = {name.removeprefix("day-") for name in form.data if name.startswith("day-")}
    return [f"day-{number}" for number in sorted(_whole(numbers))]


def _whole(numbers: Iterable[str]) -> list[int]:
    return [int(one) for one in numbers if one.isascii() and one.isdecimal() and len(one) <= 4]


def decide_on(form: Form, first: date | None, zone: str) -> date | None:
    """The day of decision: from today to the first date; none when nothing was written."""
    found = day(form, "decide_on", zone)
    if found and first and found > first:
        form.error(
            "decide_on", N_("La décision se prend au plus tard le jour de la première date.")
        )
    return found
