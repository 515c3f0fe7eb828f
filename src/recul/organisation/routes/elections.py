"""The election of a team's steward, by its members only."""

from typing import Any
from uuid import UUID

from litestar import Response, post
from litestar.params import FromPath

from recul.organisation import forms
from recul.organisation.actions import ballots
from recul.organisation.routes import within
from recul.organisation.routes.my_teams import show_team
from recul.web.forms import read_form
from recul.web.pages import see_other
from recul.web.reach import Reach
from recul.web.viewer import WebRequest
from recul.words import N_

NOT_IN_TEAM = N_("Cette personne n’est pas, ou plus, dans l’équipe.")


@post("/equipes/{team:uuid}/referent", reach=Reach.TEAM, thing="ballot")
async def vote(request: WebRequest, team: FromPath[UUID]) -> Response[Any]:
    mine, form = await within.my_team(request, team), await read_form(request)
    candidate = forms.chosen_id(form, "candidate")
    if candidate and not await ballots.vote(request.viewer.id, mine.team.id, candidate):
        form.error("candidate", NOT_IN_TEAM)
    if not form.ok:
        return await show_team(request, mine, form)
    return see_other(request, f"/equipes/{team}", note="ballot-kept")


@post("/equipes/{team:uuid}/referent/retrait", reach=Reach.TEAM, thing="ballot")
async def take_back(request: WebRequest, team: FromPath[UUID]) -> Response[Any]:
    mine = await within.my_team(request, team)
    await ballots.take_back(request.viewer.id, mine.team.id)
    return see_other(request, f"/equipes/{team}", note="ballot-taken-back")


handlers = [vote, take_back]
