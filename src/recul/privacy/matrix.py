"""Who sees what, read from the declarations that guard the routes: there is no second list."""

from dataclasses import dataclass
from enum import IntEnum

from litestar import Litestar
from litestar.handlers import HTTPRouteHandler

from recul.web.reach import ROLES, SAFE_METHODS, Reach, handlers
from recul.web.roles import Role
from recul.web.things import THINGS, Thing


class Sight(IntEnum):
    """What a role can do with a thing; the greater holds the lesser."""

    NOTHING = 0
    SEES = 1
    ACTS = 2


@dataclass(frozen=True, slots=True)
class Row:
    thing: Thing
    sights: dict[Role, Sight]


def reaches(reach: Reach, thing: Thing, role: Role) -> bool:
    """Whether somebody gets to this thing of one person, or of her team or organisation."""
    return role is Role.SELF if thing.own else role in ROLES[reach]


def matrix(app: Litestar) -> dict[str, Row]:
    """By the key of a thing, in the order of `THINGS`; without those that no route is about."""
    found: dict[str, dict[Role, Sight]] = {}
    for handler in handlers(app):
        sights = found.setdefault(handler.opt["thing"], dict.fromkeys(Role, Sight.NOTHING))
        for role, sight in sights.items():
            if reaches(handler.opt["reach"], THINGS[handler.opt["thing"]], role):
                sights[role] = max(sight, _given(handler))
    return {key: Row(THINGS[key], found[key]) for key in THINGS if key in found}


def _given(handler: HTTPRouteHandler) -> Sight:
    acts = not handler.http_methods <= SAFE_METHODS
    return Sight.ACTS if acts else Sight.SEES
