"""*Mon équipe*, for those who are in it."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from recul.organisation.actions import memberships
from recul.organisation.queries import elections, teams
from recul.organisation.queries.shapes import MyTeam
from recul.organisation.routes import within
from recul.web.forms import Form
from recul.web.pages import page, see_other
from recul.web.reach import Reach
from recul.web.viewer import WebRequest


async def show_team(request: WebRequest, mine: MyTeam, form: Form | None = None) -> Response[Any]:
    """The page of a team for its members, with what was wrong in their ballot."""
    team = mine.team.id
    errors = form.errors if form else {}
    return page(
        request,
        "organisation/team.html",
        status=422 if errors else 200,
        mine=mine,
        team=mine.team,
        members=await teams.members(team),
        managers=await teams.managers(team),
        election=await elections.election(team),
        ballot=await elections.own_ballot(request.viewer.id, team),
        errors=errors,
    )


@get("/equipes", reach=Reach.BELONGING, thing="own_teams")
async def index(request: WebRequest) -> Response[Any]:
    mine = await teams.my_teams(request.viewer.id)
    managed = await teams.managed_teams(request.viewer.id)
    if len(mine) == 1 and not managed:
        return see_other(request, f"/equipes/{mine[0].team.id}")
    return page(request, "organisation/my_teams.html", mine=mine, managed=managed)


@get("/equipes/{team:uuid}", reach=Reach.TEAM, thing="team")
async def show(request: WebRequest, team: FromPath[UUID]) -> Response[Any]:
    return await show_team(request, await within.my_team(request, team))


@post("/equipes/{team:uuid}/principale", reach=Reach.TEAM, thing="own_teams")
async def make_home(request: WebRequest, team: FromPath[UUID]) -> Response[Any]:
    """The person herself says which of her teams is the one for trends."""
    mine = await within.my_team(request, team)
    await memberships.make_home(request.viewer.id, mine.membership)
    return see_other(request, "/equipes", note="home-chosen")


handlers = [index, show, make_home]
