"""*Mes heures de travail*: when mail may come."""

from typing import Any

from litestar import Response, get, post

from recul.notifications import actions, forms, queries
from recul.notifications.forms import WEEKDAYS, clock_of
from recul.web.forms import read_form
from recul.web.pages import invalid, page, see_other
from recul.web.reach import Reach
from recul.web.viewer import WebRequest

PAGE = "notifications/hours.html"


def _choices(request: WebRequest) -> dict[str, Any]:
    viewer, mails = request.viewer, request.settings.smtp is not None
    return {"days": WEEKDAYS, "zone": viewer.time_zone, "mails": mails}


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
        **_choices(request),
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
    return invalid(request, PAGE, **context, **_choices(request))


handlers = [show, save]
