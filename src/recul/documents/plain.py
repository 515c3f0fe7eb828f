"""Words as paper can hold them. Pure."""

import re
from typing import Any
from unicodedata import category

ZERO_WIDTH_SPACE = "\u200b"
UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f"  # Control characters but tab and new line.
    "\u202a-\u202e\u2066-\u2069"  # They would turn round our own words beside people's.
    "\ufeff\ufffe\uffff]"  # PDF/UA refuses the first two.
)
NO_CHARACTER = re.compile("[\ud800-\udfff]")
LONG_WORD = re.compile(r"\S{30,}")
PIECE = 10
MARKS = 8
"""Marks that one letter may carry. No language needs more, and thousands take typst seconds."""


def plain(value: Any) -> Any:
    """The same data, every text of it fit for print: see `plain_text`."""
    match value:
        case str():
            return plain_text(value)
        case dict():
            return {key: plain(one) for key, one in value.items()}
        case list() | tuple():
            return [plain(one) for one in value]
    return value


def plain_text(text: str) -> str:
    """Without what no paper holds; words of 30 characters and more may break anywhere."""
    text = UNPRINTABLE.sub("", NO_CHARACTER.sub("\ufffd", text.replace("\r\n", "\n")))
    return LONG_WORD.sub(_breakable, text if text.isascii() else _few_marks(text))


def _few_marks(text: str) -> str:
    kept, marks = [], 0
    for character in text:
        marks = marks + 1 if category(character).startswith("M") else 0
        if marks <= MARKS:
            kept.append(character)
    return "".join(kept)


def _breakable(word: re.Match[str]) -> str:
    letters = word[0]
    pieces = (letters[i : i + PIECE] for i in range(0, len(letters), PIECE))
    return ZERO_WIDTH_SPACE.join(pieces)
