"""The sheet for talking together: thirty minutes, one page of paper, with figures or without."""

from typing import Any
from uuid import UUID

from litestar import Response, get
from litestar.params import FromPath

from recul.trends import cycles, queries_team, team_pages, team_words
from recul.trends.routes import reached
from recul.web.pages import page
from recul.web.reach import Reach
from recul.web.viewer import WebRequest

LATELY = 3
"""Cycles back to which settled commitments are read again."""
MOST = 4
"""Questions about what moved; more are not talked about in half an hour."""


@get("/equipes/{team:uuid}/feuille", reach=Reach.TEAM, thing="team_talk")
async def show(request: WebRequest, team: FromPath[UUID]) -> Response[Any]:
    reading = await reached.as_member(request, team)
    standing = await team_pages.standing(reading)
    told = standing.story
    last = told.latest.cycle if told else 0
    asked = team_words.questions(told.changes)[:MOST] if told else team_words.WITHOUT_FIGURES
    return page(
        request,
        "trends/sheet.html",
        team=reading.team,
        story=told,
        out_on=cycles.first_day(last + 1) if last else None,
        asked=asked or team_words.WITHOUT_FIGURES,
        sharing_out=team_words.SHARING_OUT,
        said=await queries_team.commitments(team, last - LATELY),
        states=team_words.STATES,
    )


handlers = [show]
