"""The sheet for talking together: thirty minutes, one page of paper, with figures or without."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from litestar import Response, get
from litestar.params import FromPath

from recul.documents import attachment, render
from recul.trends import queries_team, talk, team_pages
from recul.trends.queries_team import Reading
from recul.trends.routes import reached
from recul.trends.talk import Sheet
from recul.web import dates
from recul.web.i18n import translations
from recul.web.pages import page
from recul.web.reach import Reach
from recul.web.templates import language_of
from recul.web.viewer import WebRequest
from recul.words import N_

LATELY = 3
"""Cycles back to which settled commitments are read again."""


@get("/equipes/{team:uuid}/feuille", reach=Reach.TEAM, thing="team_talk")
async def show(request: WebRequest, team: FromPath[UUID]) -> Response[Any]:
    reading = await reached.as_member(request, team)
    sheet, out_on = await _sheet(reading, language_of(request))
    return page(request, "trends/sheet.html", team=reading.team, sheet=sheet, out_on=out_on)


@get("/equipes/{team:uuid}/feuille.pdf", reach=Reach.TEAM, thing="team_talk")
async def as_pdf(request: WebRequest, team: FromPath[UUID]) -> Response[bytes]:
    reading = await reached.as_member(request, team)
    language = language_of(request)
    sheet, out_on = await _sheet(reading, language)
    told = asdict(sheet) | {"team": reading.team.name, "out_on": out_on}
    content = await render("team-sheet", told, title=sheet.title, language=language)
    return attachment(content, "feuille-de-discussion.pdf", "application/pdf")


async def _sheet(reading: Reading, language: str) -> tuple[Sheet, str]:
    """The sheet, and a word on the day of its publication; empty without figures."""
    say = translations(language).gettext
    standing = await team_pages.standing(reading)
    last = standing.story.latest.cycle if standing.story else 0
    said = await queries_team.commitments(reading.team.id, last - LATELY)
    out_on = ""
    if standing.story and standing.out_on:
        day = dates.day_short(standing.out_on, language)
        out_on = say(N_("publication du %(day)s")) % {"day": day}
    return talk.sheet(standing.story, said, say), out_on


handlers = [show, as_pdf]
