"""The tree, and one organisation as a whole: its name, who organises, who facilitates."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from recul.organisation import forms, rules
from recul.organisation.actions import places, roles, structure
from recul.organisation.actions.roles import LastOrganiser
from recul.organisation.actions.structure import NameTaken
from recul.organisation.queries import people, trust
from recul.organisation.queries import places as waiting
from recul.organisation.queries import structure as queries
from recul.organisation.queries.shapes import OrganisationRow
from recul.organisation.routes import within
from recul.web.forms import Form, read_form
from recul.web.i18n import Said
from recul.web.pages import page, see_other
from recul.web.reach import Reach
from recul.web.viewer import WebRequest
from recul.words import N_

KINDS = (rules.ORGANISER, rules.FACILITATOR)
LAST = N_("Il faut au moins une personne pour organiser. Invitez d’abord quelqu’un d’autre.")


async def show_whole(
    request: WebRequest, organisation: OrganisationRow, form: Form | None = None, **errors: Said
) -> Response[Any]:
    """The page of one organisation, with what was wrong in one of its forms."""
    found = errors | (form.errors if form else {})
    return page(
        request,
        "organisation/organisation.html",
        status=422 if found else 200,
        organisation=organisation,
        roles=await people.in_roles(organisation.id),
        places=await waiting.of_organisation(organisation.id),
        trust=await trust.settings(organisation.id),
        settings=rules.TRUST_SETTINGS,
        labels=rules.ROLE_LABELS,
        by_mail=request.settings.smtp is not None,
        errors=found,
        typed=form.typed if form else lambda _: "",
    )


@get("/structure", reach=Reach.ORGANISER, thing="structure")
async def tree(request: WebRequest) -> Response[Any]:
    trees = await queries.trees(request.viewer.id)
    return page(request, "organisation/tree.html", trees=trees, errors={}, asked=None, name="")


@post("/structure/{organisation:uuid}/services", reach=Reach.ORGANISER, thing="structure")
async def add_unit(request: WebRequest, organisation: FromPath[UUID]) -> Response[Any]:
    whole, form = await within.organisation(request, organisation), await read_form(request)
    name = forms.name(form)
    try:
        if form.ok:
            unit = await structure.add_unit(whole.id, name)
            return see_other(request, f"/structure/services/{unit}", note="unit-added")
    except NameTaken:
        form.error("name", forms.NAME_TAKEN)
    trees = await queries.trees(request.viewer.id)
    context = {"errors": form.errors, "asked": whole.id, "name": name}
    return page(request, "organisation/tree.html", status=422, trees=trees, **context)


@get("/structure/{organisation:uuid}", reach=Reach.ORGANISER, thing="people")
async def show(request: WebRequest, organisation: FromPath[UUID]) -> Response[Any]:
    return await show_whole(request, await within.organisation(request, organisation))


@post("/structure/{organisation:uuid}/nom", reach=Reach.ORGANISER, thing="structure")
async def rename(request: WebRequest, organisation: FromPath[UUID]) -> Response[Any]:
    whole, form = await within.organisation(request, organisation), await read_form(request)
    name = forms.name(form)
    if not form.ok:
        return await show_whole(request, whole, form)
    await structure.rename(whole.id, name)
    return see_other(request, f"/structure/{whole.id}", note="structure-saved")


@post("/structure/{organisation:uuid}/invitations", reach=Reach.ORGANISER, thing="invitations")
async def ask(request: WebRequest, organisation: FromPath[UUID]) -> Response[Any]:
    """Keep places for people who will organise or facilitate."""
    whole, form = await within.organisation(request, organisation), await read_form(request)
    newcomers = forms.newcomers(form, KINDS, None)
    if not form.ok:
        return await show_whole(request, whole, form)
    await places.ask(whole.id, newcomers)
    return see_other(request, f"/structure/{whole.id}", note="places-kept")


@post("/structure/roles/{role:uuid}/fin", reach=Reach.ORGANISER, thing="people")
async def end_role(request: WebRequest, role: FromPath[UUID]) -> Response[Any]:
    ended = within.found(await people.role(request.viewer.id, role))
    whole = await within.organisation(request, ended["organisation"])
    try:
        await roles.end(ended)
    except LastOrganiser:
        return await show_whole(request, whole, roles=Said(LAST))
    own = ended["account"] == request.viewer.id and ended["kind"] == rules.ORGANISER
    return see_other(request, "/" if own else f"/structure/{whole.id}", note="role-ended")


handlers = [tree, add_unit, show, rename, ask, end_role]
