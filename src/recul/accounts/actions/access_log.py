"""Noting what happens to an account, sealed so that its person alone can read it.

Every note runs the same statements and has the same size: neither rows nor logs tell kinds.
"""

from datetime import timedelta
from uuid import UUID

from piccolo.querystring import QueryString

from recul import clock
from recul.accounts import second_queries, throttle
from recul.accounts.accesses import MOST, Access, Kind, forget_on, written
from recul.accounts.tables import AccessEvent
from recul.database import fetch, write_transaction
from recul.settings import Settings
from recul.vault.boxes import deposit

__all__ = ["Kind", "forget_old", "note", "note_failure"]

FAILURES_A_DAY = 10
"""Noted of one kind: whoever fails on purpose must not push out what else was noted."""


async def note(account: UUID, kind: Kind, detail: str = "") -> None:
    """Note something, in the transaction of what it tells of if there is one."""
    async with write_transaction():
        reader = await second_queries.note_reader(account)
        if reader is None:
            return
        day = clock.local(reader.time_zone).date()
        box = deposit(reader.public_key, written(Access(day, kind, detail)))
        await AccessEvent.insert(AccessEvent(account=account, box=box, forget_on=forget_on(day)))
        await _keep_the_newest(account)


async def note_failure(settings: Settings, account: UUID, kind: Kind) -> None:
    """Note a secret that was refused, unless that was noted often today."""
    name = f"noted:{account}:{kind.value}"
    if not await throttle.often(settings, name, FAILURES_A_DAY, timedelta(hours=24)):
        await note(account, kind)


async def _keep_the_newest(account: UUID) -> None:
    """Days are sealed too: the month in which notes are forgotten is all the order there is."""
    await fetch(
        QueryString(
            """
            DELETE FROM access_event WHERE id IN (
                SELECT id FROM access_event WHERE account = {}
                ORDER BY forget_on DESC, id LIMIT 1000 OFFSET {}
            )
            """,
            account,
            MOST,
        )
    )


async def forget_old() -> None:
    await AccessEvent.delete().where(AccessEvent.forget_on <= clock.today())
