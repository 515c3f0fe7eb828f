"""What a route asks of its visitor: declared on the route, enforced here, listed by tests.

A handler says ``reach=Reach.OPEN_VAULT``; a route without a reach stops the start of the server.
"""

from collections.abc import Iterable
from enum import Enum
from urllib.parse import urlsplit

from litestar import Litestar
from litestar.connection import ASGIConnection
from litestar.exceptions import NotFoundException, PermissionDeniedException
from litestar.handlers import BaseRouteHandler, HTTPRouteHandler

from recul.web.viewer import NotSignedIn, VaultLocked

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class Reach(Enum):
    """Who may use a route."""

    PUBLIC = "anybody"
    SIGNED_IN = "somebody signed in, vault open or not"
    OPEN_VAULT = "somebody signed in whose vault is open"
    ADMINISTRATOR = "a technical administrator"


async def enforce(connection: ASGIConnection, handler: BaseRouteHandler) -> None:  # type: ignore[type-arg]
    """The one guard of the application. Async: Litestar would send it to a thread."""
    if connection.scope.get("method") not in SAFE_METHODS:
        refuse_other_sites(connection)
    reach = handler.opt.get("reach")
    if reach is Reach.PUBLIC or connection.scope.get("method") == "OPTIONS":
        return
    viewer = connection.scope.get("user")
    if viewer is None:
        raise NotSignedIn
    if reach is Reach.OPEN_VAULT and viewer.vault is None:
        raise VaultLocked
    if reach is Reach.ADMINISTRATOR and not viewer.administrator:
        raise NotFoundException


def refuse_other_sites(connection: ASGIConnection) -> None:  # type: ignore[type-arg]
    """A form of another site never acts here, whatever token it carries."""
    site = connection.headers.get("sec-fetch-site")
    if site is not None:
        if site not in ("same-origin", "none"):
            raise PermissionDeniedException("cross-site")
        return
    # Under our `Referrer-Policy: no-referrer` a browser says "null" of our own forms as well.
    origin = connection.headers.get("origin", "null")
    if origin != "null" and urlsplit(origin).netloc != connection.headers.get("host"):
        raise PermissionDeniedException("cross-site")


def handlers(app: Litestar) -> Iterable[HTTPRouteHandler]:
    """Every HTTP route handler, once; not the answers to OPTIONS that Litestar adds."""
    seen: dict[int, HTTPRouteHandler] = {}
    for route in app.routes:
        for handler in getattr(route, "route_handlers", ()):
            if isinstance(handler, HTTPRouteHandler) and handler.http_methods != {"OPTIONS"}:
                seen[id(handler)] = handler
    return seen.values()


def require_declarations(app: Litestar) -> None:
    """Raises RuntimeError when a route does not say who may use it."""
    missing = [str(h) for h in handlers(app) if not isinstance(h.opt.get("reach"), Reach)]
    if missing:
        raise RuntimeError("routes without a reach: " + ", ".join(sorted(missing)))
