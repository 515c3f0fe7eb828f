"""From a plan to a request, in a house: routes, ids and fields are chosen among what is there."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice, product
from typing import Any, TypeVar

import httpx
from tests.booking.odd import Field, as_it_stands, forms
from tests.fuzz import nasty, rows
from tests.fuzz.people import World
from tests.fuzz.plans import Picked, Plan, Ref, Value
from tests.raw import encoded
from tests.routes import FORGED, Route, routes
from tests.visitors import Visitor

from recul.web.forms import TOKEN_FIELD
from recul.web.reach import ROLES
from recul.web.roles import Role

T = TypeVar("T")
TABLES = {
    "sign_in": ("sign_in",),
    "person": ("account",),
    "manager": ("line_manager",),
    "group": ("meeting_group",),
    "cycle": ("meeting_cycle",),
    "offer": ("supervision_offer",),
    "exception": ("availability_exception",),
    "feed": ("calendar_feed",),
    "agreement": ("service_agreement",),
    "engagement": ("meeting", "meeting_cycle", "enrolment", "appointment", "supervision"),
}
"""Which rows the names in paths mean, where the table is called otherwise."""
LIKE = {"locked": "self", "stale": "colleague", "half": "self"}
"""Windows of somebody who has another one. The last two lead nowhere."""
QUERY = (
    "suite modele mots ressenti contexte page semaines annee echelle champ semaine mois structure"
    " depuis kind cycle detail following vue nombre x"
).split()
MORE_NAMES = (
    "following nonce seen email password new_password code display_name language time_zone file"
    " idle_minutes team unit organisation person role kind name text state voice slot day starts"
    " ends decision memo keep_days accept overlap_ok sequence charter agreement confirm words"
).split()


@dataclass(frozen=True, slots=True)
class Asked:
    """A request, ready to be sent, and what of it may come back."""

    who: str
    route: Route
    method: str
    address: str
    body: Any
    headers: list[tuple[bytes, bytes]]
    files: list[tuple[str, tuple[str, bytes, str]]] = field(default_factory=list)

    @property
    def sent(self) -> str:
        body = self.body if isinstance(self.body, bytes) else b""
        return httpx.QueryParams(body.decode("latin-1")).__str__() + self.address

    def __str__(self) -> str:
        body = repr(self.body)[:500]
        return f"{self.who}: {self.method} {self.address[:300]} {body} {self.headers}"


class Desk:
    """Where plans meet a house."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.routes = routes(world.app)
        self.who = sorted(world.visitors)
        self.within = {who: self._within(who) for who in self.who}
        self.forms: dict[tuple[str, str], list[Field]] = {}
        self.of: dict[str, list[tuple[Route, str]]] = {}
        self.names = list(MORE_NAMES)

    def _within(self, who: str) -> list[Route]:
        role = Role(LIKE.get(who, who))
        return [route for route in self.routes if role in ROLES[route.reach]]

    def reading(self) -> list[tuple[str, str]]:
        """(who, address) of the pages that people may read, to learn their forms from."""
        found = []
        for role in Role:
            for route in self.routes:
                if (
                    route.method == "GET"
                    and role in ROLES[route.reach]
                    and ".pdf" not in route.path
                ):
                    found += [(role.value, one) for one in self._addresses(route)]
        return found

    def _addresses(self, route: Route) -> list[str]:
        names = _names(route)
        choices = [(self._own(name) or [str(FORGED)])[:4] for name in names]
        combined = islice(product(*choices), 4)
        return [route.address(**dict(zip(names, ids, strict=True))) for ids in combined]

    def learn(self, who: str, page: httpx.Response) -> None:
        for action, fields in forms(page).items():
            if (who, action) not in self.forms:
                self.of.setdefault(who, []).append((self._route_of(action), action))
            self.forms[who, action] = fields
            self.names += [one.name for one in fields if one.name not in self.names]

    def _route_of(self, address: str) -> Route:
        path = address.partition("?")[0]
        return next(
            one
            for one in self.routes
            if one.method == "POST" and re.fullmatch(re.sub(r"{\w+}", "[^/]+", one.path), path)
        )

    async def asked(self, plan: Plan) -> Asked:
        who = _one(self.who, plan.who)
        route, address = self._place(who, plan)
        query = [(_one(QUERY, name), self._value(value)[:1500]) for name, value in plan.query]
        if query:
            address += "?" + encoded(query).decode()
        method = plan.method or route.method
        headers = [_one(nasty.HEADERS, number) for number in plan.headers]
        if method in ("GET", "HEAD", "OPTIONS") and plan.body != "raw":
            return Asked(who, route, method, address, None, headers)
        headers += await self._token(who, plan)
        if plan.body == "raw":
            kind = (b"content-type", _one(nasty.CONTENT_TYPES, plan.raw))
            body = _one(nasty.BODIES, plan.raw // 7)
            return Asked(who, route, method, address, body, [*headers, kind])
        pairs = self._pairs(who, address, plan)
        if plan.body == "files":
            files = [
                (name, ("f.csv", _one(nasty.FILES, plan.raw + number), "text/csv"))
                for number, name in enumerate(("file", pairs[0][0] if pairs else "x"))
            ]
            fields = {name: value.encode("utf-8", "replace") for name, value in pairs}
            return Asked(who, route, method, address, fields, headers, files)
        kind = (b"content-type", b"application/x-www-form-urlencoded")
        return Asked(who, route, method, address, encoded(pairs), [*headers, kind])

    def _place(self, who: str, plan: Plan) -> tuple[Route, str]:
        known = self.of.get(who)
        if plan.form and known:
            return _one(known, plan.route)
        route = _one(self.within[who] if plan.within else self.routes, plan.route)
        return route, self._path(route, plan)

    def _path(self, route: Route, plan: Plan) -> str:
        values = {}
        for name, (kind, number) in zip(_names(route), plan.ids, strict=False):
            known = self._own(name) if kind == "own" else self._foreign(name)
            if kind == "odd":
                values[name] = _one(nasty.IN_PATHS, number)
            elif kind != "forged" and known:
                values[name] = _one(known, number)
        return route.address(**values)

    def _own(self, name: str) -> list[str]:
        if name in self.world.codes:
            return [self.world.codes[name]]
        return rows.ids(self.world.own, *TABLES.get(name, (name,)))

    def _foreign(self, name: str) -> list[str]:
        return rows.ids(self.world.foreign, *TABLES.get(name, (name,)))

    def _value(self, value: Value) -> str:
        if not isinstance(value, Ref):
            return value
        if value.kind == "person":
            return _one(rows.ids(self.world.own, "account"), value.number)
        held = self.world.own if value.kind == "own" else self.world.foreign
        return _one(rows.ids(held, *(name for name in held if held[name])), value.number)

    def _pairs(self, who: str, address: str, plan: Plan) -> list[tuple[str, str]]:
        """The page's own form with some fields changed, or fields of any name."""
        learnt = self.forms.get((who, address.partition("?")[0]), [])
        if plan.body != "page" or not learnt:
            return [self._picked(self.names, one) for one in plan.fields]
        stands = as_it_stands(learnt)
        names = [one.name for one in learnt if one.name != TOKEN_FIELD] or self.names
        changed = [self._picked(names, one) for one in plan.fields]
        gone = {name for name, _ in changed}
        repeated = [pair for pair in stands if plan.raw % 5 == 0 and pair[0] in gone]
        return [pair for pair in stands if pair[0] not in gone] + repeated + changed

    def _picked(self, names: Sequence[str], picked: Picked) -> tuple[str, str]:
        return _one(names, picked[0]), self._value(picked[1])

    async def _token(self, who: str, plan: Plan) -> list[tuple[bytes, bytes]]:
        if plan.token == "none":
            return []
        if plan.token == "garbage":
            return [(b"x-csrftoken", b"0" * 128)]
        others = [name for name in self.who if name != who]
        whose = _one(others, plan.raw) if plan.token == "foreign" else who
        token = await self.world.visitors[whose].token()
        return [(b"x-csrftoken", token.encode())]


async def send(visitor: Visitor, asked: Asked) -> httpx.Response:
    if asked.files:
        request = visitor.client.build_request(
            asked.method, asked.address, data=asked.body, files=asked.files, headers=asked.headers
        )
    else:
        request = visitor.client.build_request(
            asked.method, asked.address, content=asked.body, headers=asked.headers
        )
    return await visitor.client.send(request)


def _names(route: Route) -> list[str]:
    parts = (part.strip("{}") for part in route.path.split("/") if part.startswith("{"))
    return [name for name in parts if name not in ("version", "name", "month")] + [
        name for name in ("month",) if "{month}" in route.path
    ]


def _one(found: Sequence[T], number: int) -> T:
    return found[number % len(found)]
