"""The journal in a person's copy of everything: the three files of its own export, and what was
begun and not saved."""

import json
from collections.abc import Callable
from datetime import date

from recul.journal import exporting, queries
from recul.journal.actions import filing
from recul.portable import Field, Rows, Section, plain
from recul.vault.opened import OpenVault
from recul.words import N_

DRAFT = Section(
    "draft",
    N_("Brouillon"),
    N_("Ce que vous aviez commencé à écrire, sans l’enregistrer."),
    {
        "field": Field(N_("Champ"), columns=("draft.box",)),
        "text": Field(N_("Texte"), columns=("draft.box",)),
    },
)


async def files(
    vault: OpenVault,
    on: date,
    translate: Callable[[str], str],
    render: Callable[[dict[str, object]], str],
) -> dict[str, bytes]:
    """By name. `render` makes the readable book of what `exporting.book` gives."""
    await filing.file_waiting(vault)
    keep, _ = await queries.keep(vault)
    # What could not be filed at this moment is in her copy all the same.
    found = await filing.over_everything(
        vault,
        lambda entries: {
            "carnet.html": render(exporting.book(entries, keep, on, translate)).encode(),
            "carnet.csv": exporting.export_csv(entries, translate),
            "carnet.json": exporting.export_json(entries, keep, on),
        },
    )
    found["carnet.schema.json"] = exporting.SCHEMA.read_bytes()
    staged = await queries.staged_import(vault)
    return found | ({"import-en-attente": staged} if staged else {})


async def draft(vault: OpenVault) -> Rows:
    """The rows of `DRAFT`; none when it does not open."""
    content = await queries.draft(vault)
    if content is None:
        return []
    typed: dict[str, list[str]] = json.loads(content)
    return [
        plain(DRAFT, {"field": name, "text": "\n".join(values)})
        for name, values in typed.items()
        if any(values)
    ]
