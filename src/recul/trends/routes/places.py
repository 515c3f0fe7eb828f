"""Units and organisations: sums of figures that were noisy already, for those who work there."""

from typing import Any
from uuid import UUID

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from recul.trends import queries, queries_team, team_pages
from recul.trends.team_story import story
from recul.web.pages import page
from recul.web.reach import Reach
from recul.web.viewer import WebRequest


@get("/equipes/service/{unit:uuid}", reach=Reach.INSIDER, thing="upper_trend")
async def show_unit(request: WebRequest, unit: FromPath[UUID]) -> Response[Any]:
    found = await queries_team.unit(request.viewer.id, unit)
    if found is None:
        raise NotFoundException
    published = await queries.published_of_place(unit, after=team_pages.since())
    told = story(published, together=True)
    return page(request, "trends/place.html", place=found, whole=False, units=[], story=told)


@get("/equipes/structure/{organisation:uuid}", reach=Reach.INSIDER, thing="upper_trend")
async def show_organisation(request: WebRequest, organisation: FromPath[UUID]) -> Response[Any]:
    found = await queries_team.member_of(request.viewer.id, organisation)
    if found is None:
        raise NotFoundException
    published = await queries.published_of_place(organisation, after=team_pages.since())
    return page(
        request,
        "trends/place.html",
        place=found,
        whole=True,
        units=await queries_team.units(found),
        story=story(published, together=True),
    )


handlers = [show_unit, show_organisation]
