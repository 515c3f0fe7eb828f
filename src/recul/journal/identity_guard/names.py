"""Names that follow a title or a family word: "Mme Dupont-Martin", "la petite Léa".

An initial after the title ("Mme D.") is what the guard wants: it is never pointed out, nor is what
follows it, since a sentence may begin there. The same goes for "M" standing for a name.
"""

from collections.abc import Iterator, Sequence

from recul.journal.identity_guard.finding import Finding
from recul.journal.identity_guard.titles import (
    ARTICLES,
    PARTICLES,
    is_abbreviated,
    is_title,
    starts_sentence,
)
from recul.journal.identity_guard.tokens import (
    APOSTROPHE,
    DOT_AND_SPACES,
    SPACES,
    Token,
    between,
    initials,
)

LONGEST_NAME = 8


def names(text: str, words: Sequence[Token]) -> Iterator[Finding]:
    here = 0
    while here < len(words) - 1:
        end = _end_of_name(text, words, here) if _announces(text, words, here) else here
        if end > here:
            yield _finding(text, words[here : end + 1])
        here = max(end, here) + 1


def _announces(text: str, words: Sequence[Token], here: int) -> bool:
    word = words[here]
    if not is_title(word):
        return False
    if word.text != "M" or not here:
        return True
    before = words[here - 1]
    if is_title(before) and between(text, before, word, DOT_AND_SPACES):
        return False
    return not (before.is_initial and text[before.end] in ".-")


def _end_of_name(text: str, words: Sequence[Token], title: int) -> int:
    """The index of the name's last word, or `title` when no name follows."""
    found: list[int] = []
    for here in range(title + 1, min(title + 1 + LONGEST_NAME, len(words))):
        if not _continues(text, words, here - 1, title) or is_title(words[here]):
            break
        if _is_particle(words, here):
            continue
        if not words[here].is_capitalised or _is_alone(text, words, here):
            break
        found.append(here)
    if not found or (len(found) == 1 and starts_sentence(words[found[0]])):
        return title
    return found[-1]


def _continues(text: str, words: Sequence[Token], left: int, title: int) -> bool:
    """The word after `left` may still belong to the name."""
    if left == title:
        gap = DOT_AND_SPACES if is_abbreviated(words[title]) else SPACES
        return between(text, words[left], words[left + 1], gap)
    return between(text, words[left], words[left + 1], SPACES) or _is_elided(text, words, left)


def _is_elided(text: str, words: Sequence[Token], here: int) -> bool:
    """ "d" of "d’Artagnan", "N" of "N’Diaye"."""
    if here + 1 >= len(words) or not words[here].is_initial:
        return False
    return between(text, words[here], words[here + 1], APOSTROPHE)


def _is_particle(words: Sequence[Token], here: int) -> bool:
    word = words[here].text
    return word in PARTICLES or (word in ARTICLES and words[here - 1].text in PARTICLES)


def _is_alone(text: str, words: Sequence[Token], here: int) -> bool:
    """An initial that no apostrophe ties to the next word."""
    return words[here].is_initial and not _is_elided(text, words, here)


def _finding(text: str, found: Sequence[Token]) -> Finding:
    start, end = found[0].start, found[-1].end
    if text[end : end + 1] == ".":
        end += 1  # The sentence's full stop becomes the initial's, not a second one.
    return Finding(start, end, "name", text[start:end], _shortened(text, found))


def _shortened(text: str, found: Sequence[Token]) -> str:
    """The title and particles as they are, the rest as initials."""
    pieces = [found[0].text]
    skip = False
    for here in range(1, len(found)):
        gap = text[found[here - 1].end : found[here].start]
        if skip:
            skip = False
            continue
        skip = found[here].is_capitalised and _is_elided(text, found, here)
        kept = not found[here].is_capitalised
        pieces += [gap, found[here].text if kept else initials(found[here].text)]
    return "".join(pieces)
