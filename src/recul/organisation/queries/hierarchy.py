"""Who is above or below whom: line managers, and the members of the teams they answer for."""

from uuid import UUID

from piccolo.querystring import QueryString

from recul.database import fetch

ABOVE = """
SELECT l.account FROM line_manager l JOIN membership m ON m.team = l.team
WHERE m.account = {} AND m.ended_on IS NULL AND l.ended_on IS NULL AND l.account <> m.account
"""
BELOW = """
SELECT m.account FROM line_manager l JOIN membership m ON m.team = l.team
WHERE l.account = {} AND m.ended_on IS NULL AND l.ended_on IS NULL AND l.account <> m.account
"""
IN_LINE = f"{ABOVE} UNION {BELOW}"
"""What other slices may put into a statement of theirs: the accounts below somebody, whose id
`BELOW` asks for once; those above and below her, `IN_LINE` twice."""


async def in_line(account: UUID) -> set[UUID]:
    """The accounts that answer for somebody, and those that she answers for, now."""
    return {row["account"] for row in await fetch(QueryString(IN_LINE, account, account))}
