"""Inviting into a team: places are kept, then led to by printed sheets or by mail."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from litestar import Response, post
from litestar.params import FromPath

from recul.organisation import forms, rules
from recul.organisation.actions import places
from recul.organisation.queries import places as queries
from recul.organisation.queries.shapes import PlaceRow
from recul.organisation.routes import within
from recul.organisation.routes.organisations import show_whole
from recul.organisation.routes.teams import show_team
from recul.web.forms import Form, read_form
from recul.web.pages import page, see_other
from recul.web.reach import Reach
from recul.web.viewer import WebRequest
from recul.words import N_

KINDS = (rules.MEMBER, rules.MANAGER)
NOBODY = N_("Cochez au moins une personne.")
NO_ADDRESS = N_("Aucune des personnes cochées n’a d’adresse. Imprimez plutôt leurs feuilles.")


@post("/structure/equipes/{team:uuid}/invitations", reach=Reach.ORGANISER, thing="invitations")
async def ask(request: WebRequest, team: FromPath[UUID]) -> Response[Any]:
    reached, form = await within.team(request, team), await read_form(request)
    newcomers = forms.newcomers(form, KINDS, reached.id)
    if not form.ok:
        return await show_team(request, reached, form)
    await places.ask(reached.organisation, newcomers)
    return see_other(request, f"/structure/equipes/{team}", note="places-kept")


@post("/structure/equipes/{team:uuid}/feuilles", reach=Reach.ORGANISER, thing="invitations")
async def team_sheets(request: WebRequest, team: FromPath[UUID]) -> Response[Any]:
    """Fresh codes, in this answer only: the database keeps their hashes."""
    reached, form = await within.team(request, team), await read_form(request)
    chosen = _chosen(form, await queries.of_team(reached.id))
    if not form.ok:
        return await show_team(request, reached, form)
    return await _sheets(request, chosen, f"/structure/equipes/{team}")


@post("/structure/equipes/{team:uuid}/courriels", reach=Reach.ORGANISER, thing="invitations")
async def team_mails(request: WebRequest, team: FromPath[UUID]) -> Response[Any]:
    reached, form = await within.team(request, team), await read_form(request)
    chosen = _with_address(form, _chosen(form, await queries.of_team(reached.id)))
    if not form.ok:
        return await show_team(request, reached, form)
    return await _mails(request, chosen, f"/structure/equipes/{team}")


@post("/structure/{organisation:uuid}/feuilles", reach=Reach.ORGANISER, thing="invitations")
async def sheets(request: WebRequest, organisation: FromPath[UUID]) -> Response[Any]:
    whole, form = await within.organisation(request, organisation), await read_form(request)
    chosen = _chosen(form, await queries.of_organisation(whole.id))
    if not form.ok:
        return await show_whole(request, whole, form)
    return await _sheets(request, chosen, f"/structure/{whole.id}")


@post("/structure/{organisation:uuid}/courriels", reach=Reach.ORGANISER, thing="invitations")
async def mails(request: WebRequest, organisation: FromPath[UUID]) -> Response[Any]:
    whole, form = await within.organisation(request, organisation), await read_form(request)
    chosen = _with_address(form, _chosen(form, await queries.of_organisation(whole.id)))
    if not form.ok:
        return await show_whole(request, whole, form)
    return await _mails(request, chosen, f"/structure/{whole.id}")


@post("/structure/attentes/{place:uuid}/retrait", reach=Reach.ORGANISER, thing="invitations")
async def withdraw(request: WebRequest, place: FromPath[UUID]) -> Response[Any]:
    reached = await within.place(request, place)
    await places.withdraw(reached)
    back = f"equipes/{reached.team}" if reached.team else str(reached.organisation)
    return see_other(request, f"/structure/{back}", note="invitation-withdrawn")


def _chosen(form: Form, waiting: Sequence[PlaceRow]) -> list[PlaceRow]:
    ticked = forms.chosen_ids(form, "place")
    chosen = [place for place in waiting if place.id in ticked]
    if not chosen:
        form.error("place", NOBODY)
    return chosen


def _with_address(form: Form, chosen: Sequence[PlaceRow]) -> list[PlaceRow]:
    reachable = [place for place in chosen if place.email]
    if chosen and not reachable:
        form.error("place", NO_ADDRESS)
    return reachable


async def _mails(request: WebRequest, chosen: Sequence[PlaceRow], back: str) -> Response[Any]:
    sent = await places.send(request.settings, chosen)
    return see_other(request, back, note="invitations-sent" if sent else "mail-is-off")


async def _sheets(request: WebRequest, chosen: Sequence[PlaceRow], back: str) -> Response[Any]:
    made = await places.invite(chosen)
    site = request.settings.url
    return page(request, "organisation/sheets.html", sheets=made, site=site, back=back)


handlers = [ask, team_sheets, team_mails, sheets, mails, withdraw]
