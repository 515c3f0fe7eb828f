"""The team's vote on letting its line manager read its figures."""

from typing import Any
from uuid import UUID

from litestar import Response, post
from litestar.params import FromPath

from recul.trends import team_pages
from recul.trends.actions import votes
from recul.trends.routes import reached
from recul.web.forms import read_form
from recul.web.pages import see_other
from recul.web.reach import Reach
from recul.web.viewer import WebRequest

VOICES = {"yes": True, "no": False, "none": None}


@post("/equipes/{team:uuid}/partage", reach=Reach.TEAM, thing="upward_vote")
async def give(request: WebRequest, team: FromPath[UUID]) -> Response[Any]:
    """A voice is about the publication that was read: an older form counts for nothing."""
    reading = await reached.as_member(request, team)
    form = await read_form(request)
    standing = await team_pages.standing(reading)
    last = standing.story.latest.cycle if standing.story else 0
    voice = form.typed("voice")
    back = f"/equipes/{team}/tendance"
    if not last or voice not in VOICES:
        return see_other(request, back)
    if form.typed("cycle") != str(last):
        return see_other(request, back, note="voice-late")
    await votes.vote(request.viewer.id, team, last, yes=VOICES[voice])
    return see_other(request, back, note="voice-counted")


handlers = [give]
