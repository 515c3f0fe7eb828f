"""What a route asks of its visitor: declared on the route, enforced here, listed by tests.

A handler says ``reach=Reach.OPEN_VAULT, thing="journal"``: who may use it, and what it shows or
changes. A route without either stops the start of the server; the visibility matrix is made of
both. With ``leaving=True`` it is also for somebody whose account is to be erased; nothing else
is. Which rows of a thing somebody reaches is for the queries: out of reach is not found.

With ``proof=True`` a route also wants a fresh proof of who is there: the password, or a passkey,
within the last minutes. ``proof="/a/page"`` also names where to go then, when the route is a file
or an empty form, which is no page to arrive at, or a form that is never sent again unseen.
"""

from collections.abc import Iterable
from enum import Enum
from urllib.parse import urlsplit

from litestar import Litestar
from litestar.connection import ASGIConnection
from litestar.exceptions import NotFoundException, PermissionDeniedException
from litestar.handlers import BaseRouteHandler, HTTPRouteHandler

from recul.web.roles import Role, Standing
from recul.web.things import THINGS
from recul.web.viewer import Leaving, NotSignedIn, ProofNeeded, VaultLocked

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class Reach(Enum):
    """Who may use a route."""

    PUBLIC = "anybody"
    SIGNED_IN = "somebody signed in, vault open or not"
    OPEN_VAULT = "somebody signed in whose vault is open"
    ADMINISTRATOR = "a technical administrator"
    BELONGING = "somebody of an organisation, by a team or by a role"
    TEAM = "a member of the team in the path"
    TEAM_READER = "a member of the team in the path, or its line manager where the team shares"
    INSIDER = "a member of some team of the organisation that the path leads into"
    STEWARD = "the elected steward of the team in the path"
    MANAGER = "a line manager of the team in the path"
    ORGANISER = "an organiser of the organisation that the path leads into"
    BOOKER = "somebody of the organisation that the group or the offer in the path is for"
    SEATED = "somebody who has a seat in the cycle that the path leads into"
    SUPERVISED = "the person whose individual supervision the path names"
    FACILITATING = "the facilitator of what the path names"
    PLANNER = "the facilitator of the group in the path, or an organiser of its organisation"


IN_HOUSE = frozenset({Standing.MEMBER, Standing.MANAGER, Standing.ORGANISER, Standing.FACILITATOR})
STANDINGS: dict[Reach, frozenset[Standing]] = {
    Reach.ADMINISTRATOR: frozenset({Standing.ADMINISTRATOR}),
    Reach.BELONGING: IN_HOUSE,
    Reach.TEAM: frozenset({Standing.MEMBER}),
    Reach.TEAM_READER: frozenset({Standing.MEMBER, Standing.MANAGER}),
    Reach.INSIDER: frozenset({Standing.MEMBER}),
    Reach.STEWARD: frozenset({Standing.MEMBER}),
    Reach.MANAGER: frozenset({Standing.MANAGER}),
    Reach.ORGANISER: frozenset({Standing.ORGANISER}),
    Reach.BOOKER: IN_HOUSE,
    Reach.FACILITATING: frozenset({Standing.FACILITATOR}),
    Reach.PLANNER: IN_HOUSE,
}
"""One of these is needed to get past the guard; a reach without a line needs none."""

_MEMBERS = frozenset({Role.SELF, Role.COLLEAGUE, Role.STEWARD})
_HOUSE = _MEMBERS | {Role.PARTICIPANT, Role.MANAGER, Role.ORGANISER, Role.FACILITATOR}
_SIGNED_IN = frozenset(Role) - {Role.VISITOR}
ROLES: dict[Reach, frozenset[Role]] = {
    Reach.PUBLIC: frozenset(Role),
    Reach.SIGNED_IN: _SIGNED_IN,
    Reach.OPEN_VAULT: _SIGNED_IN,
    Reach.ADMINISTRATOR: frozenset({Role.ADMINISTRATOR}),
    Reach.BELONGING: _HOUSE,
    Reach.TEAM: _MEMBERS,
    Reach.TEAM_READER: _MEMBERS | {Role.MANAGER},
    Reach.INSIDER: _MEMBERS | {Role.PARTICIPANT},
    Reach.STEWARD: frozenset({Role.STEWARD}),
    Reach.MANAGER: frozenset({Role.MANAGER}),
    Reach.ORGANISER: frozenset({Role.ORGANISER}),
    Reach.BOOKER: _HOUSE,
    Reach.SEATED: frozenset({Role.SELF, Role.PARTICIPANT}),
    Reach.SUPERVISED: frozenset({Role.SELF}),
    Reach.FACILITATING: frozenset({Role.FACILITATOR}),
    Reach.PLANNER: frozenset({Role.FACILITATOR, Role.ORGANISER}),
}
"""Who gets to a thing of one person, of her team or of her organisation; see `roles.Role`."""


async def enforce(connection: ASGIConnection, handler: BaseRouteHandler) -> None:  # type: ignore[type-arg]
    """The one guard of the application. Async: Litestar would send it to a thread."""
    if connection.scope.get("method") not in SAFE_METHODS:
        refuse_other_sites(connection)
    reach, viewer = handler.opt.get("reach"), connection.scope.get("user")
    if viewer is not None and viewer.erase_at is not None and not _is_left(handler):
        raise Leaving
    if reach is Reach.PUBLIC or connection.scope.get("method") == "OPTIONS":
        return
    if viewer is None:
        raise NotSignedIn
    if reach is Reach.OPEN_VAULT and viewer.vault is None:
        raise VaultLocked
    needed = STANDINGS.get(handler.opt["reach"])
    if needed and needed.isdisjoint(viewer.standings):
        raise NotFoundException
    proof = handler.opt.get("proof")
    if proof and not viewer.proved:
        raise ProofNeeded(proof if isinstance(proof, str) else "")


def _is_left(handler: BaseRouteHandler) -> bool:
    """What somebody whose account is to be erased may still use: what says so, and what anybody
    may read."""
    is_public = handler.opt.get("reach") is Reach.PUBLIC
    return bool(handler.opt.get("leaving")) or (is_public and not THINGS[handler.opt["thing"]].own)


def refuse_other_sites(connection: ASGIConnection) -> None:  # type: ignore[type-arg]
    """A form of another site never acts here, whatever token it carries."""
    site = connection.headers.get("sec-fetch-site")
    if site is not None:
        if site not in ("same-origin", "none"):
            raise PermissionDeniedException("cross-site")
        return
    # Under our `Referrer-Policy: no-referrer` a browser says "null" of our own forms as well.
    origin = connection.headers.get("origin", "null")
    if origin != "null" and _host_of(origin) != connection.headers.get("host"):
        raise PermissionDeniedException("cross-site")


def _host_of(origin: str) -> str | None:
    try:
        return urlsplit(origin).netloc
    except ValueError:  # "http://["
        return None


def handlers(app: Litestar) -> Iterable[HTTPRouteHandler]:
    """Every HTTP route handler, once; not the answers to OPTIONS that Litestar adds."""
    seen: dict[int, HTTPRouteHandler] = {}
    for route in app.routes:
        for handler in getattr(route, "route_handlers", ()):
            if isinstance(handler, HTTPRouteHandler) and handler.http_methods != {"OPTIONS"}:
                seen[id(handler)] = handler
    return seen.values()


def require_declarations(app: Litestar) -> None:
    """Raises RuntimeError when a route does not say who may use it, or what it is about."""
    missing = [str(h) for h in handlers(app) if not isinstance(h.opt.get("reach"), Reach)]
    if missing:
        raise RuntimeError("routes without a reach: " + ", ".join(sorted(missing)))
    unnamed = [str(h) for h in handlers(app) if h.opt.get("thing") not in THINGS]
    if unnamed:
        raise RuntimeError("routes without a known thing: " + ", ".join(sorted(unnamed)))
