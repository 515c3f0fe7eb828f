"""What the forms of availability ask: the hours of a week line by line, and days apart."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import zip_longest

from recul.booking.slots import MIDNIGHT, Stretches
from recul.booking.supervising import WeekHours
from recul.web.forms import Form, clock_of
from recul.words import N_

LINES = 8
"""Stretches of one weekday, at most."""
EXCEPTION_DAYS = 2 * 366

HOUR = N_("Écrivez une heure de début et une heure de fin, par exemple 09:00 et 12:00.")
BACKWARDS = N_("La fin vient après le début.")
TOO_SHORT = N_("Un rendez-vous n’y tient pas : il dure %(minutes)s minutes.")
CROSSING = N_("Ces heures se croisent avec d’autres du même jour.")
NO_DAY = N_("Choisissez un jour, d’aujourd’hui à deux ans.")


@dataclass(slots=True)
class Line:
    """One stretch of a weekday as it was typed."""

    name: str
    """Of its fields, and its place on the page."""
    starts: str = ""
    ends: str = ""


@dataclass(slots=True)
class TypedWeek:
    """The lines of each weekday, empty ones too."""

    lines: dict[int, list[Line]] = field(default_factory=dict)

    def has_room(self, weekday: int) -> bool:
        return len(self.lines[weekday]) < LINES


def week_of(form: Form) -> TypedWeek:
    """The lines that were sent, with one more or one less where a button asked for it."""
    added, removed = form.typed("add"), form.typed("remove")
    found = TypedWeek()
    for weekday in range(1, 8):
        begins, ends = form.typed_all(f"starts-{weekday}"), form.typed_all(f"ends-{weekday}")
        pairs = list(zip_longest(begins, ends, fillvalue=""))[:LINES]
        kept = [pair for at, pair in enumerate(pairs) if removed != f"{weekday}-{at}"]
        if added == str(weekday) or not kept:
            kept.append(("", ""))
        found.lines[weekday] = _lines(weekday, kept[:LINES])
    return found


def week_lines(week: Mapping[int, Stretches]) -> TypedWeek:
    """The lines of hours as they are kept, and an empty one where a day has none."""
    return TypedWeek(
        {
            weekday: _lines(
                weekday,
                [(clock_of(begins), clock_of(ends)) for begins, ends in week.get(weekday, [])]
                or [("", "")],
            )
            for weekday in range(1, 8)
        }
    )


def _lines(weekday: int, pairs: list[tuple[str, str]]) -> list[Line]:
    return [
        Line(f"hours-{weekday}-{at}", starts.strip(), ends.strip())
        for at, (starts, ends) in enumerate(pairs)
    ]


def hours(form: Form, typed: TypedWeek, minutes: int) -> WeekHours:
    """The hours of a week; empty lines are none. Errors go by the names of their lines."""
    found: WeekHours = []
    for weekday, lines in typed.lines.items():
        before: Stretches = []
        for line in (line for line in lines if line.starts or line.ends):
            stretch = _stretch(form, line.name, line.starts, line.ends, minutes)
            if stretch is None:
                continue
            if any(stretch[0] < ends and begins < stretch[1] for begins, ends in before):
                form.error(line.name, CROSSING)
            before.append(stretch)
        found += [(weekday, *stretch) for stretch in before]
    return found


def _stretch(form: Form, name: str, starts: str, ends: str, minutes: int) -> tuple[int, int] | None:
    begins_at, ends_at = minutes_of(starts), minutes_of(ends)
    if begins_at is None or ends_at is None:
        form.error(name, HOUR)
        return None
    ends_at = ends_at or MIDNIGHT
    if ends_at <= begins_at:
        form.error(name, BACKWARDS)
        return None
    if ends_at - begins_at < minutes:
        form.error(name, TOO_SHORT, minutes=minutes)
    return begins_at, ends_at


def minutes_of(typed: str) -> int | None:
    """Minutes after midnight of 9:00, 09:00 or 09:00:00; none when it is no hour."""
    parts = typed.strip().replace("h", ":").split(":")
    if not 2 <= len(parts) <= 3 or not all(p.isdecimal() and len(p) <= 2 for p in parts):
        return None
    hour, minute = int(parts[0]), int(parts[1])
    return hour * 60 + minute if hour < 24 and minute < 60 else None


@dataclass(frozen=True, slots=True)
class Otherwise:
    day: date
    starts: int | None = None
    ends: int | None = None


def exception(form: Form, today: date, minutes: int) -> Otherwise | None:
    """A day that is closed, or has hours of its own."""
    day = form.date("day")
    if day is None or not 0 <= (day - today).days <= EXCEPTION_DAYS:
        form.error("day", NO_DAY)
        return None
    if form.choice("kind", ("closed", "extra"), "closed") == "closed":
        return Otherwise(day) if form.ok else None
    stretch = _stretch(form, "starts", form.typed("starts"), form.typed("ends"), minutes)
    return Otherwise(day, *stretch) if stretch and form.ok else None
