"""The strings that people read: collected from the sources, and from a catalogue.

``python -m tests.strings`` writes new ones into the catalogues and takes out what is gone.
"""

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
METHODS = [
    ("src/**.py", "python"),
    ("src/recul/booking/rule_packs/*.toml", "tests.strings:of_rule_pack"),
    ("templates/**.html", "jinja2.ext:babel_extract"),
    ("templates/**.txt", "jinja2.ext:babel_extract"),
]
KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2), "say": None}
JINJA = {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}
OPTIONS = {"templates/**.html": JINJA, "templates/**.txt": JINJA}

Message = str | tuple[str, ...]


def of_rule_pack(
    fileobj: BinaryIO, keywords: Any, comment_tags: Any, options: Any
) -> Iterator[tuple[int, str, str, list[str]]]:
    """What a data file of hours says to people."""
    pack = tomllib.load(fileobj)
    for name in ("label", "explanation"):
        yield 1, "N_", pack[name], []


@cache
def extracted() -> Catalog:
    collected = Catalog()
    for file, line, message, comments, context in extract_from_dir(
        ROOT, METHODS, OPTIONS, KEYWORDS, directory_filter=_is_source
    ):
        collected.add(message, None, [(file, line)], auto_comments=comments, context=context)
    return collected


def _is_source(folder: str) -> bool:
    parts = Path(folder).relative_to(ROOT).parts
    return not parts or parts[0] in ("src", "templates")


def source_strings() -> set[Message]:
    """Every message of the sources; a plural one as a tuple."""
    return {_key(message.id) for message in extracted() if message.id}


def catalogue(language: str) -> dict[Message, list[str]]:
    """Messages of a catalogue and their translations; an empty list when one is missing."""
    found: dict[Message, list[str]] = {}
    for message in _read(language):
        if message.id:
            shown = message.string
            texts = [shown or ""] if isinstance(shown, str | None) else list(shown)
            complete = all(texts) and not message.fuzzy
            found[_key(message.id)] = texts if complete else []
    return found


def _key(message_id: str | tuple[str, ...] | list[str]) -> Message:
    return message_id if isinstance(message_id, str) else tuple(message_id)


def _path(language: str) -> Path:
    return ROOT / "locale" / language / "recul.po"


def _read(language: str) -> Catalog:
    with _path(language).open("rb") as file:
        return read_po(file, locale=language)


def update(language: str) -> None:
    """Bring a catalogue up to date with the sources. Translations that still serve stay."""
    found = _read(language)
    found.update(extracted(), no_fuzzy_matching=True)
    found.obsolete.clear()
    with _path(language).open("wb") as file:
        write_po(file, found, omit_header=False, sort_output=True, no_location=True, width=100)


if __name__ == "__main__":
    update("en")
