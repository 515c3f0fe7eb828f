"""Phone numbers, e-mail addresses and dates of birth.

A date alone may be a meeting: only a date that is said to be of a birth is pointed out.
"""

import re
from collections.abc import Iterator

from recul.journal.identity_guard.finding import Finding, Kind

_GAP = "[ \u00a0\u2009\u202f./\u2010\u2011-]{0,2}"
_DATE_AHEAD = "(?![0-9]{2}[./-][0-9]{2}[./-](?:19|20)[0-9]{2}(?![0-9]))"

# +33 6…, 0041 (0)22…, +32 2… ; 06 12 34 56 78, 022 123 45 67, 02 123 45 67, 081/22.33.44.
_PHONE = re.compile(
    rf"(?<![0-9+])(?<![0-9][./-]){_DATE_AHEAD}(?:"
    rf"(?:\+[1-9][0-9]{{0,2}}|00(?:33|41|32|352)){_GAP}(?:\(0\){_GAP})?[0-9](?:{_GAP}[0-9]){{6,11}}"
    rf"|0[1-9](?:{_GAP}[0-9]){{7,8}}"
    rf")(?![0-9])"
)

_LOCAL = "[\\w.+%\u0300-\u036f-]"
_EMAIL = re.compile(rf"(?<!{_LOCAL}){_LOCAL}++@(?:[\w\u0300-\u036f-]++\.)+[^\W\d_]{{2,}}")

_SPACE = r"\s{1,3}"
_MONTH = (
    "(?:janv(?:ier)?|f[eé]\u0301?v(?:rier)?|mars|avr(?:il)?|mai|juin|juil(?:let)?|ao[uû]\u0302?t"
    "|sept(?:embre)?|oct(?:obre)?|nov(?:embre)?|d[eé]\u0301?c(?:embre)?)"
)
_DAY = (
    "(?:[0-9]{4}-[0-9]{2}-[0-9]{2}"
    "|[0-9]{1,2}[ ./-][0-9]{1,2}(?:[ ./-][0-9]{2,4})?"
    rf"|[0-9]{{1,2}}(?:er)?{_SPACE}{_MONTH}\.?(?:{_SPACE}[0-9]{{2,4}})?)(?![0-9])"
)
_BORN = "n[eé]\u0301?e?s?(?:\\(e\\)|[·.-]e)?[·.-]?s?"
_BIRTH = re.compile(
    rf"(?<!\w)(?:{_BORN}{_SPACE}l[ea]|(?:naissance|ddn|d\.d\.n\.)(?:\s?:)?(?:{_SPACE}le)?)"
    rf"{_SPACE}(?:(?:lun|mar|mercre|jeu|vendre|same)di{_SPACE}|dimanche{_SPACE})?(?P<day>{_DAY})",
    re.IGNORECASE,
)


def phones(text: str) -> Iterator[Finding]:
    return _found(text, _PHONE, "phone", "[téléphone]")


def emails(text: str) -> Iterator[Finding]:
    return _found(text, _EMAIL, "email", "[courriel]")


def birth_dates(text: str) -> Iterator[Finding]:
    """The date itself; "né le" stays."""
    return _found(text, _BIRTH, "date", "[date]", group="day")


def _found(
    text: str, pattern: re.Pattern[str], kind: Kind, proposal: str, group: str | int = 0
) -> Iterator[Finding]:
    for hit in pattern.finditer(text):
        yield Finding(hit.start(group), hit.end(group), kind, hit.group(group), proposal)
