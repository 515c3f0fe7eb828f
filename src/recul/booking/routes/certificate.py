"""One's own certificate of hours, on paper."""

from uuid import UUID

from litestar import Response, get
from litestar.params import FromPath

from recul import clock
from recul.booking.papers.certificates import Certificate, printed
from recul.booking.queries import hours as queries
from recul.booking.routes.hours import mine, stretch
from recul.booking.rule_packs import packs
from recul.documents import attachment
from recul.web.reach import Reach
from recul.web.templates import language_of
from recul.web.viewer import WebRequest


@get("/heures/{organisation:uuid}/attestation.pdf", reach=Reach.BELONGING, thing="own_hours")
async def as_pdf(request: WebRequest, organisation: FromPath[UUID]) -> Response[bytes]:
    """Of the year that is named, for one organisation of hers."""
    whole, viewer = await mine(request, organisation), request.viewer
    first, last = stretch(request, request.query_params.get("annee", ""))
    wanted = Certificate(
        person=viewer.display_name,
        organisation=whole.name,
        first_day=first,
        last_day=last,
        attended=[one.attended for one in await queries.own(viewer.id, whole.id, first, last)],
        pack=packs()[(await queries.rules(whole.id)).rule_pack],
        made_on=clock.local(viewer.time_zone).date(),
    )
    content = await printed(wanted, language_of(request))
    return attachment(content, "attestation.pdf", "application/pdf")


handlers = [as_pdf]
