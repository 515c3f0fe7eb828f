"""Erasing a journal whose keys are gone: moments by the handful, so that others write between."""

from uuid import UUID

from piccolo.querystring import QueryString

from recul.database import fetch

AT_ONCE = 500
SOME = """
DELETE FROM entry WHERE id IN (SELECT id FROM entry WHERE owner = {} LIMIT {}) RETURNING id
"""


async def forget(owner: UUID) -> None:
    """What else there is of a journal goes with its vault."""
    while await fetch(QueryString(SOME, owner, AT_ONCE)):
        pass
