"""The identity guard (J12): what in a text might tell who a family is, and what to write instead.

It points out and proposes; nothing is ever blocked, and nothing of the text is kept.
"""

from collections.abc import Container, Iterable
from itertools import chain

from recul.journal.identity_guard.addresses import addresses
from recul.journal.identity_guard.contacts import birth_dates, emails, phones
from recul.journal.identity_guard.finding import KIND_LABELS, Finding, Kind
from recul.journal.identity_guard.names import names
from recul.journal.identity_guard.numbers import numbers
from recul.journal.identity_guard.tokens import tokens

__all__ = ["KIND_LABELS", "Finding", "Kind", "findings", "replace", "replace_all"]


def findings(text: str) -> list[Finding]:
    """What to point out, in the text's order; no two of them overlap."""
    words = tokens(text)
    found = chain(
        numbers(text),
        birth_dates(text),
        phones(text),
        emails(text),
        addresses(text, words),
        names(text, words),
    )
    return _apart(found, len(text))


def replace(text: str, wanted: Container[str]) -> str:
    """The text with the proposals for some of what was pointed out."""
    return _replaced(text, [found for found in findings(text) if found.text in wanted])


def replace_all(text: str) -> str:
    """The text with every proposal taken, until nothing is left to point out."""
    found = findings(text)
    while found:
        text = _replaced(text, found)
        found = findings(text)
    return text


def _apart(found: Iterable[Finding], length: int) -> list[Finding]:
    """Those that overlap none before them, sorted by place."""
    taken = bytearray(length)
    kept = []
    for finding in found:
        place = slice(finding.start, finding.end)
        if not any(taken[place]):
            taken[place] = b"\1" * (finding.end - finding.start)
            kept.append(finding)
    return sorted(kept, key=lambda finding: finding.start)


def _replaced(text: str, found: Iterable[Finding]) -> str:
    pieces = []
    here = 0
    for finding in found:
        pieces += [text[here : finding.start], finding.proposal]
        here = finding.end
    return "".join([*pieces, text[here:]])
