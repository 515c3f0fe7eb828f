"""How many hours each professional is due, by country and field: one data file a rule.

A file says its `label`, an `explanation` and its legal `source`; which `kinds` of groups count
(none: all); the `most` people of a group; and what is `due`: `minutes` in each stretch of
`months` of the calendar year, counted from January.
"""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Due:
    months: int
    minutes: int


@dataclass(frozen=True, slots=True)
class RulePack:
    key: str
    label: str
    """French, to be translated where it is shown; so is `explanation`."""
    explanation: str
    source: str
    kinds: tuple[str, ...]
    most: int | None
    due: tuple[Due, ...]


@dataclass(frozen=True, slots=True)
class Attended:
    """One meeting at which somebody was present."""

    day: date
    minutes: int
    kind: str


@dataclass(frozen=True, slots=True)
class Count:
    """What was done of what is due, from the first to the last day of a stretch, in minutes."""

    first_day: date
    last_day: date
    due: int
    done: int

    @property
    def left(self) -> int:
        return max(0, self.due - self.done)


@cache
def packs() -> dict[str, RulePack]:
    """Every rule pack by its key, the free one first."""
    found = [
        _read(entry.name.removesuffix(".toml"), entry.read_text(encoding="utf-8"))
        for entry in files(__name__).iterdir()
        if entry.name.endswith(".toml")
    ]
    return {pack.key: pack for pack in sorted(found, key=lambda p: (bool(p.due), p.key))}


def _read(key: str, text: str) -> RulePack:
    said = tomllib.loads(text)
    due = tuple(Due(**one) for one in said.pop("due", []))
    kinds = tuple(said.pop("kinds"))
    return RulePack(key=key, kinds=kinds, most=said.pop("most", None), due=due, **said)


def counted(pack: RulePack, attended: list[Attended]) -> list[Attended]:
    """What counts towards the hours of a pack."""
    return [one for one in attended if not pack.kinds or one.kind in pack.kinds]


def counts(pack: RulePack, year: int, attended: list[Attended]) -> list[Count]:
    """One count for each stretch of the year that something is due in, longest stretches first."""
    hours = counted(pack, attended)
    return [
        _count(first, last, due.minutes, hours)
        for due in sorted(pack.due, key=lambda d: -d.months)
        for first, last in _stretches(year, due.months)
    ]


def _stretches(year: int, months: int) -> list[tuple[date, date]]:
    starts = [date(year, month, 1) for month in range(1, 13, months)]
    after = [*starts[1:], date(year + 1, 1, 1)]
    return [(first, end - timedelta(days=1)) for first, end in zip(starts, after, strict=True)]


def _count(first: date, last: date, due: int, hours: list[Attended]) -> Count:
    done = sum(one.minutes for one in hours if first <= one.day <= last)
    return Count(first, last, due, done)
