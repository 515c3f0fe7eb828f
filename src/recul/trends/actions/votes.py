"""The vote of a team on letting its line manager read its figures.

One voice a member and a publication. What the voices come to is counted among those who are in
the team at that moment, each time that one is given or taken back; it stands until the next, and
each publication is voted on anew. So a decision is never made by somebody's silence.
"""

from uuid import UUID, uuid4

from piccolo.querystring import QueryString

from recul.database import fetch, write_transaction
from recul.trends.queries_team import is_majority, upward_vote

# Also the lock under which voices are counted one after the other.
BEGIN = """
INSERT INTO upward_decision (id, team, cycle, agreed) VALUES ({}, {}, {}, {})
ON CONFLICT (team, cycle) DO UPDATE SET agreed = upward_decision.agreed
"""
GIVE = """
INSERT INTO upward_vote (id, team, cycle, voter, yes) VALUES ({}, {}, {}, {}, {})
ON CONFLICT (team, cycle, voter) DO UPDATE SET yes = excluded.yes
"""
TAKE_BACK = "DELETE FROM upward_vote WHERE team = {} AND cycle = {} AND voter = {}"
DECIDE = "UPDATE upward_decision SET agreed = {} WHERE team = {} AND cycle = {}"
FORGET_OLD = "DELETE FROM upward_vote WHERE team = {} AND cycle < {}"


# Voices are counted when they are given; once the team has a newer publication they are of no use.
OUTLIVED = """
DELETE FROM upward_vote WHERE EXISTS (
    SELECT 1 FROM cell c JOIN publication p ON p.cell = c.id AND p.published
    WHERE c.team = upward_vote.team AND p.cycle > upward_vote.cycle)
"""


async def forget_old() -> None:
    """What they came to stays decided."""
    await fetch(QueryString(OUTLIVED))


async def vote(voter: UUID, team: UUID, cycle: int, *, yes: bool | None) -> bool:
    """Give a voice, change it, or take it back (None); False for who has none:
    she is not in the team, or answers for it."""
    async with write_transaction():
        await fetch(QueryString(BEGIN, uuid4(), team, cycle, False))
        if not (await upward_vote(voter, team, cycle)).votes:
            return False
        if yes is None:
            await fetch(QueryString(TAKE_BACK, team, cycle, voter))
        else:
            await fetch(QueryString(GIVE, uuid4(), team, cycle, voter, yes))
        counted = await upward_vote(voter, team, cycle)
        agreed = is_majority(counted.yes, counted.members)
        await fetch(QueryString(DECIDE, agreed, team, cycle))
        await fetch(QueryString(FORGET_OLD, team, cycle))
    return True
