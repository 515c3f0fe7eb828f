"""*Ce qui pèse, ce qui nourrit*: cautious sentences on what comes together in a journal.

A link is said only when there are enough moments with and without, when the difference can be
felt on a scale of five, and when it is larger than chance alone often makes. It is no cause.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Literal

from recul.journal.moments import Entry, Moment
from recul.words import N_

FEWEST_ENTRIES = 8
FEWEST_EACH_SIDE = 4
SMALLEST_DIFFERENCE = 0.6
STANDARD_ERRORS = 1.3
MOST_SHOWN = 3
CAUTION = N_("Un lien n’est pas une cause : ces phrases disent ce qui va ensemble, pas pourquoi.")

Subject = Literal["context", "feeling"]
Side = Literal["weighs", "nourishes"]
_SENTENCES: dict[tuple[str, str, str], str] = {
    ("weighs", "context", "emotional_load"): N_(
        "Quand il y a « %(tag)s », votre charge émotionnelle est souvent plus haute"
        " (%(count)s moments)."
    ),
    ("nourishes", "context", "emotional_load"): N_(
        "Quand il y a « %(tag)s », votre charge émotionnelle est souvent plus basse"
        " (%(count)s moments)."
    ),
    ("weighs", "context", "workload"): N_(
        "Quand il y a « %(tag)s », votre charge de travail est souvent plus haute"
        " (%(count)s moments)."
    ),
    ("nourishes", "context", "workload"): N_(
        "Quand il y a « %(tag)s », votre charge de travail est souvent plus basse"
        " (%(count)s moments)."
    ),
    ("weighs", "feeling", "emotional_load"): N_(
        "Quand vous notez « %(tag)s », votre charge émotionnelle est souvent plus haute"
        " (%(count)s moments)."
    ),
    ("nourishes", "feeling", "emotional_load"): N_(
        "Quand vous notez « %(tag)s », votre charge émotionnelle est souvent plus basse"
        " (%(count)s moments)."
    ),
}


@dataclass(frozen=True, slots=True)
class Link:
    """A scale is higher or lower when a context or feeling is there, over `count` moments."""

    subject: Subject
    key: str
    dimension: str
    difference: float
    count: int

    @property
    def side(self) -> Side:
        return "weighs" if self.difference > 0 else "nourishes"

    @property
    def sentence(self) -> str:
        """French, with %(tag)s (the label of `key`) and %(count)s to fill in."""
        return _SENTENCES[self.side, self.subject, self.dimension]


@dataclass(frozen=True, slots=True)
class Links:
    """The strongest first on each side."""

    weighs: tuple[Link, ...] = ()
    nourishes: tuple[Link, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.weighs or self.nourishes)


def links(entries: Sequence[Entry]) -> Links:
    """What a journal of at least eight moments lets one say."""
    if len(entries) < FEWEST_ENTRIES:
        return Links()
    moments = [entry.moment for entry in entries]
    found = [
        *_strongest(moments, "context", ("emotional_load", "workload")),
        *_strongest(moments, "feeling", ("emotional_load",)),
    ]
    found.sort(key=lambda link: (-abs(link.difference), link.key))
    weighs = [link for link in found if link.side == "weighs"]
    nourishes = [link for link in found if link.side == "nourishes"]
    return Links(tuple(weighs[:MOST_SHOWN]), tuple(nourishes[:MOST_SHOWN]))


def _strongest(
    moments: Sequence[Moment], subject: Subject, dimensions: Sequence[str]
) -> Iterable[Link]:
    """At most one link for each word."""
    best: dict[str, Link] = {}
    for dimension in dimensions:
        for link in _on_one_scale(moments, subject, dimension):
            known = best.get(link.key)
            if known is None or abs(link.difference) > abs(known.difference):
                best[link.key] = link
    return best.values()


class _Tally:
    """How many answers, their sum and the sum of their squares: whole numbers, so exact."""

    __slots__ = ("count", "squares", "total")

    def __init__(self, count: int = 0, total: int = 0, squares: int = 0) -> None:
        self.count, self.total, self.squares = count, total, squares

    def add(self, value: int) -> None:
        self.count += 1
        self.total += value
        self.squares += value * value

    def without(self, part: "_Tally") -> "_Tally":
        return _Tally(self.count - part.count, self.total - part.total, self.squares - part.squares)

    @property
    def mean(self) -> float:
        return self.total / self.count

    @property
    def squared_error(self) -> float:
        """The square of the mean's standard error; needs two answers."""
        spread = self.squares - self.total * self.total / self.count
        return max(0.0, spread) / (self.count - 1) / self.count


def _on_one_scale(moments: Sequence[Moment], subject: Subject, dimension: str) -> Iterator[Link]:
    everything, by_word = _Tally(), defaultdict[str, _Tally](_Tally)
    for moment in moments:
        value = getattr(moment, dimension)
        if value is not None:
            everything.add(value)
            for word in set(moment.contexts if subject == "context" else moment.feelings):
                by_word[word].add(value)
    for key, present in by_word.items():
        absent = everything.without(present)
        if min(present.count, absent.count) >= FEWEST_EACH_SIDE and _stands_out(present, absent):
            difference = present.mean - absent.mean
            yield Link(subject, key, dimension, difference, present.count)


def _stands_out(present: _Tally, absent: _Tally) -> bool:
    error = sqrt(present.squared_error + absent.squared_error)
    difference = abs(present.mean - absent.mean)
    # Rounding must not hide a difference that is exactly at the limit.
    return difference >= SMALLEST_DIFFERENCE - 1e-9 and difference > STANDARD_ERRORS * error
