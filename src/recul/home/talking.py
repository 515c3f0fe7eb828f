"""*En parler ?*: where a person could talk, for the page of a heavy week."""

from dataclasses import dataclass

from recul import clock
from recul.booking.queries import my_groups, supervision
from recul.booking.queries.my_groups import Proposed
from recul.web.reach import IN_HOUSE
from recul.web.viewer import Viewer

MOST = 2


@dataclass(frozen=True, slots=True)
class Talk:
    groups: list[Proposed]
    """With a free seat, the next to begin first."""
    supervision: bool
    """Somebody offers any."""


async def talk(viewer: Viewer) -> Talk | None:
    """The next open places, or none. Ask for it whatever the week was like: who watches the
    database must not learn of a heavy one by what is read then."""
    if viewer.standings.isdisjoint(IN_HOUSE):
        return None
    found, _ = await my_groups.proposed(viewer.id)
    offered = any(one.can_book for one in await supervision.offers(viewer.id, clock.now()))
    free = [one for one in found if one.free > 0][:MOST]
    return Talk(free, offered) if free or offered else None
