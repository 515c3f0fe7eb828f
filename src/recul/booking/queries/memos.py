"""Reading one's own memo of a meeting."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from recul.booking.tables import MeetingMemo
from recul.vault.opened import OpenVault

VERSION = 1


@dataclass(frozen=True, slots=True)
class Memo:
    text: str
    erase_on: date


def sealed_name(meeting: UUID) -> str:
    """What a memo's box is bound to: put beside another meeting it does not open."""
    return f"memo {meeting}"


async def memo(vault: OpenVault, meeting: UUID) -> Memo | None:
    row = (
        await MeetingMemo.select(MeetingMemo.box, MeetingMemo.erase_on)
        .where(MeetingMemo.vault == vault.id, MeetingMemo.meeting == meeting)
        .first()
    )
    if row is None:
        return None
    opened = vault.open_keep(sealed_name(meeting), bytes(row["box"]), VERSION)
    return Memo(opened.decode(), row["erase_on"])
