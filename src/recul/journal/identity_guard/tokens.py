"""Words and numbers of a text, in one pass, with what may stand between two of them.

Everything here and in its users reads left to right with a bounded look ahead: no text, however
odd, takes more than time in proportion to its length.
"""

import re
from dataclasses import dataclass

from recul.journal.search import plain

_MARKS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670"
_LETTERS = rf"[^\W\d_](?:[^\W\d_]|[{_MARKS}])*+"
_TOKEN = re.compile(rf"{_LETTERS}(?:[-\u2010\u2011]{_LETTERS})*+|[0-9]++")
_MARK = re.compile(f"[{_MARKS}]")

_BLANK = "[ \t\u00a0\u00ad\u2000-\u200f\u202a-\u202f\u2060\ufeff]*+"
SPACES = re.compile(_BLANK)
DOT_AND_SPACES = re.compile(rf"\.?{_BLANK}")
COMMA_AND_SPACES = re.compile(rf"{_BLANK},?{_BLANK}")
APOSTROPHE = re.compile("['’ʼ]")
LONGEST_WORD = 24


@dataclass(frozen=True, slots=True)
class Token:
    """A word, hyphens included and apostrophes not, or a run of digits."""

    start: int
    end: int
    text: str

    @property
    def is_number(self) -> bool:
        return "0" <= self.text[0] <= "9"

    @property
    def is_capitalised(self) -> bool:
        """Starts as a name does. Scripts without capitals (Arabic, Hebrew…) always do."""
        return self.text[0].isalpha() and not self.text[0].islower()

    @property
    def is_initial(self) -> bool:
        """Nothing but single letters: "D", "J-P"."""
        return all(len(_MARK.sub("", part)) == 1 for part in parts(self.text))

    @property
    def key(self) -> str:
        """Lower case without accents; "" for what is too long to be a word of a list."""
        return plain(self.text) if len(self.text) <= LONGEST_WORD else ""


def tokens(text: str) -> list[Token]:
    return [Token(hit.start(), hit.end(), hit.group()) for hit in _TOKEN.finditer(text)]


def between(text: str, left: Token, right: Token, gap: re.Pattern[str]) -> bool:
    """Nothing but `gap` stands between the two."""
    return gap.fullmatch(text, left.end, right.start) is not None


def parts(word: str) -> list[str]:
    """The parts of a hyphenated word."""
    return word.replace("\u2010", "-").replace("\u2011", "-").split("-")


def initials(word: str) -> str:
    """ "Dupont-Martin" as "D.-M."; an accent written apart stays on its letter."""
    return "-".join(_first_letter(part) + "." for part in parts(word))


def _first_letter(part: str) -> str:
    end = 1
    while end < len(part) and _MARK.match(part[end]):
        end += 1
    return part[:end]
