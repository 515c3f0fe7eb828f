"""Postal addresses: "12 bis, rue des Lilas, 69003 Lyon" and "rue Haute 12, 1000 Bruxelles".

A street without its number is left alone: it seldom names anybody.
"""

import re
from collections.abc import Iterator, Sequence

from recul.journal.identity_guard.finding import Finding
from recul.journal.identity_guard.tokens import (
    APOSTROPHE,
    COMMA_AND_SPACES,
    DOT_AND_SPACES,
    SPACES,
    Token,
    between,
)

_PLAIN_STREETS = frozenset(
    """
    rue avenue av ave boulevard bd bld bvd boul chemin chem impasse imp allee allees chaussee ruelle
    route rte faubourg fg venelle sentier lotissement lot residence res
    """.split()
)
# Words of every day too ("3 places", "2 cours"): a capital must follow.
_OTHER_STREETS = frozenset(
    """
    place pl square sq quai cours passage cite villa clos voie promenade rampe montee esplanade
    hameau ch mail rond-point traverse
    """.split()
)
_LINKS = frozenset("de du des d la le les l aux au et en sur sous a".split())
_MONTHS = frozenset(
    """
    janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre
    """.split()
)
_REPEATS = frozenset("bis ter quater".split())
_COUNTED = _MONTHS | frozenset("h heure heures min minutes ans an mois jours euros fois %".split())
_BEFORE_NUMBER = re.compile(r"[ \t\u00a0\u202f]*+,?[ \t\u00a0\u202f]*+(?:n\s?°\s?)?+")
_BEFORE_TOWN = re.compile(r"[ \t\u00a0\u202f,–-]{0,4}\n?[ \t\u00a0\u202f]{0,4}(?:[A-Z]{1,2}-)?")
_BOX = re.compile(r"\s?/\s?[0-9]{1,4}|,?\s{1,2}(?:[Bb]o[iî]te|[Bb]te?)\.?\s{1,2}[0-9]{1,4}")
LONGEST_STREET = 8
LONGEST_TOWN = 5


def addresses(text: str, words: Sequence[Token]) -> Iterator[Finding]:
    for here, word in enumerate(words):
        if word.key in _PLAIN_STREETS or word.key in _OTHER_STREETS:
            found = _Street(text, words, here).span()
            if found:
                start, end = found
                yield Finding(start, end, "address", text[start:end], "[adresse]")


class _Street:
    """One word for a street, read backwards for a number, then forwards for name and town."""

    def __init__(self, text: str, words: Sequence[Token], street: int) -> None:
        self.text = text
        self.words = words
        self.street = street

    def span(self) -> tuple[int, int] | None:
        first = self._first()
        any_case = first < self.street and self.words[self.street].key in _PLAIN_STREETS
        last = self._last_of_name(any_case)
        if last == self.street:
            return None
        number = self._number_after(last)
        if first == self.street and number == last:
            return None
        end = self.words[number].end
        box = _BOX.match(self.text, end) if number > last else None
        end = self._end_of_town(number, box.end() if box else end)
        return self.words[first].start, end

    def _first(self) -> int:
        """The index of the number in front, or of the street itself."""
        here = self.street - 1
        if here > 0 and self._is_repeat(here) and self._tied(here, COMMA_AND_SPACES):
            tied = self._tied(here - 1, SPACES)
            return here - 1 if tied and self._is_house(here - 1) else self.street
        if here >= 0 and self._is_house(here) and self._tied(here, COMMA_AND_SPACES):
            return here
        return self.street

    def _last_of_name(self, any_case: bool) -> int:
        """The index of the last word of the street's name, or of the street itself."""
        last = here = self.street
        limit = min(self.street + LONGEST_STREET, len(self.words) - 1)
        while here < limit and self._goes_on(here):
            here += 1
            word = self.words[here]
            if word.is_number:
                if not self._is_feast(here):
                    break
                here += 1
                last = here
            elif word.is_capitalised or (any_case and last == self.street and not _links(word)):
                last = here
            elif not _links(word):
                break
        return last

    def _number_after(self, last: int) -> int:
        """The index of a house number behind the name, or `last`."""
        here = last + 1
        if here >= len(self.words) or not self._is_house(here):
            return last
        if not self._tied(last, _BEFORE_NUMBER) or self._counts_something(here):
            return last
        if here + 1 < len(self.words) and self._is_repeat(here + 1) and self._tied(here, SPACES):
            return here + 1
        return here

    def _end_of_town(self, last: int, end: int) -> int:
        """Where the address ends once postal code and town, if there are any, are read."""
        here = last + 1
        while here < len(self.words) and self.words[here].start < end:
            here += 1
        if here + 1 >= len(self.words) or len(self.words[here].text) not in (4, 5):
            return end
        code, town = self.words[here], self.words[here + 1]
        gap = _BEFORE_TOWN.fullmatch(self.text, end, code.start)
        if not (gap and code.is_number and town.is_capitalised and self._tied(here, SPACES)):
            return end
        return self._end_of_capitals(here + 1)

    def _end_of_capitals(self, here: int) -> int:
        limit = min(here + LONGEST_TOWN, len(self.words) - 1)
        while here < limit and self.words[here + 1].is_capitalised and self._tied(here, SPACES):
            here += 1
        return self.words[here].end

    def _goes_on(self, here: int) -> bool:
        word = self.words[here]
        gap = DOT_AND_SPACES if here == self.street or word.is_initial else SPACES
        return self._tied(here, gap) or self._tied(here, APOSTROPHE)

    def _is_feast(self, here: int) -> bool:
        """ "8 mai", "11 novembre": a day that is a street's name."""
        following = self.words[here + 1 : here + 2]
        return bool(following) and following[0].key in _MONTHS and self._tied(here, SPACES)

    def _is_house(self, here: int) -> bool:
        return self.words[here].is_number and len(self.words[here].text) <= 4

    def _is_repeat(self, here: int) -> bool:
        word = self.words[here]
        return word.key in _REPEATS or (word.is_initial and not word.is_number)

    def _counts_something(self, here: int) -> bool:
        """A number that tells a time, a date or a quantity."""
        end = self.words[here].end
        following = self.words[here + 1 : here + 2]
        named = bool(following) and following[0].key in _COUNTED and self._tied(here, SPACES)
        return named or self.text[end : end + 1] in (":", "%", "€")

    def _tied(self, left: int, gap: re.Pattern[str]) -> bool:
        return between(self.text, self.words[left], self.words[left + 1], gap)


def _links(word: Token) -> bool:
    return word.key in _LINKS
