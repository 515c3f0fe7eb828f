"""What a planner chooses from, as far as she reaches it: who may lead a group, which teams."""

from uuid import UUID

from recul.accounts.queries import are_leaving
from recul.booking.queries.plans import Ground
from recul.organisation import rules
from recul.organisation.queries import people, structure

Offered = dict[UUID, str]


async def facilitators(viewer: UUID, name: str, ground: Ground) -> Offered:
    """An organiser chooses among those who facilitate there and stay; a facilitator has herself."""
    if not ground.organised:
        return {viewer: name}
    leaving = await are_leaving()
    return {
        row["account"]: row["display_name"]
        for row in await people.in_roles(ground.id)
        if row["kind"] == rules.FACILITATOR and row["account"] not in leaving
    }


async def teams(viewer: UUID, ground: Ground) -> Offered:
    """The open teams of an organisation, for who organises it."""
    if not ground.organised:
        return {}
    return {
        team.id: f"{team.name} · {team.unit_name}"
        for team in await structure.teams(viewer)
        if team.organisation == ground.id
    }
