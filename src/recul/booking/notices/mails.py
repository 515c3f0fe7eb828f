"""Which mail told what: so that one that has not left can be taken back.

The id of a mail is made of what it tells, the row that it tells of, and its reader. A mail that
was sent stays in the outbox for a day: the next of its kind takes the next of a few ids.
"""

from typing import NamedTuple
from uuid import UUID, uuid4, uuid5

from recul.notifications import actions, queries

SPACE = UUID("6b0f5a3e-6d0c-4f2b-9a0e-3c8c1c5f7d21")
COPIES = 6
"""Of one mail within a day; one more has an id that nobody knows, and is not taken back."""


class Key(NamedTuple):
    """What a mail tells, and of which row."""

    what: str
    row: UUID


def ids(key: Key, reader: UUID) -> list[UUID]:
    return [uuid5(SPACE, f"{key.what}:{key.row}:{reader}:{copy}") for copy in range(COPIES)]


async def free(key: Key, reader: UUID) -> UUID:
    """An id for a new mail."""
    mails = ids(key, reader)
    known = await queries.states(mails)
    return next((mail for mail in mails if mail not in known), uuid4())


async def taken_back(reader: UUID, kind: str, *keys: Key) -> set[Key]:
    """Withdraw mails of a kind that have not left; gives those that the reader will never see."""
    waiting = set(await queries.waiting(reader, kind))
    if not waiting:
        return set()
    found = {mail: key for key in keys for mail in ids(key, reader) if mail in waiting}
    await actions.withdraw(*found)
    left = await queries.states(list(found))
    return {key for mail, key in found.items() if mail not in left}
