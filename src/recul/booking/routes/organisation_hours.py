"""What an organisation reads of groups and supervision: dates and hours, and what it goes by."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from recul import clock
from recul.booking import kinds
from recul.booking.actions import hours
from recul.booking.areas import AREAS, ZONES
from recul.booking.queries import hours as queries
from recul.booking.queries.hours import Rules
from recul.booking.queries.supervision_given import minutes_given
from recul.booking.routes.hours import stretch
from recul.booking.rule_packs import packs
from recul.organisation.queries import structure
from recul.organisation.queries.shapes import OrganisationRow
from recul.web.forms import Form, read_form
from recul.web.i18n import translations
from recul.web.pages import page, see_other
from recul.web.reach import Reach
from recul.web.templates import language_of
from recul.web.viewer import WebRequest


async def _organised(request: WebRequest, organisation: UUID) -> OrganisationRow:
    found = await structure.organisation(request.viewer.id, organisation)
    if found is None:
        raise NotFoundException
    return found


async def _show(
    request: WebRequest, whole: OrganisationRow, form: Form | None = None
) -> Response[Any]:
    first, last = stretch(request, request.query_params.get("annee", ""))
    rules, say = await queries.rules(whole.id), translations(language_of(request)).gettext
    return page(
        request,
        "booking/hours/organisation.html",
        status=422 if form else 200,
        organisation=whole,
        first=first,
        this_year=stretch(request, "")[0].year,
        groups=await queries.by_group(whole.id, first, last, clock.now()),
        supervision=await minutes_given(whole.id, first, last, clock.now()),
        shown=await queries.shown(whole.id, first, last),
        rules=rules,
        pack=packs()[rules.rule_pack],
        rule_options=[(key, say(pack.label)) for key, pack in packs().items()],
        area_options=[(key, say(area.label)) for key, area in AREAS.items()],
        zones=ZONES,
        label=kinds.label,
        errors=form.errors if form else {},
        typed=form.typed if form else None,
    )


@get("/structure/{organisation:uuid}/heures", reach=Reach.ORGANISER, thing="shown_hours")
async def show(request: WebRequest, organisation: FromPath[UUID]) -> Response[Any]:
    return await _show(request, await _organised(request, organisation))


@post("/structure/{organisation:uuid}/regles", reach=Reach.ORGANISER, thing="groups_plan")
async def go_by(request: WebRequest, organisation: FromPath[UUID]) -> Response[Any]:
    whole, form = await _organised(request, organisation), await read_form(request)
    wanted = Rules(
        form.choice("rule_pack", tuple(packs()), next(iter(packs()))),
        form.choice("area", tuple(AREAS), next(iter(AREAS))),
        form.choice("zone", ZONES, ZONES[0]),
    )
    if not form.ok:
        return await _show(request, whole, form)
    await hours.go_by(whole.id, wanted)
    return see_other(request, f"/structure/{whole.id}/heures", note="structure-saved")


handlers = [show, go_by]
