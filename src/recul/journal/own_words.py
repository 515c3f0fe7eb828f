"""Words a person types herself: made tidy once, so that the same word is one word."""

import unicodedata
from collections.abc import Mapping

from recul.journal.search import plain

LONGEST = 40


def tidy(text: str) -> str:
    """One line, single spaces, composed accents, no control characters, at most 40 characters."""
    shown = "".join(letter if _is_shown(letter) else " " for letter in text)
    words = " ".join(unicodedata.normalize("NFC", shown).split())
    return words[:LONGEST].rstrip()


def known_or_own(text: str, known: Mapping[str, str]) -> str:
    """The key that `known` (plain word → key) has for the typed word, or else the tidy word."""
    word = tidy(text)
    return known.get(plain(word).strip(), word)


def _is_shown(letter: str) -> bool:
    # Cc: controls and NUL; Cs: lone surrogates, which no database stores. Cf joins emoji: kept.
    return unicodedata.category(letter) not in ("Cc", "Cs")
