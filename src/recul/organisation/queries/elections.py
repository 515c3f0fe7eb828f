"""Who a team chose to represent it: how many voices each has, never whose."""

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from piccolo.querystring import QueryString

from recul.accounts.queries import PERSON
from recul.database import fetch
from recul.organisation import rules
from recul.organisation.queries.shapes import Person
from recul.organisation.queries.teams import ANSWERS

VOTES = f"""
SELECT m.account, p.display_name, b.candidate
FROM membership m
JOIN {PERSON} p ON p.account = m.account
LEFT JOIN steward_ballot b ON b.team = m.team AND b.voter = m.account
WHERE m.team = {{}} AND m.ended_on IS NULL AND NOT {ANSWERS}
"""


@dataclass(frozen=True, slots=True)
class Election:
    members: int
    votes: list[tuple[Person, int]]
    """Those who have at least one voice, most first."""
    steward: Person | None

    @property
    def needed(self) -> int:
        """How many voices make a steward."""
        return self.members // 2 + 1


async def election(team: UUID) -> Election:
    """Ballots of members for members: neither who left votes or is elected, nor who answers for
    the team, since it is not the hierarchy that chooses."""
    rows = await fetch(QueryString(VOTES, team))
    people = {row["account"]: Person(row["account"], row["display_name"]) for row in rows}
    counts = Counter(row["candidate"] for row in rows if row["candidate"] in people)
    ranked = sorted(counts.items(), key=lambda v: (-v[1], people[v[0]].display_name.casefold()))
    elected = rules.steward(counts, len(people))
    votes = [(people[candidate], count) for candidate, count in ranked]
    return Election(len(people), votes, people[elected] if elected else None)


async def steward(team: UUID) -> Person | None:
    """Whom more than half of the members chose, if anybody."""
    return (await election(team)).steward


async def own_ballot(viewer: UUID, team: UUID) -> UUID | None:
    """Whom the viewer chose."""
    statement = "SELECT candidate FROM steward_ballot WHERE voter = {} AND team = {}"
    rows = await fetch(QueryString(statement, viewer, team))
    return rows[0]["candidate"] if rows else None
