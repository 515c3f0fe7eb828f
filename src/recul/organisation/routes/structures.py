"""What technical administrators do with organisations: found them, name who organises first.

They see names of organisations and of those who organise them, and nothing behind.
"""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from recul.accounts import forms as accounts
from recul.organisation import forms, rules
from recul.organisation.actions import places, structure
from recul.organisation.actions.places import Sheet
from recul.organisation.actions.structure import NameTaken
from recul.organisation.queries import founding
from recul.organisation.queries import places as waiting
from recul.organisation.rules import Newcomer
from recul.web.forms import Form, read_form
from recul.web.pages import page
from recul.web.reach import Reach
from recul.web.viewer import WebRequest


async def _show(
    request: WebRequest, form: Form | None = None, sheet: Sheet | None = None
) -> Response[Any]:
    """The code of an invitation is in this answer only."""
    errors = form.errors if form else {}
    typed = {name: form.typed(name) if errors and form else "" for name in ("name", "email")}
    return page(
        request,
        "organisation/structures.html",
        status=422 if errors else 200,
        organisations=await founding.organisations(),
        errors=errors,
        typed=typed,
        asked=form.typed("organisation") if errors and form else "",
        sheets=[sheet] if sheet else [],
        site=request.settings.url,
    )


@get("/structures", reach=Reach.ADMINISTRATOR, thing="organisations")
async def index(request: WebRequest) -> Response[Any]:
    return await _show(request)


@post("/structures", reach=Reach.ADMINISTRATOR, thing="organisations")
async def found(request: WebRequest) -> Response[Any]:
    form = await read_form(request)
    name, first = forms.name(form), _first_organiser(form)
    if not form.ok:
        return await _show(request, form)
    try:
        organisation = await structure.found(name)
    except NameTaken:
        form.error("name", forms.NAME_TAKEN)
        return await _show(request, form)
    return await _show(request, sheet=await _invite(organisation, first))


@post(
    "/structures/{organisation:uuid}/organisation",
    reach=Reach.ADMINISTRATOR,
    thing="organisations",
)
async def appoint(request: WebRequest, organisation: FromPath[UUID]) -> Response[Any]:
    """Only where nobody organises: after that, organisers name one another."""
    if not await founding.is_orphan(organisation):
        raise NotFoundException
    form = await read_form(request)
    first = _first_organiser(form)
    if not form.ok:
        return await _show(request, form)
    for place in await founding.waiting_organisers(organisation):
        await places.withdraw(place)
    return await _show(request, sheet=await _invite(organisation, first))


def _first_organiser(form: Form) -> Newcomer:
    email = accounts.email(form)
    return Newcomer(email.partition("@")[0][:80], email, None, rules.ORGANISER)


async def _invite(organisation: UUID, newcomer: Newcomer) -> Sheet:
    [asked] = await places.ask(organisation, [newcomer])
    kept = await waiting.of_organisation(organisation)
    [sheet] = await places.invite([place for place in kept if place.id == asked])
    return sheet


handlers = [index, found, appoint]
