"""Groups that run themselves: one is started here, and its members say who joins."""

from typing import Any
from uuid import UUID, uuid4

import anyio.to_thread
from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from recul.booking import charters, kinds
from recul.booking.actions import peers
from recul.booking.forms import enrolling
from recul.booking.forms import peers as forms
from recul.booking.outcomes import Outcome
from recul.booking.plan import CyclePlan
from recul.booking.queries import agenda, hours, waiting, within
from recul.booking.queries.agenda import Engagement
from recul.booking.routes.hours import mine
from recul.database import UniqueViolation
from recul.organisation.queries import teams
from recul.web.forms import Form, read_form
from recul.web.i18n import translations
from recul.web.pages import page, see_other
from recul.web.reach import Reach
from recul.web.templates import language_of
from recul.web.viewer import WebRequest

NOTES = {
    Outcome.SEATED: "peer-welcomed",
    Outcome.WAITING: "peer-welcomed",
    Outcome.REFUSED: "peer-declined",
    Outcome.LINE: "peer-in-line",
    Outcome.ASKED: "voice-counted",
}


async def _ask(
    request: WebRequest, form: Form | None = None, clashes: list[Engagement] | None = None
) -> Response[Any]:
    say = translations(language_of(request)).gettext
    return page(
        request,
        "booking/peers/new.html",
        status=422 if form else 200,
        organisations=await teams.organisations_of(request.viewer.id),
        kinds=kinds.SELF_MANAGED,
        group=uuid4(),
        charter=charters.usual(say, self_managed=True),
        clashes=clashes,
        kind_label=kinds.label,
        errors=form.errors if form else {},
        typed=form.typed if form else None,
    )


@get("/groupes/autogeres/nouveau", reach=Reach.BELONGING, thing="own_groups")
async def new(request: WebRequest) -> Response[Any]:
    return await _ask(request)


@post("/groupes/autogeres", reach=Reach.BELONGING, thing="own_groups")
async def start(request: WebRequest) -> Response[Any]:
    form = await read_form(request)
    whole = await mine(request, form.id("structure"))
    rules, language = await hours.rules(whole.id), language_of(request)
    wanted = await anyio.to_thread.run_sync(forms.wanted, form, rules, language)
    if wanted is None:
        return await _ask(request, form)
    made, group, cycle = wanted
    if clashes := await _unforeseen(request, form, cycle, made):
        return await _ask(request, form, clashes)
    try:
        started = await peers.start(request.viewer.id, whole.id, group, cycle, made)
    except UniqueViolation:
        return see_other(request, "/groupes", note="peers-started")
    return see_other(request, f"/groupes/cycles/{started}", note="peers-started")


async def _unforeseen(
    request: WebRequest, form: Form, cycle: CyclePlan, made: UUID
) -> list[Engagement]:
    """What she has at the same time and did not say that she knows. The dates of the group itself
    are those of the same form, sent before."""
    if form.flag("overlap_ok"):
        return []
    found = await agenda.clashes(request.viewer.id, list(cycle.slots))
    others = [one for one in found if one.group != made]
    if others:
        enrolling.refuse(form, Outcome.OVERLAP)
    return others


@post("/groupes/demandes/{enrolment:uuid}/voix", reach=Reach.SEATED, thing="group_inside")
async def say(request: WebRequest, enrolment: FromPath[UUID]) -> Response[Any]:
    """Yes or no to somebody who asks to join."""
    viewer, form = request.viewer.id, await read_form(request)
    found = await waiting.request(viewer, enrolment)
    if found is None or await within.seated_cycle(viewer, found.cycle) is None:
        raise NotFoundException
    agrees = form.choice("voice", ("yes", "no")) or None
    back = f"/groupes/cycles/{found.cycle}/participants"
    if agrees is None:
        return see_other(request, back)
    outcome = await peers.say(request.settings, viewer, enrolment, agrees == "yes")
    return see_other(request, back, note=NOTES.get(outcome, "peer-settled"))


handlers = [new, start, say]
