"""*Dit, fait*: what a team said it would do, by when, and what came of it."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from recul import clock
from recul.trends import queries_team, team_pages, team_words
from recul.trends.actions import commitments
from recul.trends.queries_team import Reading
from recul.trends.routes import reached
from recul.web.forms import Form, read_form
from recul.web.pages import page, see_other
from recul.web.reach import Reach
from recul.web.viewer import WebRequest
from recul.words import N_

TEXT = 300
NAME = 80
ALL = -1


async def show_commitments(
    request: WebRequest, reading: Reading, form: Form | None = None, about: UUID | None = None
) -> Response[Any]:
    """`about`: the commitment whose form was wrong; none for the form of a new one."""
    kept = await queries_team.commitments(reading.team.id, ALL)
    standing = await team_pages.standing(reading)
    last = standing.story.latest.cycle if standing.story else 0
    return page(
        request,
        "trends/commitments.html",
        status=422 if form else 200,
        team=reading.team,
        open_ones=[one for one in kept if one.state in ("said", "partly")],
        settled=[one for one in kept if one.state not in ("said", "partly")],
        fresh=sum(one.said_in == last for one in kept) if last else 0,
        states=team_words.STATES,
        about=about,
        errors=form.errors if form else {},
        typed=form.typed if form else lambda _: "",
    )


@get("/equipes/{team:uuid}/engagements", reach=Reach.TEAM, thing="team_talk")
async def show(request: WebRequest, team: FromPath[UUID]) -> Response[Any]:
    return await show_commitments(request, await reached.as_member(request, team))


@post("/equipes/{team:uuid}/engagements", reach=Reach.TEAM, thing="team_talk")
async def add(request: WebRequest, team: FromPath[UUID]) -> Response[Any]:
    reading, form = await reached.as_member(request, team), await read_form(request)
    text = form.text("text", longest=TEXT, required=N_("Écrivez ce que l’équipe va faire."))
    owner_name = form.text("owner_name", longest=NAME)
    due_on = form.date("due_on")
    if due_on and not 0 <= (due_on - clock.today()).days <= 366:
        form.error("due_on", N_("Choisissez un jour à venir, dans l’année."))
    if not form.ok:
        return await show_commitments(request, reading, form)
    standing = await team_pages.standing(reading)
    last = standing.story.latest.cycle if standing.story else 0
    await commitments.add(team, last, text, owner_name, due_on)
    return see_other(request, f"/equipes/{team}/engagements", note="commitment-kept")


@post("/equipes/{team:uuid}/engagements/{commitment:uuid}", reach=Reach.TEAM, thing="team_talk")
async def tell(
    request: WebRequest, team: FromPath[UUID], commitment: FromPath[UUID]
) -> Response[Any]:
    reading, form = await reached.as_member(request, team), await read_form(request)
    if await queries_team.commitment(team, commitment) is None:
        raise NotFoundException
    state = form.choice("state", tuple(team_words.STATES))
    outcome = form.text("outcome", longest=TEXT)
    if not state:
        form.error("state", N_("Choisissez où en est cet engagement."))
    if not form.ok:
        return await show_commitments(request, reading, form, commitment)
    await commitments.tell(team, commitment, state, outcome)
    return see_other(request, f"/equipes/{team}/engagements", note="commitment-kept")


handlers = [show, add, tell]
