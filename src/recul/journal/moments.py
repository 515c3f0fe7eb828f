"""A moment of the journal: what one person noted at one time, and its compact stored form."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

VERSION = 1
DIMENSIONS = ("workload", "emotional_load", "recovery", "support")
TEMPLATES = ("line", "visit", "facts", "incident", "win", "free")


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """`at` is aware, to the minute, with the person's offset at that time; scales are 1..5."""

    at: datetime
    workload: int | None = None
    emotional_load: int | None = None
    recovery: int | None = None
    support: int | None = None
    feelings: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    template: str = "line"
    sections: tuple[tuple[str, str], ...] = ()
    small_win: bool = False

    def __post_init__(self) -> None:
        at = self.at
        if at.tzinfo is None:
            raise ValueError("a moment's time must be aware")
        if at.second or at.microsecond:
            object.__setattr__(self, "at", at.replace(second=0, microsecond=0))
        for value in (self.workload, self.emotional_load, self.recovery, self.support):
            if value is not None and (type(value) is not int or not 1 <= value <= 5):
                raise ValueError("a scale goes from 1 to 5")

    @property
    def day(self) -> date:
        return self.at.date()

    @property
    def month(self) -> str:
        """The moment's month as "2026-11"."""
        return f"{self.at.year:04d}-{self.at.month:02d}"

    @property
    def text(self) -> str:
        """All sections, joined by blank lines."""
        return "\n\n".join(text for _, text in self.sections if text)

    @property
    def is_empty(self) -> bool:
        """Nothing was said: no scale, no word, no text, no small win."""
        scales = (self.workload, self.emotional_load, self.recovery, self.support)
        said = self.feelings or self.contexts or self.small_win or self.text.strip()
        return not said and all(value is None for value in scales)


@dataclass(frozen=True, slots=True)
class Entry:
    """A stored moment, opened. Queries return these newest first."""

    id: UUID
    moment: Moment


def encode(moment: Moment) -> bytes:
    """Compact JSON; what was left out is not written. Lone surrogates become "?"."""
    at = moment.at.isoformat(timespec="minutes")
    fields: dict[str, object] = {
        "v": VERSION,
        "t": at,
        "w": moment.workload,
        "e": moment.emotional_load,
        "r": moment.recovery,
        "s": moment.support,
        "f": moment.feelings,
        "c": moment.contexts,
        "k": moment.template if moment.template != "line" else None,
        "x": moment.sections,
        "j": 1 if moment.small_win else None,
    }
    kept = {key: value for key, value in fields.items() if value not in (None, ())}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def decode(stored: bytes) -> Moment:
    """The moment `encode` wrote. Raises ValueError for anything else or a newer version."""
    fields = json.loads(stored.decode("utf-8"))
    if not isinstance(fields, dict) or fields.get("v") != VERSION:
        raise ValueError("not a moment of a known version")
    get = fields.get
    try:
        return Moment(
            at=datetime.fromisoformat(_word(get("t"))),
            workload=get("w"),
            emotional_load=get("e"),
            recovery=get("r"),
            support=get("s"),
            feelings=_words(get("f", ())),
            contexts=_words(get("c", ())),
            template=_word(get("k", "line")),
            sections=_pairs(get("x", ())),
            small_win=get("j") == 1,
        )
    except (TypeError, AttributeError) as wrong:
        raise ValueError("a field of the moment has a wrong shape") from wrong


def _word(value: Any) -> str:
    if type(value) is not str:
        raise TypeError("a text was expected")
    return value


def _words(values: Sequence[Any]) -> tuple[str, ...]:
    if type(values) is str:
        raise TypeError("a list was expected")
    for value in values:
        _word(value)
    return tuple(values)


def _pairs(values: Sequence[Any]) -> tuple[tuple[str, str], ...]:
    return tuple([(_word(key), _word(text)) for key, text in values])
