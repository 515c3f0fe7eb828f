"""A person's copy of everything: which sections there are, read, and put into one file.

`columns.py` says of every column of the database which of these sections has it, or why none.
"""

import io
import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from recul import portable
from recul.accounts import portable as accounts
from recul.booking.queries import portable as booking
from recul.booking.queries import portable_led as led
from recul.journal import portable as journal
from recul.notifications import portable as notifications
from recul.organisation.queries import portable as organisation
from recul.portable import Kind, Rows, Section
from recul.settings import Settings
from recul.trends import portable as trends
from recul.vault.opened import OpenVault

FORMAT = "recul-person"
VERSION = 1

Opened = Callable[[Settings, OpenVault], Awaitable[Rows]]
OPENED: dict[str, tuple[Section, Opened]] = {
    "passkeys": (accounts.PASSKEYS, lambda _, vault: accounts.passkeys(vault)),
    "accesses": (accounts.ACCESSES, lambda _, vault: accounts.accesses(vault)),
    "draft": (journal.DRAFT, lambda _, vault: journal.draft(vault)),
    "mail": (notifications.MAIL, lambda settings, vault: notifications.mail(settings, vault.owner)),
    "sharing": (trends.SHARING, lambda _, vault: trends.sharing(vault)),
    "memos": (led.MEMOS, lambda _, vault: led.memos(vault)),
}
"""What only the server's secret or the person's own key opens."""


def sections() -> list[Section]:
    """All of them, in the order in which they are read."""
    plain = (*accounts.SECTIONS, *notifications.SECTIONS, *organisation.SECTIONS)
    more = (*trends.SECTIONS, *booking.SECTIONS)
    return [*plain, *more, *(section for section, _ in OPENED.values())]


async def gather(settings: Settings, vault: OpenVault) -> dict[str, Rows]:
    """The rows of each section, by its key."""
    found = {}
    for section in sections():
        if section.key in OPENED:
            found[section.key] = await OPENED[section.key][1](settings, vault)
        else:
            found[section.key] = await portable.rows(section, vault.owner)
    return found


def as_json(rows: Mapping[str, Rows], on: date) -> bytes:
    whole = {"format": FORMAT, "version": VERSION, "exported_on": on.isoformat(), **rows}
    return json.dumps(whole, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def schema(translate: Callable[[str], str] = str) -> dict[str, Any]:
    """What `as_json` writes, documented."""
    fixed: dict[str, Any] = {
        "format": {"const": FORMAT},
        "version": {"const": VERSION},
        "exported_on": {"type": "string", "format": "date"},
    }
    described = {section.key: _array(section, translate) for section in sections()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:recul:person-export:{VERSION}",
        "type": "object",
        "required": [*fixed, *described],
        "additionalProperties": False,
        "properties": fixed | described,
    }


def _array(section: Section, translate: Callable[[str], str]) -> dict[str, Any]:
    told = [translate(text) for text in (section.title, section.about) if text]
    return {
        "description": " — ".join(told),
        "type": "array",
        "items": {
            "type": "object",
            "required": list(section.fields),
            "additionalProperties": False,
            "properties": {
                key: {"description": translate(field.label), **_TYPES[field.kind]}
                for key, field in section.fields.items()
            },
        },
    }


_TYPES: dict[Kind, dict[str, Any]] = {
    Kind.TEXT: {"type": ["string", "null"]},
    Kind.NUMBER: {"type": ["integer", "null"]},
    Kind.FLAG: {"type": ["boolean", "null"]},
    Kind.DAY: {"type": ["string", "null"], "format": "date"},
    Kind.MOMENT: {"type": ["string", "null"]},
    Kind.TIME: {"type": ["string", "null"], "pattern": "^\\d\\d:\\d\\d$"},
}


def archive(files: Mapping[str, bytes]) -> bytes:
    """One file of many, whose times say nothing: each is of the first day that ZIP knows."""
    made = io.BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as into:
        for name, content in files.items():
            into.writestr(ZipInfo(name), content, ZIP_DEFLATED)
    return made.getvalue()
