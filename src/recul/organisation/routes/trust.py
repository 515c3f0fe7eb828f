"""Trust settings: hardened by organisers, read with their history by everybody they concern."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from recul.organisation import rules
from recul.organisation.actions import trust
from recul.organisation.actions.trust import NotHarder
from recul.organisation.queries import teams
from recul.organisation.queries import trust as queries
from recul.organisation.routes import within
from recul.organisation.routes.organisations import show_whole
from recul.web.forms import read_form
from recul.web.pages import page, see_other
from recul.web.reach import Reach
from recul.web.viewer import WebRequest
from recul.words import N_

NOT_HARDER = N_(
    "Ce réglage ne peut que durcir : il est à %(current)s, et va jusqu’à %(hardest)s. "
    "Personne ne peut l’assouplir."
)
UNDERSTOOD = N_("Cochez la case : ce choix ne pourra pas être repris.")


@post("/structure/{organisation:uuid}/confiance", reach=Reach.ORGANISER, thing="trust")
async def harden(request: WebRequest, organisation: FromPath[UUID]) -> Response[Any]:
    whole, form = await within.organisation(request, organisation), await read_form(request)
    setting = form.choice("setting", tuple(rules.TRUST_SETTINGS))
    hardest = rules.TRUST_SETTINGS[setting].hardest if setting else 0
    value = form.number(setting, 0, 999) if setting else None
    try:
        if value is not None and setting and not form.flag("understood"):
            current = (await queries.settings(whole.id))[setting]
            wrong = not rules.is_harder(setting, value, current)
            form.error(
                setting, NOT_HARDER if wrong else UNDERSTOOD, current=current, hardest=hardest
            )
        if value is not None and form.ok:
            await trust.harden(request.viewer.id, whole.id, setting, value)
            return see_other(request, f"/structure/{whole.id}", note="trust-hardened")
    except NotHarder as refused:
        form.error(setting, NOT_HARDER, current=refused.current, hardest=hardest)
    return await show_whole(request, whole, form)


@get("/journal-des-reglages", reach=Reach.BELONGING, thing="trust_log")
async def log(request: WebRequest) -> Response[Any]:
    """Of every organisation the viewer belongs to: settings in force, changes, who organises."""
    mine = await teams.organisations_of(request.viewer.id)
    logs = [
        (
            whole,
            await queries.settings(whole.id),
            await queries.log(whole.id),
            await queries.organisers(whole.id),
        )
        for whole in mine
    ]
    settings = rules.TRUST_SETTINGS
    return page(request, "organisation/trust_log.html", logs=logs, settings=settings)


handlers = [harden, log]
