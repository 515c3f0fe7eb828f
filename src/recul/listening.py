"""One process that answers requests: uvicorn, which says that it lives and stops in good order."""

import os
import signal
import socket
import time
from importlib.util import find_spec

import uvicorn
from litestar import Litestar
from typing_extensions import override

from recul.settings import Settings
from recul.vitals.counts import Counts
from recul.vitals.memory import resident

LAST_ANSWERS_SECONDS = 7
"""For what was being answered when the server was told to stop. Ten are left in all: jobs and
connections come after."""


class Server(uvicorn.Server):
    """`app.state` is told when the process stops; a worker without its parent stops as well."""

    def __init__(self, config: uvicorn.Config, app: Litestar) -> None:
        super().__init__(config)
        self.app = app
        self.counts: Counts = app.state.counts
        self.parent = os.getppid()

    @override
    async def on_tick(self, counter: int) -> bool:
        if counter % 10 == 0:
            self.counts.beat(time.monotonic(), resident())
        self.should_exit = self.should_exit or self._orphaned
        if self.should_exit:
            self.app.state.stopping = True
            self.app.state.told.set()
        return await super().on_tick(counter)

    @property
    def _orphaned(self) -> bool:
        return self.counts.workers > 1 and os.getppid() != self.parent


def answer(app: Litestar, config: Settings, listening: socket.socket) -> int:
    """Answer requests until told to stop. Returns the exit status."""
    for number in (signal.SIGTERM, signal.SIGINT):
        # uvicorn raises again what stopped it; a stop in good order ends with 0.
        signal.signal(number, lambda *_: None)
    server = Server(
        uvicorn.Config(
            app,
            http=_connections(),
            log_config=None,
            log_level="warning",
            access_log=False,
            server_header=False,
            date_header=True,
            proxy_headers=bool(config.trusted_proxies),
            forwarded_allow_ips=config.trusted_proxies or None,
            timeout_graceful_shutdown=LAST_ANSWERS_SECONDS,
        ),
        app,
    )
    server.run(sockets=[listening])
    return 0


def _connections() -> str:
    """What reads requests. Where there is no httptools, uvicorn's own, which bounds heads too."""
    return "recul.connections:Connection" if find_spec("httptools") else "h11"
