"""*Mes heures de travail*: when mail may come, and which."""

from typing import Any

from litestar import Response, get, post

from recul.notifications import actions, forms, kinds, queries
from recul.notifications.forms import WEEKDAYS
from recul.web.forms import clock_of, read_form
from recul.web.pages import invalid, page, see_other
from recul.web.reach import Reach
from recul.web.viewer import WebRequest

PAGE = "notifications/hours.html"


async def _choices(request: WebRequest) -> dict[str, Any]:
    viewer, mails = request.viewer, request.settings.smtp is not None
    muted = await queries.muted_kinds(viewer.id)
    shown = {"days": WEEKDAYS, "zone": viewer.time_zone, "mails": mails}
    return shown | {"kinds": kinds.by_group(), "muted": muted}


@get("/compte/horaires", reach=Reach.SIGNED_IN, thing="account")
async def show(request: WebRequest) -> Response[Any]:
    kept = await queries.hours(request.viewer.id)
    return page(
        request,
        PAGE,
        errors={},
        weekdays=kept.weekdays,
        starts=clock_of(kept.starts),
        ends=clock_of(kept.ends),
        **await _choices(request),
    )


@post("/compte/horaires", reach=Reach.SIGNED_IN, thing="account")
async def save(request: WebRequest) -> Response[Any]:
    form = await read_form(request)
    hours = forms.hours(form)
    if form.ok:
        await actions.set_hours(request.viewer.id, hours)
        return see_other(request, "/compte/horaires", note="hours-saved")
    typed = {name: form.typed(name) for name in ("starts", "ends")}
    context = {"errors": form.errors, "weekdays": hours.weekdays} | typed
    return invalid(request, PAGE, **context, **await _choices(request))


@post("/compte/courriels", reach=Reach.SIGNED_IN, thing="account")
async def choose(request: WebRequest) -> Response[Any]:
    form = await read_form(request)
    shown, wanted = form.typed_all("shown"), form.typed_all("wanted")
    await actions.choose_kinds(request.viewer.id, shown, wanted)
    return see_other(request, "/compte/horaires", note="mails-chosen")


handlers = [show, save, choose]
