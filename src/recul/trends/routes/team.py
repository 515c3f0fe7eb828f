"""The trend of a team: its page, its year on one sheet, and the markers beside its lines."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from recul import clock
from recul.trends import queries_team, team_pages, team_words
from recul.trends.actions import markers
from recul.trends.queries_team import Reading
from recul.trends.routes import reached
from recul.trends.routes.even import even
from recul.web.forms import Form, read_form
from recul.web.pages import page, see_other
from recul.web.reach import Reach
from recul.web.viewer import WebRequest
from recul.words import N_

MONTHS_BACK = 14
WORDS = 40


async def show_trend(
    request: WebRequest, reading: Reading, form: Form | None = None
) -> Response[Any]:
    """The page, with what was wrong in the form of a marker."""
    team, vault = reading.team.id, request.viewer.vault
    wanted = reading.member and vault and request.query_params.get("moi") == "1"
    kept = await team_pages.markers(reading)
    own = await team_pages.own_line(vault) if wanted and vault else None
    calm = request.query_params.get("ligne") == "calme"
    standing = await team_pages.standing(reading, kept, own, calm=calm)
    last = standing.story.latest.cycle if standing.story else 0
    member, delay = reading.member, timedelta(days=reading.settings["manager_delay_days"])
    return even(
        page(
            request,
            "trends/team.html",
            status=422 if form else 200,
            reading=reading,
            team=reading.team,
            standing=standing,
            markers=kept,
            marker_words=team_words.MARKERS,
            months=_months() if member else [],
            manager_from=standing.out_on and standing.out_on + delay,
            out_on=standing.out_on,
            vote=await queries_team.upward_vote(request.viewer.id, team, last) if member else None,
            said=await queries_team.commitments(team, last - 2) if member else [],
            states=team_words.STATES,
            own=own,
            calm=calm,
            errors=form.errors if form else {},
            typed=form.typed if form else lambda _: "",
        )
    )


def _months() -> list[date]:
    """First days of months, this one first."""
    today = clock.today()
    last = today.year * 12 + today.month - 1
    return [date(m // 12, m % 12 + 1, 1) for m in range(last, last - MONTHS_BACK, -1)]


@get("/equipes/{team:uuid}/tendance", reach=Reach.TEAM_READER, thing="team_trend")
async def show(request: WebRequest, team: FromPath[UUID]) -> Response[Any]:
    found = await queries_team.reading(request.viewer.id, team)
    if found is None:
        return await reached.unshared(request, team)
    return await show_trend(request, found)


@get("/equipes/{team:uuid}/annee", reach=Reach.TEAM_READER, thing="team_trend")
async def year(request: WebRequest, team: FromPath[UUID]) -> Response[Any]:
    """Thirteen cycles on one sheet of paper."""
    reading = await reached.reading(request, team)
    kept = await team_pages.markers(reading)
    standing = await team_pages.standing(reading, kept)
    if standing.story is None:
        return see_other(request, f"/equipes/{team}/tendance")
    return page(request, "trends/year.html", team=reading.team, story=standing.story)


@post("/equipes/{team:uuid}/reperes", reach=Reach.TEAM, thing="team_talk")
async def add_marker(request: WebRequest, team: FromPath[UUID]) -> Response[Any]:
    reading, form = await reached.as_member(request, team), await read_form(request)
    kind = form.choice("kind", (*team_words.MARKERS, team_words.OWN))
    own = kind == team_words.OWN
    words = form.text("words", longest=WORDS) if own else ""
    month = form.typed("month")
    if not kind:
        form.error("kind", N_("Choisissez ce qui s’est passé, ou « avec nos mots »."))
    if own and not words:
        form.error("words", N_("Écrivez en un ou deux mots ce qui s’est passé."))
    if month not in [one.isoformat() for one in _months()]:
        form.error("month", N_("Choisissez un mois de la liste."))
    if not form.ok:
        return await show_trend(request, reading, form)
    await markers.add(team, date.fromisoformat(month), kind, words)
    return see_other(request, f"/equipes/{team}/tendance", note="marker-kept")


@post("/equipes/{team:uuid}/reperes/{marker:uuid}/retrait", reach=Reach.TEAM, thing="team_talk")
async def erase_marker(
    request: WebRequest, team: FromPath[UUID], marker: FromPath[UUID]
) -> Response[Any]:
    await reached.as_member(request, team)
    if not await markers.erase(team, marker):
        raise NotFoundException
    return see_other(request, f"/equipes/{team}/tendance", note="marker-gone")


handlers = [show, year, add_marker, erase_marker]
