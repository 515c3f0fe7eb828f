"""The attendance sheet (*feuille d’émargement*), one or several in one file."""

from collections.abc import Sequence
from typing import Any

from recul.booking.papers.words import Writer
from recul.booking.queries.sheets import Sheet
from recul.documents import render
from recul.words import N_

TITLE = N_("Feuille d’émargement")
HEADS = (N_("Nom"), N_("Signature"))
SIGNATURE = N_("Signature de la personne qui anime")
NOTE = N_(
    "Cette feuille est confidentielle : elle reste au groupe et à la personne qui l’anime. "
    "Ni la structure ni la hiérarchie ne la reçoivent."
)
EMPTY_ROWS = 8
"""Where nobody has a seat yet, room to write."""


async def printed(sheets: Sequence[Sheet], facilitator: str, language: str) -> bytes:
    """The PDF. Sheets follow each other, each with pages of its own."""
    writer = Writer(language)
    told = {
        "sheets": [_told(one, facilitator, writer) for one in sheets],
        "heads": [writer.say(one) for one in HEADS],
        "signature": writer.say(SIGNATURE),
        "note": writer.say(NOTE),
    }
    return await render("attendance-sheet", told, title=writer.say(TITLE), language=language)


def _told(one: Sheet, facilitator: str, writer: Writer) -> dict[str, Any]:
    day = writer.day(one.slot.day)
    facts = [
        (writer.say(N_("Groupe")), one.name),
        (writer.say(N_("Type")), writer.kind(one.kind)),
        (writer.say(N_("Séance")), writer.say(N_("n° %(number)s"), number=one.number)),
        (writer.say(N_("Date")), day),
        (writer.say(N_("Horaire")), writer.hours(one.slot)),
        (writer.say(N_("Lieu")), one.place),
        (writer.say(N_("Animation")), facilitator),
    ]
    return {
        "organisation": one.organisation_name,
        "running": f"{one.name} · {day}",
        "facts": [pair for pair in facts if pair[1]],
        "names": one.names or [""] * EMPTY_ROWS,
    }
