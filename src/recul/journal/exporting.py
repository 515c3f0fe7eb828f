"""The journal handed back whole to its person: JSON, a table for spreadsheets, a book to read.

journal-export.schema.json documents the JSON; `templates/journal/export.html` is the book.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from recul import spreadsheets
from recul.journal.keep import Keep
from recul.journal.labels import labels_in
from recul.journal.moments import DIMENSIONS, Entry, Moment
from recul.journal.scales import SCALES
from recul.journal.templates import section_label
from recul.journal.timeline import Day, days
from recul.words import N_

FORMAT = "recul-journal"
VERSION = 1
SCHEMA = Path(__file__).with_name("journal-export.schema.json")
COLUMNS = (
    N_("Date"),
    N_("Heure"),
    N_("Décalage horaire"),
    *(scale.label for scale in SCALES),
    N_("Ressentis"),
    N_("Contextes"),
    N_("Petite victoire"),
    N_("Texte"),
)


def export_json(entries: Iterable[Entry], keep: Keep, on: date) -> bytes:
    """Everything, in the documented format, readable by people too."""
    whole = {
        "format": FORMAT,
        "version": VERSION,
        "exported_on": on.isoformat(),
        "own_feelings": keep.own_feelings,
        "own_contexts": keep.own_contexts,
        "restores": keep.restores,
        "entries": [_fields(entry.moment) for entry in entries],
    }
    return json.dumps(whole, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def _fields(moment: Moment) -> dict[str, Any]:
    """A moment with what it says only."""
    fields = {
        "at": moment.at.isoformat(timespec="minutes"),
        **{dimension: getattr(moment, dimension) for dimension in DIMENSIONS},
        "feelings": moment.feelings,
        "contexts": moment.contexts,
        "template": moment.template,
        "sections": [{"key": key, "text": text} for key, text in moment.sections],
        "small_win": moment.small_win or None,
    }
    return {key: value for key, value in fields.items() if value not in (None, (), [])}


def export_csv(entries: Iterable[Entry], translate: Callable[[str], str] = str) -> bytes:
    """One row for each moment, in the language of `translate`; scales as figures from 1 to 5."""
    label = labels_in(translate)
    cells = (_cells(entry.moment, label, translate) for entry in entries)
    return spreadsheets.table([[translate(column) for column in COLUMNS], *cells])


def _cells(
    moment: Moment, label: Callable[[str], str], translate: Callable[[str], str]
) -> list[str]:
    steps = [getattr(moment, dimension) for dimension in DIMENSIONS]
    return [
        moment.day.isoformat(),
        f"{moment.at:%H:%M}",
        "UTC" + moment.at.isoformat(timespec="minutes")[16:],
        *("" if step is None else str(step) for step in steps),
        ", ".join(map(label, moment.feelings)),
        ", ".join(map(label, moment.contexts)),
        translate(N_("oui")) if moment.small_win else "",
        moment.text,
    ]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A month of the readable export; days and moments run forward, as in a book."""

    first: date
    days: tuple[Day, ...]


def chapters(entries: Sequence[Entry]) -> list[Chapter]:
    """The journal as a book, from its first month on. `entries` are newest first."""
    forward = reversed(days(entries))
    by_month = groupby(
        (Day(day.date, day.entries[::-1], day.spans) for day in forward),
        key=lambda day: day.date.replace(day=1),
    )
    return [Chapter(first, tuple(found)) for first, found in by_month]


def book(
    entries: Sequence[Entry], keep: Keep, on: date, translate: Callable[[str], str] = str
) -> dict[str, Any]:
    """What `journal/export.html` needs; besides, only `_`, the date filters and `language`."""
    return {
        "chapters": chapters(entries),
        "keep": keep,
        "exported_on": on,
        "count": len(entries),
        "scales": SCALES,
        "label": labels_in(translate),
        "section_label": section_label,
    }
