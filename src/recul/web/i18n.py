"""Languages: French is written in the source, other catalogues are read from `locale/`."""

import gettext
import io
import re
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from recul.paths import locale
from recul.settings import LANGUAGES

NARROW_SPACE = "\u202f"


def typeset(text: str) -> str:
    """French typography: a narrow no-break space before : ; ! ? » % and after «."""
    text = re.sub(r" (?=[:;!?»]|%(?!\())", NARROW_SPACE, text)
    return text.replace("« ", f"«{NARROW_SPACE}")


class French(gettext.NullTranslations):
    """The source strings, typeset."""

    def gettext(self, message: str) -> str:
        return _typeset_once(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        # In French zero is singular.
        return _typeset_once(msgid1 if abs(n) < 2 else msgid2)


_typeset_once = cache(typeset)


@cache
def translations(language: str) -> gettext.NullTranslations:
    if language == "fr":
        return French()
    catalogue = io.BytesIO()
    with (locale() / language / "recul.po").open("rb") as file:
        write_mo(catalogue, read_po(file, locale=language))
    catalogue.seek(0)
    return gettext.GNUTranslations(catalogue)


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence to be translated where it is shown: its French text and its values."""

    text: str
    values: dict[str, Any] = field(default_factory=dict)

    def in_language(self, language: str) -> str:
        return translations(language).gettext(self.text) % self.values


def preferred(accept_language: str, default: str) -> str:
    """The first of our languages that a browser lists, by its weights."""
    weighted = []
    for part in accept_language.split(",")[:20]:
        tag, _, weight = part.strip().partition(";q=")
        try:
            weighted.append((-float(weight or 1), tag[:2].lower()))
        except ValueError:
            continue
    return next((tag for _, tag in sorted(weighted) if tag in LANGUAGES), default)
