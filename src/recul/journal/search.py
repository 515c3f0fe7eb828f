"""Finding moments by words, a feeling or a context, whatever the accents and capitals.

Words are turned into patterns that accept every accented form of each letter, so that the
journal's text is read as it stands: nothing is folded, and what was found can be marked.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache

from recul.journal.moments import Entry, Moment

Words = tuple[re.Pattern[str], ...]
MOST_WORDS = 12
LONGEST_QUERY = 200
SHORT = 3
"""Words up to this length are looked for where words begin: « Mme A » is not in « comme avant »."""
_MARKS = "[\u0300-\u036f]*"
_LIGATURES = {"oe": "œŒ", "ae": "æÆ", "ss": "ßẞ"}


def _itself(key: str) -> str:
    return key


def read_words(typed: str) -> Words:
    """One pattern for each word typed, each word once."""
    words = dict.fromkeys(plain(typed[:LONGEST_QUERY]).split())
    return tuple([_pattern(word) for word in list(words)[:MOST_WORDS]])


def matches(moment: Moment, words: Words, label: Callable[[str], str] = _itself) -> bool:
    """Each word is somewhere in the texts or in the labels of feelings and contexts."""
    if not words:
        return True
    labels = [label(key) for key in (*moment.feelings, *moment.contexts)]
    everything = "\n".join([*(text for _, text in moment.sections), *labels])
    return all(word.search(everything) for word in words)


def search(
    entries: Iterable[Entry],
    words: Words | str = (),
    feeling: str | None = None,
    context: str | None = None,
    label: Callable[[str], str] = _itself,
) -> list[Entry]:
    """The entries that have everything asked for, in their order.

    `label` gives the word shown for the key of a feeling or context, in the person's language.
    """
    patterns = read_words(words) if isinstance(words, str) else words
    return [
        entry
        for entry in entries
        if (not feeling or feeling in entry.moment.feelings)
        and (not context or context in entry.moment.contexts)
        and matches(entry.moment, patterns, label)
    ]


def snippet(text: str, words: Words | str, length: int = 160) -> list[tuple[str, bool]]:
    """About `length` characters around the first word found: parts, and whether to mark them."""
    patterns = read_words(words) if isinstance(words, str) else words
    found = _spans(text, patterns)
    start, end = _window(text, found[0][0] if found else 0, length)
    parts = [("… ", False)] if start else []
    here = start
    for left, right in found:
        if left < here or right > end:
            continue
        parts += [(text[here:left], False), (text[left:right], True)]
        here = right
    parts += [(text[here:end], False), (" …" if end < len(text) else "", False)]
    return [part for part in parts if part[0]]


def plain(text: str) -> str:
    """Lower case without accents, ligatures or curly apostrophes."""
    folded = unicodedata.normalize("NFKD", text.casefold()).replace("’", "'")
    folded = folded.replace("œ", "oe").replace("æ", "ae")
    return "".join(letter for letter in folded if not unicodedata.combining(letter))


def _spans(text: str, patterns: Words) -> list[tuple[int, int]]:
    """Where the words are, in order; overlapping ones are joined."""
    spans = sorted(hit.span() for pattern in patterns for hit in pattern.finditer(text))
    joined: list[tuple[int, int]] = []
    for left, right in spans:
        if joined and left <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(right, joined[-1][1])
        else:
            joined.append((left, right))
    return joined


def _window(text: str, first: int, length: int) -> tuple[int, int]:
    """A stretch that shows `first` after a third of its length, cut between words."""
    start = max(0, min(first - length // 3, len(text) - length))
    if start:
        space = text.find(" ", start, first)
        start = space + 1 if space >= 0 else start
    end = min(len(text), start + length)
    if end < len(text):
        space = text.rfind(" ", max(first + 1, end - 30), end)
        end = space if space > start else end
    return start, end


@cache
def _variants() -> dict[str, str]:
    """For each plain letter, itself and its accented forms, small and capital."""
    found: dict[str, set[str]] = {"'": {"'", "’", "ʼ"}}
    for code in (*range(0x41, 0x250), *range(0x1E00, 0x1F00)):
        letter = plain(chr(code))
        if len(letter) == 1 and letter.isalpha():
            found.setdefault(letter, {letter}).add(chr(code))
    return {letter: "".join(sorted(forms)) for letter, forms in found.items()}


def _pattern(word: str) -> re.Pattern[str]:
    """The pattern of a plain word. Classes only: nothing typed is read as an expression."""
    pieces = []
    rest = word
    while rest:
        ligature = _LIGATURES.get(rest[:2])
        if ligature:
            pieces.append(f"(?:[{ligature}]|{_letter(rest[0])}{_letter(rest[1])})")
        else:
            pieces.append(_letter(rest[0]))
        rest = rest[2 if ligature else 1 :]
    start = r"(?<!\w)" if len(word) <= SHORT else ""
    return re.compile(start + "".join(pieces))


def _letter(letter: str) -> str:
    forms = _variants().get(letter) or "".join({letter, letter.upper()[:1]})
    return f"[{re.escape(forms)}]{_MARKS}"
