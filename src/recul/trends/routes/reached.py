"""Loading the team that a path names, within the viewer's reach: the rest is not found."""

from uuid import UUID

from litestar.exceptions import NotFoundException

from recul.trends import queries_team
from recul.trends.queries_team import Reading
from recul.web.viewer import WebRequest


async def reading(request: WebRequest, team: UUID) -> Reading:
    """A team of the viewer's, or one that shares with her as its line manager."""
    found = await queries_team.reading(request.viewer.id, team)
    if found is None:
        raise NotFoundException
    return found


async def as_member(request: WebRequest, team: UUID) -> Reading:
    found = await reading(request, team)
    if not found.member:
        raise NotFoundException
    return found
