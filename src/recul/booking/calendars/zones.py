"""VTIMEZONE: when the clocks of a zone change, for the years that a calendar speaks of.

A change that comes back by the same rule each year is written as a rule, the only form that
Outlook reads; others, as where a month of fasting moves them, are written one by one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import groupby
from zoneinfo import ZoneInfo

from recul.booking.calendars.lines import EOL, offset, text, wall

DAY = timedelta(days=1)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True, slots=True)
class Change:
    """The clocks go from one offset to another."""

    onset: datetime
    """On the wall, as the clock that ends shows it."""
    before: timedelta
    after: timedelta
    name: str

    @property
    def kind(self) -> tuple[timedelta, timedelta, str]:
        return self.before, self.after, self.name


@lru_cache(256)
def vtimezone(zone: str, since: int, until: int) -> str:
    """Right for every moment of the years `since` to `until`, with its last line end."""
    first = datetime(since - 1, 1, 1, tzinfo=UTC)  # so that a rule already holds as `since` begins
    changes = list(_changes(ZoneInfo(zone), first, datetime(until + 1, 1, 1, tzinfo=UTC)))
    years = set(range(since - 1, until + 1))
    kinds = [
        list(same)
        for _, same in groupby(sorted(changes, key=_by_kind), key=lambda change: change.kind)
    ]
    rules = [_rule(same) if {c.onset.year for c in same} == years else None for same in kinds]
    lines = ["BEGIN:VTIMEZONE", f"TZID:{zone}"]
    if not changes or None in rules:
        lines += _observance(_at_first(ZoneInfo(zone), first))
        lines += [line for change in changes for line in _observance(change)]
    else:
        for same, rule in zip(kinds, rules, strict=True):
            lines += _observance(same[0], rule)
    return EOL.join([*lines, "END:VTIMEZONE", ""])


def _by_kind(change: Change) -> tuple[object, ...]:
    return (*change.kind, change.onset)


def _changes(zone: ZoneInfo, first: datetime, end: datetime) -> Iterator[Change]:
    moment = first
    while moment < end:
        if _offset(moment, zone) != _offset(moment + DAY, zone):
            at = _instant(moment, moment + DAY, zone)
            before, after = _offset(moment, zone), _offset(at, zone)
            yield Change((at + before).replace(tzinfo=None), before, after, _called(at, zone))
        moment += DAY


def _instant(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The first second of the new offset."""
    old = _offset(before, zone)
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        before, after = (middle, after) if _offset(middle, zone) == old else (before, middle)
    return after


def _offset(moment: datetime, zone: ZoneInfo) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


def _called(moment: datetime, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).tzname() or "UTC"


def _at_first(zone: ZoneInfo, first: datetime) -> Change:
    """What holds before the first change."""
    ahead = _offset(first, zone)
    return Change((first + ahead).replace(tzinfo=None), ahead, ahead, _called(first, zone))


def _rule(same: list[Change]) -> str | None:
    """On the nth, or the last, such weekday of one month, at one hour; none where it is not."""
    onsets = [change.onset for change in same]
    if len({(day.month, day.weekday(), day.time()) for day in onsets}) > 1:
        return None
    nth = {(day.day - 1) // 7 + 1 for day in onsets}
    if all((day + 7 * DAY).month != day.month for day in onsets):
        nth = {-1}
    if len(nth) > 1:
        return None
    month, weekday = onsets[0].month, WEEKDAYS[onsets[0].weekday()]
    return f"FREQ=YEARLY;BYMONTH={month};BYDAY={nth.pop()}{weekday}"


def _observance(change: Change, rule: str | None = None) -> list[str]:
    # As everybody feels it; some zones call their winter the exception.
    kind = "DAYLIGHT" if change.after > change.before else "STANDARD"
    return [
        f"BEGIN:{kind}",
        f"DTSTART:{wall(change.onset)}",
        *([f"RRULE:{rule}"] if rule else []),
        f"TZOFFSETFROM:{offset(change.before)}",
        f"TZOFFSETTO:{offset(change.after)}",
        f"TZNAME:{text(change.name)}",
        f"END:{kind}",
    ]
