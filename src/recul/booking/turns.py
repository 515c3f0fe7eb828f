"""Whose turn it is: roles of a meeting proposed to those who had them least, and longest ago."""

from collections import Counter
from collections.abc import Mapping, Sequence
from uuid import UUID

Taken = Mapping[str, UUID]
"""Who has which role at one meeting."""


def proposed(
    roles: Sequence[str], people: Sequence[UUID], past: Sequence[Taken], taken: Taken
) -> dict[str, UUID]:
    """Somebody for each role of a meeting that nobody has yet.

    `people`: those who will be there, in the order in which they joined. `past`: the meetings
    before, oldest first. Nobody is proposed for two roles while somebody has none.
    """
    busy, found = Counter(taken.values()), dict[str, UUID]()
    for role in roles:
        if role in taken or not people:
            continue
        ranks = {one: _rank(one, role, past) for one in people}
        chosen = min(people, key=lambda one: (busy[one], *ranks[one], people.index(one)))
        found[role] = chosen
        busy[chosen] += 1
    return found


def _rank(person: UUID, role: str, past: Sequence[Taken]) -> tuple[int, int, int]:
    """How often she had this role, when she last had it, and how often she had any."""
    had = [number for number, meeting in enumerate(past) if meeting.get(role) == person]
    any_role = sum(1 for meeting in past for one in meeting.values() if one == person)
    return len(had), had[-1] if had else -1, any_role
