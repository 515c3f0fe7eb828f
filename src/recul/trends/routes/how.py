"""*Comment c’est calculé*: the mechanism with this team's parameters, and its limits."""

from typing import Any
from uuid import UUID

from litestar import Response, get
from litestar.params import FromPath

from recul.organisation.queries import teams
from recul.trends import cycles, figures, queries, sums, team_pages
from recul.trends.contribution import REACH
from recul.trends.illustration import draws
from recul.trends.routes import reached
from recul.web.pages import page
from recul.web.reach import Reach
from recul.web.viewer import WebRequest


@get("/equipes/{team:uuid}/calcul", reach=Reach.TEAM_READER, thing="team_trend")
async def show(request: WebRequest, team: FromPath[UUID]) -> Response[Any]:
    reading = await reached.reading(request, team)
    standing = await team_pages.standing(reading)
    on_roster = set(await queries.roster(standing.cell)) if standing.cell else set()
    members = await teams.members(team)
    is_open = await queries.open_cycle()
    return page(
        request,
        "trends/how.html",
        reading=reading,
        team=reading.team,
        standing=standing,
        first=cycles.first_day(is_open) if is_open else None,
        last=cycles.last_day(is_open) if is_open else None,
        counted=[one.display_name for one in members if one.account in on_roster],
        later=[one.display_name for one in members if one.account not in on_roster],
        roster_minimum=max(reading.settings["roster_minimum"], figures.ROSTER_MINIMUM),
        delay=reading.settings["manager_delay_days"],
        count_minimum=figures.COUNT_MINIMUM,
        reach=REACH // 10,
        noise=sums.SUM_SCALE // 10,
        draws=draws(),
    )


handlers = [show]
