"""What the application's routes are, for tests that try each of them."""

from collections.abc import Iterator
from typing import NamedTuple
from uuid import UUID

from litestar import Litestar
from litestar.routes import HTTPRoute

from recul.web.reach import Reach

FORGED = UUID("11111111-2222-4333-8444-555555555555")
VALUES = {
    "month": "2026-11",
    "code": "7K3M-0VQ2-WX9A-4HTD-ZP6C",
    "link": "7K3M-0VQ2-WX9A-4HTD-ZP6C",
    "version": "x",
    "name": "css/app.css",
}


class Route(NamedTuple):
    method: str
    path: str
    """With its placeholders: /carnet/moments/{entry}"""
    reach: Reach
    thing: str

    def address(self, **values: object) -> str:
        """The path with placeholders filled: what is not given is forged."""
        path = self.path
        for part in self.path.split("/"):
            if part.startswith("{"):
                name = part.strip("{}")
                path = path.replace(part, str(values.get(name, VALUES.get(name, FORGED))))
        return path


def routes(app: Litestar) -> list[Route]:
    return sorted(set(_routes(app)))


def _routes(app: Litestar) -> Iterator[Route]:
    for route in app.routes:
        if not isinstance(route, HTTPRoute):
            continue
        path = "/".join(
            "{" + part.strip("{}").split(":")[0] + "}" if part.startswith("{") else part
            for part in route.path_format.split("/")
        )
        for handler in route.route_handlers:
            for method in handler.http_methods - {"OPTIONS", "HEAD"}:
                yield Route(method, path, handler.opt["reach"], handler.opt["thing"])
