"""Loading the team that a path names, within the viewer's reach: the rest is not found."""

from typing import Any
from uuid import UUID

from litestar import Response
from litestar.exceptions import NotFoundException

from recul.organisation.queries import teams, trust
from recul.trends import queries_team
from recul.trends.queries_team import Reading
from recul.web.pages import page
from recul.web.viewer import WebRequest


async def reading(request: WebRequest, team: UUID) -> Reading:
    """A team of the viewer's, or one that shares with her as its line manager."""
    found = await queries_team.reading(request.viewer.id, team)
    if found is None:
        raise NotFoundException
    return found


async def unshared(request: WebRequest, team: UUID) -> Response[Any]:
    """For the line manager of a team that shares nothing with her, voted or not: not found,
    in kinder words. Anybody else has strayed."""
    managed = await teams.managed_team(request.viewer.id, team)
    if managed is None:
        raise NotFoundException
    settings = await trust.settings(managed.organisation)
    delay = settings["manager_delay_days"]
    return page(request, "trends/unshared.html", status=404, team=managed, delay=delay)


async def as_member(request: WebRequest, team: UUID) -> Reading:
    found = await reading(request, team)
    if not found.member:
        raise NotFoundException
    return found
