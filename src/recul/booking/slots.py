"""When somebody may be met: the free slots of an offer of individual supervision.

Hours are on the wall of the offer's zone: nine o'clock is nine o'clock in March and in April.
What takes the facilitator's time elsewhere makes a slot disappear, and shows in nothing else.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from recul.booking.wall import Slot

QUARTER = 15
MIDNIGHT = 24 * 60
WINDOW = 14
"""Days of slots that are shown at once."""

_KEY = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d):(\d\d)/(\d{1,3})", re.ASCII)

Stretches = list[tuple[int, int]]
"""(begins, ends) in minutes after midnight."""
Instants = list[tuple[datetime, datetime]]


@dataclass(frozen=True, slots=True)
class Terms:
    """The rules of an offer."""

    zone: str
    minutes: int
    buffer_minutes: int
    """Kept free before and after."""
    notice_hours: int
    """Not booked later than that."""
    daily_most: int
    """Appointments of the facilitator's on one day, whoever they are with."""
    horizon_days: int


@dataclass(frozen=True, slots=True)
class Hours:
    """When the facilitator receives. Hours of a day are added to those of its weekday; on a day
    that is closed, or a public holiday, they are the only ones."""

    week: Mapping[int, Stretches] = field(default_factory=dict)
    """By weekday, 1 for Monday."""
    closed: frozenset[date] = frozenset()
    extra: Mapping[date, Stretches] = field(default_factory=dict)

    def of(self, day: date, is_holiday: Callable[[date], object]) -> Stretches:
        week = self.week.get(day.isoweekday(), [])
        if week and (day in self.closed or is_holiday(day)):
            week = []
        return merged([*week, *self.extra.get(day, [])])


@dataclass(frozen=True, slots=True)
class Taken:
    """A time that the facilitator has given away already."""

    starts_at: datetime
    ends_at: datetime
    buffer_minutes: int = 0
    appointment: bool = True
    """It counts among those of one day; a meeting of a group does not."""


def free(
    terms: Terms,
    hours: Hours,
    taken: Iterable[Taken],
    now: datetime,
    is_holiday: Callable[[date], object] = lambda _: False,
    only: date | None = None,
) -> Iterator[Slot]:
    """The free slots in their order, of all days up to the horizon or of one of them."""
    taken = list(taken)
    walls, full = _walls(terms, taken), _full_days(terms, taken)
    earliest = now + timedelta(hours=terms.notice_hours)
    length, at = timedelta(minutes=terms.minutes), 0
    for day in _days(terms, now, only):
        if day in full:
            continue
        for starts, instant in _candidates(terms, hours.of(day, is_holiday), day):
            while at < len(walls) and walls[at][1] <= instant:
                at += 1
            is_clear = at == len(walls) or instant + length <= walls[at][0]
            if is_clear and instant >= earliest and instant > now:
                yield Slot(day, starts, terms.minutes, terms.zone)


def merged(stretches: Stretches) -> Stretches:
    """The same time in stretches that neither touch nor overlap, in their order."""
    found: Stretches = []
    for begins, ends in sorted(stretches):
        if found and begins <= found[-1][1]:
            found[-1] = (found[-1][0], max(ends, found[-1][1]))
        else:
            found.append((begins, ends))
    return found


def page_of(slots: Iterable[Slot], since: date) -> tuple[list[Slot], date | None]:
    """Two weeks of slots, from the first day on or after `since` that has one; and the day of
    the slot that follows them."""
    shown: list[Slot] = []
    for slot in slots:
        if slot.day < since:
            continue
        if shown and slot.day >= shown[0].day + timedelta(days=WINDOW):
            return shown, slot.day
        shown.append(slot)
    return shown, None


def by_day(slots: Iterable[Slot]) -> dict[date, list[Slot]]:
    found: dict[date, list[Slot]] = {}
    for slot in slots:
        found.setdefault(slot.day, []).append(slot)
    return found


def key(slot: Slot) -> str:
    """What a form sends for a slot, its wall and its minutes: 2026-12-01T09:00/60."""
    return f"{slot.day.isoformat()}T{slot.starts // 60:02}:{slot.starts % 60:02}/{slot.minutes}"


def read_key(typed: str, zone: str) -> Slot | None:
    """What `key` wrote; none when it is nothing of the kind. Whether it is free is not said."""
    match = _KEY.fullmatch(typed)
    if match is None:
        return None
    hour, minute, minutes = (int(part) for part in match.groups()[1:])
    try:
        day = date.fromisoformat(match[1])
    except ValueError:
        return None
    is_time = hour < 24 and minute < 60 and 2000 <= day.year < 3000  # far from where days end
    return Slot(day, hour * 60 + minute, minutes, zone) if is_time else None


def _days(terms: Terms, now: datetime, only: date | None) -> Iterator[date]:
    today = now.astimezone(ZoneInfo(terms.zone)).date()
    if only is not None:
        yield from [only] if 0 <= (only - today).days <= terms.horizon_days else []
        return
    for ahead in range(terms.horizon_days + 1):
        yield today + timedelta(days=ahead)


def _candidates(terms: Terms, stretches: Stretches, day: date) -> Iterator[tuple[int, datetime]]:
    """Every slot of a day, by its minutes after midnight and its instant."""
    if not stretches:
        return
    instant_of = _wall_of(day, terms)
    step = _up_to_quarter(terms.minutes + terms.buffer_minutes)
    for begins, ends in stretches:
        for starts in range(_up_to_quarter(begins), ends - terms.minutes + 1, step):
            instant = instant_of(starts)
            if instant is not None:
                yield starts, instant


def _wall_of(day: date, terms: Terms) -> Callable[[int], datetime | None]:
    """How to tell the instant of a minute of that day; none in the hour that a night skips."""
    zone = ZoneInfo(terms.zone)
    midnight = datetime.combine(day, time(), zone)
    if midnight.utcoffset() == datetime.combine(day + timedelta(days=1), time(), zone).utcoffset():
        began = midnight.astimezone(UTC)
        return lambda starts: began + timedelta(minutes=starts)

    def instant(starts: int) -> datetime | None:
        wall = Slot(day, starts, terms.minutes, terms.zone).wall
        return wall.astimezone(UTC) if wall.hour * 60 + wall.minute == starts else None

    return instant


def _walls(terms: Terms, taken: list[Taken]) -> Instants:
    """Where no slot may be: what is taken with the greater of both buffers around it."""
    found: Instants = []
    margins = [timedelta(minutes=max(terms.buffer_minutes, one.buffer_minutes)) for one in taken]
    around = [
        (one.starts_at - margin, one.ends_at + margin)
        for one, margin in zip(taken, margins, strict=True)
    ]
    for begins, ends in sorted(around):
        if found and begins <= found[-1][1]:
            found[-1] = (found[-1][0], max(ends, found[-1][1]))
        else:
            found.append((begins, ends))
    return found


def _full_days(terms: Terms, taken: list[Taken]) -> set[date]:
    zone = ZoneInfo(terms.zone)
    days = Counter(one.starts_at.astimezone(zone).date() for one in taken if one.appointment)
    return {day for day, count in days.items() if count >= terms.daily_most}


def _up_to_quarter(minutes: int) -> int:
    return -(-minutes // QUARTER) * QUARTER
