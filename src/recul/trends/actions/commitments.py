"""What a team says it will do, and what came of it: *dit, fait*."""

from datetime import date
from uuid import UUID, uuid4

from piccolo.querystring import QueryString

from recul.database import fetch
from recul.trends.team_words import SAID

ADD = """
INSERT INTO commitment (id, team, said_in, text, owner_name, due_on, state, outcome)
VALUES ({}, {}, {}, {}, {}, {}, {}, {})
"""
TELL = "UPDATE commitment SET state = {}, outcome = {} WHERE id = {} AND team = {} RETURNING id"


async def add(team: UUID, said_in: int, text: str, owner_name: str, due_on: date | None) -> UUID:
    """`said_in`: the cycle of the publication that was talked about, or 0."""
    new = uuid4()
    await fetch(QueryString(ADD, new, team, said_in, text, owner_name, due_on, SAID, ""))
    return new


async def tell(team: UUID, commitment: UUID, state: str, outcome: str) -> bool:
    """What came of it, so far. False when the team has no such commitment."""
    return bool(await fetch(QueryString(TELL, state, outcome, commitment, team)))
