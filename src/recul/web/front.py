"""What stands before every route, known or not: a number for the request, HEAD, counts, the log."""

import logging
import time
from secrets import token_hex
from typing import Any

from litestar import Litestar
from litestar.types import HTTPScope, Message, Send
from typing_extensions import override

from recul.vitals import logs
from recul.vitals.counts import ELSEWHERE, Counts

log = logging.getLogger("recul")


class Application(Litestar):
    """Litestar, with what its middleware never sees: unknown paths and wrong methods."""

    @override
    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return await super().__call__(scope, receive, send)
        scope.setdefault("state", {})["request_id"] = token_hex(6)
        observed = _Observed(self, scope, send)
        try:
            await super().__call__(observed.as_asked, receive, observed.send)
        finally:
            observed.over()


class _Observed:
    """One request: when it began, and what became of it."""

    def __init__(self, app: Litestar, scope: HTTPScope, send: Send) -> None:
        self.app, self._send, self.began = app, send, time.perf_counter()
        self.head = scope["method"] == "HEAD"
        # Every page answers HEAD as it does GET, without its body.
        self.as_asked: Any = {**scope, "method": "GET"} if self.head else scope
        self.status = 500  # unless an answer begins
        self.number: str = scope["state"]["request_id"]
        self._token = logs.REQUEST.set(self.number)

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
        elif self.head and message["type"] == "http.response.body":
            message["body"] = b""
        await self._send(message)

    def over(self) -> None:
        seconds = time.perf_counter() - self.began
        route = self.as_asked.get("path_template") or ELSEWHERE
        counts: Counts = self.app.state.counts
        counts.note(self.as_asked["method"], route, self.status, seconds)
        if self.status >= 500 or (self.app.state.log_requests and not route.startswith("/static")):
            facts = {
                "method": "HEAD" if self.head else self.as_asked["method"],
                "route": route,
                "status": self.status,
                "ms": round(seconds * 1000, 1),
            }
            log.log(_level(self.status), "request", extra={"facts": facts})
        logs.REQUEST.reset(self._token)


def _level(status: int) -> int:
    return logging.ERROR if status >= 500 else logging.INFO
