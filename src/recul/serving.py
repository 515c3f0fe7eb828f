"""Starting the server: what is said at its first start, and how it listens."""

import gc
import logging
import os
import socket
import sys
from collections.abc import Awaitable, Callable
from functools import partial
from typing import NoReturn

import click
from litestar import Litestar

from recul.accounts import queries
from recul.accounts.actions import invitations
from recul.app import create_app
from recul.demo import world
from recul.listening import answer
from recul.settings import Settings
from recul.supervising import Supervisor

Prepare = Callable[[Settings, Callable[[], Awaitable[str]]], str]


def serve(
    config: Settings,
    *,
    demo: bool,
    worker: bool,
    prepare: Prepare,
    stop: Callable[[str], NoReturn],
) -> NoReturn:
    """Answer requests until a signal stops the server, then exit."""
    listening = _listen(config.host, config.port, stop)
    click.echo(prepare(config, partial(_first_words, config, demo)))
    sys.stdout.flush()  # a worker would say what is left in it again
    app = _prepared(create_app(config, worker=worker))
    if config.workers == 1:
        _end(answer(app, config, listening))
    work = partial(_as_worker, app, config, listening)
    _end(Supervisor(work, app.state.counts, listening).run())


def _end(status: int) -> NoReturn:
    """Everything is closed. Taking the interpreter apart would last longer than the stop."""
    logging.shutdown()
    sys.stdout.flush()
    os._exit(status)


def _as_worker(app: Litestar, config: Settings, listening: socket.socket, slot: int) -> int:
    """The first of the workers also does the jobs; each would, one at a time, but one is enough."""
    app.state.counts.slot = slot
    app.state.worker = app.state.worker and slot == 0
    return answer(app, config, listening)


def _prepared(app: Litestar) -> Litestar:
    """What is there when the server starts stays for its life. Every collection of garbage would
    look at all of it again, and stop all requests for a tenth of a second."""
    app.state.warms_up = True
    gc.freeze()
    return app


def _listen(host: str, port: int, stop: Callable[[str], NoReturn]) -> socket.socket:
    """The socket, taken before anything else is done: a port in use is told at once."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        stop(
            f"{host}:{port} cannot be listened on: {error.strerror}. "
            "Choose another port, for instance PORT=8001."
        )
    return listening


async def _first_words(config: Settings, demo: bool) -> str:
    """What whoever started the server reads: the address, and the way in."""
    if demo and await queries.nobody_yet():
        await world.seed(config, reset=False)
    if await queries.is_demo():
        return world.sign_ins(config.url)
    if await queries.nobody_yet():
        code = await invitations.invite_first()
        return (
            f"Recul answers at {config.url}\nNobody has an account yet. The first technical "
            f"administrator makes hers here, within seven days:\n{config.url}/invitation/{code}"
        )
    return f"Recul answers at {config.url}"
