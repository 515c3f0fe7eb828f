"""The election of a steward: one voice each, which can be changed or taken back."""

from uuid import UUID, uuid4

from piccolo.querystring import QueryString

from recul.database import fetch
from recul.organisation.tables import StewardBallot

# Both must be in the team at the moment of the vote, and neither above it.
VOTE = """
INSERT INTO steward_ballot (id, team, voter, candidate)
SELECT {}, v.team, v.account, c.account
FROM membership v JOIN membership c ON c.team = v.team AND c.ended_on IS NULL
WHERE v.team = {} AND v.ended_on IS NULL AND v.account = {} AND c.account = {}
    AND NOT EXISTS (SELECT 1 FROM line_manager l WHERE l.team = v.team
        AND l.account IN (v.account, c.account) AND l.ended_on IS NULL)
ON CONFLICT (team, voter) DO UPDATE SET candidate = excluded.candidate
RETURNING id
"""


async def vote(viewer: UUID, team: UUID, candidate: UUID) -> bool:
    """Give the viewer's one voice to a member of her team; False when they are not both in it,
    or one of them answers for it."""
    return bool(await fetch(QueryString(VOTE, uuid4(), team, viewer, candidate)))


async def take_back(viewer: UUID, team: UUID) -> None:
    await StewardBallot.delete().where(StewardBallot.team == team, StewardBallot.voter == viewer)
