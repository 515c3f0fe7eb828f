"""What somebody has at the same time as the dates of a cycle: a warning, never a refusal."""

from uuid import UUID

from recul import clock
from recul.booking.queries.agenda import Engagement, clashes
from recul.booking.queries.within import coming, meetings


async def of_cycle(viewer: UUID, cycle: UUID) -> list[Engagement]:
    """The viewer's own other dates that overlap with those to come of a cycle."""
    dates = coming(await meetings(cycle), clock.now())
    return await clashes(viewer, [date.slot for date in dates], but=cycle)
