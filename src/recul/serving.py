"""Starting the server: what is said at its first start, and how it listens."""

import socket
from collections.abc import Awaitable, Callable
from functools import partial
from importlib.util import find_spec
from typing import NoReturn

import click
import uvicorn

from recul.accounts import queries
from recul.accounts.actions import invitations
from recul.app import create_app
from recul.demo import world
from recul.settings import Settings

Prepare = Callable[[Settings, Callable[[], Awaitable[str]]], str]


def serve(
    config: Settings,
    *,
    demo: bool,
    worker: bool,
    prepare: Prepare,
    stop: Callable[[str], NoReturn],
) -> None:
    """Answer requests until a signal stops the server."""
    listening = _listen(config.host, config.port, stop)
    click.echo(prepare(config, partial(_first_words, config, demo)))
    server = uvicorn.Server(
        uvicorn.Config(
            create_app(config, worker=worker),
            http=_connections(),
            log_level="warning",
            access_log=False,
            server_header=False,
            date_header=True,
            proxy_headers=bool(config.trusted_proxies),
            forwarded_allow_ips=config.trusted_proxies or None,
            timeout_graceful_shutdown=10,
        )
    )
    server.run(sockets=[listening])


def _connections() -> str:
    """What reads requests. Where there is no httptools, uvicorn's own, which bounds heads too."""
    return "recul.connections:Connection" if find_spec("httptools") else "h11"


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
