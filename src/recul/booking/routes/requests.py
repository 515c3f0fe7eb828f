"""Answering those who ask for a seat."""

from typing import Any
from uuid import UUID

from litestar import Response, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from recul.booking.actions import enrolments
from recul.booking.outcomes import Outcome
from recul.booking.queries import waiting, within
from recul.web.pages import see_other
from recul.web.reach import Reach
from recul.web.viewer import WebRequest

NOTES = {
    Outcome.SEATED: "request-seated",
    Outcome.WAITING: "request-waiting",
    Outcome.REFUSED: "request-refused",
    Outcome.LEFT: "request-left",
    Outcome.LINE: "request-line",
    Outcome.CLOSED: "request-closed",
}
"""What became of the request, by this answer or by one before it."""


async def _cycle(request: WebRequest, enrolment: UUID) -> UUID:
    """The cycle that is asked for, when the viewer leads it: those who run their group
    themselves answer together."""
    viewer = request.viewer.id
    found = await waiting.request(viewer, enrolment)
    if found is None or await within.led_cycle(viewer, found.cycle) is None:
        raise NotFoundException
    return found.cycle


def _answered(request: WebRequest, cycle: UUID, outcome: Outcome) -> Response[Any]:
    return see_other(request, f"/animation/cycles/{cycle}", note=NOTES.get(outcome, "request-left"))


@post("/animation/demandes/{enrolment:uuid}/accord", reach=Reach.FACILITATING, thing="attendance")
async def admit(request: WebRequest, enrolment: FromPath[UUID]) -> Response[Any]:
    cycle = await _cycle(request, enrolment)
    outcome = await enrolments.admit(request.settings, request.viewer.id, enrolment)
    return _answered(request, cycle, outcome)


@post("/animation/demandes/{enrolment:uuid}/refus", reach=Reach.FACILITATING, thing="attendance")
async def refuse(request: WebRequest, enrolment: FromPath[UUID]) -> Response[Any]:
    cycle = await _cycle(request, enrolment)
    outcome = await enrolments.refuse(request.settings, request.viewer.id, enrolment)
    return _answered(request, cycle, outcome)


handlers = [admit, refuse]
