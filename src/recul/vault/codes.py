"""Recovery codes: 100 random bits written as five groups of four characters."""

import unicodedata
from secrets import choice

from recul.vault.errors import Malformed

__all__ = ["ALPHABET", "Malformed", "new_codes", "normalise_code"]

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base32: no I, L, O or U, so a printed code is not misread."""

_LENGTH = 20
_MISREAD = str.maketrans("OIL", "011")


def new_codes(n: int = 8) -> list[str]:
    """Fresh codes such as "7K3M-0VQ2-WX9A-4HTD-ZP6C"."""
    return [_grouped("".join(choice(ALPHABET) for _ in range(_LENGTH))) for _ in range(n)]


def normalise_code(typed: str) -> str:
    """The code as it was printed; raises Malformed when it cannot be one."""
    kept = "".join(c for c in unicodedata.normalize("NFKC", typed) if not _is_separator(c))
    code = kept.upper().translate(_MISREAD)
    if len(code) != _LENGTH or not set(code) <= set(ALPHABET):
        raise Malformed
    return _grouped(code)


def _is_separator(character: str) -> bool:
    """Blanks and dashes of every sort, and the invisible marks a copy and paste may bring."""
    return character.isspace() or unicodedata.category(character) in {"Pd", "Cf"}


def _grouped(code: str) -> str:
    return "-".join(code[at : at + 4] for at in range(0, _LENGTH, 4))
