"""Numbers that name one person: NIR (France), AVS (Switzerland), NISS (Belgium).

Each has a key: a number whose key is wrong is somebody's else business, and is left alone.
"""

import re
from collections.abc import Callable, Iterator

from recul.journal.identity_guard.finding import Finding

_GAP = "[ \u00a0\u2009\u202f./-]?"
_NOT_IN_DIGITS = "(?<![0-9])"
_END = "(?![0-9])"


def _pattern(*groups: str) -> re.Pattern[str]:
    """Candidates at every place (hence the look-ahead): a wrong one must not hide the next."""
    return re.compile(f"{_NOT_IN_DIGITS}(?=({_GAP.join(groups)}{_END}))")


_NIR = _pattern(
    "[1-478]", "[0-9]{2}", "[0-9]{2}", "(?:[0-9]{2}|2[ABab])", "[0-9]{3}", "[0-9]{3}", "[0-9]{2}"
)
_AVS = _pattern("756", "[0-9]{4}", "[0-9]{4}", "[0-9]{2}")
_NISS = _pattern("[0-9]{2}", "[0-9]{2}", "[0-9]{2}", "[0-9]{3}", "[0-9]{2}")


def numbers(text: str) -> Iterator[Finding]:
    checks = ((_NIR, nir_is_valid), (_AVS, avs_is_valid), (_NISS, niss_is_valid))
    for pattern, is_valid in checks:
        yield from _found(text, pattern, is_valid)


def nir_is_valid(number: str) -> bool:
    """15 characters. The key is 97 less the rest by 97; Corsica's 2A counts 19, and 2B 18."""
    digits = number.upper().replace("2A", "19", 1).replace("2B", "18", 1)
    return 97 - int(digits[:13]) % 97 == int(digits[13:])


def avs_is_valid(number: str) -> bool:
    """13 digits, the last as in any EAN-13."""
    weighed = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(number))
    return weighed % 10 == 0


def niss_is_valid(number: str) -> bool:
    """11 digits: date (its month raised by 20 or 40 in a "bis" number), order, key modulo 97."""
    month, day = int(number[2:4]) % 20, int(number[4:6])
    if month > 12 or day > 31:
        return False
    key = int(number[9:])
    return any(97 - int(century + number[:9]) % 97 == key for century in ("", "2"))


def _found(
    text: str, pattern: re.Pattern[str], is_valid: Callable[[str], bool]
) -> Iterator[Finding]:
    for hit in pattern.finditer(text):
        written = hit.group(1)
        if is_valid("".join(letter for letter in written if letter.isalnum())):
            end = hit.start() + len(written)
            yield Finding(hit.start(), end, "number", written, "[numéro]")
