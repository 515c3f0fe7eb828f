"""One appointment of individual supervision, for the one and for the other of its two people."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from recul.booking.routes import changing
from recul.booking.routes.changing import SUPERVISED, SUPERVISING
from recul.web.reach import Reach
from recul.web.viewer import WebRequest

MINE = "/supervision/rendez-vous/{appointment:uuid}"
GIVEN = "/animation/supervision/rendez-vous/{appointment:uuid}"
Answer = Response[Any]


@get(MINE, reach=Reach.SUPERVISED, thing="supervision")
async def show(request: WebRequest, appointment: FromPath[UUID]) -> Answer:
    return await changing.show(request, SUPERVISED, await SUPERVISED.load(request, appointment))


@get(MINE + "/deplacement", reach=Reach.SUPERVISED, thing="supervision")
async def choose_time(request: WebRequest, appointment: FromPath[UUID]) -> Answer:
    row = await SUPERVISED.load(request, appointment)
    return await changing.show_move(request, SUPERVISED, row)


@post(MINE + "/deplacement", reach=Reach.SUPERVISED, thing="supervision")
async def move(request: WebRequest, appointment: FromPath[UUID]) -> Answer:
    return await changing.move(request, SUPERVISED, appointment)


@post(MINE + "/annulation", reach=Reach.SUPERVISED, thing="supervision")
async def cancel(request: WebRequest, appointment: FromPath[UUID]) -> Answer:
    return await changing.cancel(request, SUPERVISED, appointment)


@get(GIVEN, reach=Reach.FACILITATING, thing="supervision_given")
async def show_given(request: WebRequest, appointment: FromPath[UUID]) -> Answer:
    return await changing.show(request, SUPERVISING, await SUPERVISING.load(request, appointment))


@get(GIVEN + "/deplacement", reach=Reach.FACILITATING, thing="supervision_given")
async def choose_time_given(request: WebRequest, appointment: FromPath[UUID]) -> Answer:
    row = await SUPERVISING.load(request, appointment)
    return await changing.show_move(request, SUPERVISING, row)


@post(GIVEN + "/deplacement", reach=Reach.FACILITATING, thing="supervision_given")
async def move_given(request: WebRequest, appointment: FromPath[UUID]) -> Answer:
    return await changing.move(request, SUPERVISING, appointment)


@post(GIVEN + "/annulation", reach=Reach.FACILITATING, thing="supervision_given")
async def cancel_given(request: WebRequest, appointment: FromPath[UUID]) -> Answer:
    return await changing.cancel(request, SUPERVISING, appointment)


@post(GIVEN + "/presence", reach=Reach.FACILITATING, thing="supervision_given")
async def note_attendance(request: WebRequest, appointment: FromPath[UUID]) -> Answer:
    return await changing.note_attendance(request, appointment)


handlers = [
    show,
    choose_time,
    move,
    cancel,
    show_given,
    choose_time_given,
    move_given,
    cancel_given,
    note_attendance,
]
