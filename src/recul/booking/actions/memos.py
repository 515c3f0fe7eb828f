"""A facilitator's memo of one meeting: sealed in her vault, erased on a day that she chose."""

from datetime import date
from uuid import UUID, uuid4

from piccolo.querystring import QueryString

from recul import clock
from recul.booking.queries.memos import VERSION, sealed_name
from recul.booking.tables import MeetingMemo
from recul.database import fetch, write_transaction
from recul.vault.opened import OpenVault

KEEP = """
INSERT INTO meeting_memo (id, vault, meeting, box, erase_on) VALUES ({}, {}, {}, {}, {})
ON CONFLICT (vault, meeting) DO UPDATE SET box = excluded.box, erase_on = excluded.erase_on
"""


async def keep(vault: OpenVault, meeting: UUID, text: str, erase_on: date) -> None:
    """Seal the memo in place of the one before; an empty text erases it."""
    async with write_transaction():
        if not text:
            await MeetingMemo.delete().where(
                MeetingMemo.vault == vault.id, MeetingMemo.meeting == meeting
            )
            return
        box = vault.seal_keep(sealed_name(meeting), text.encode(), VERSION)
        await fetch(QueryString(KEEP, uuid4(), vault.id, meeting, box, erase_on))


async def forget_old() -> None:
    """Erase the memos whose day has come."""
    await MeetingMemo.delete().where(MeetingMemo.erase_on <= clock.today())
