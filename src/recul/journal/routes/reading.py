"""What templates need to show moments in words: scales, and the words behind stored keys."""

from functools import cache
from types import SimpleNamespace
from typing import Any

from recul.journal import scales
from recul.journal.moments import Moment
from recul.journal.timeline import Span
from recul.journal.wording import Load, Reading, Wording
from recul.web.i18n import translations


@cache
def _wording(language: str) -> Wording:
    return Wording(translations(language).gettext)


def of(moment: Moment, language: str) -> Reading:
    return _wording(language).of(moment)


def between(span: Span, language: str) -> Load:
    return _wording(language).between(span)


READING: dict[str, Any] = {"scales": scales, "words": SimpleNamespace(of=of, between=between)}
