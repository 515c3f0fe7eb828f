"""Every address of booking with odd things in it, asked by everybody."""

from random import Random
from typing import Any

import httpx
import pytest
from litestar import Litestar
from tests.booking.odd import ODD, assert_answered, booking, some, undone
from tests.organisation.world import House, participant
from tests.privacy import groups
from tests.raw import assert_kind, encoded, send
from tests.routes import FORGED, Route
from tests.visitors import Visitor

from recul.web.reach import ROLES
from recul.web.roles import Role

QUERY = "page depuis semaine mois annee structure suite kind cycle following".split()
NEAR = (
    *("2026-W53", "2026-W54", "0000-W01", "0001-W01", "9999-W52", "9999-W53", "-W1", "W"),
    *("2026-13", "2026-00", "0001-01", "9999-12", "0000-00", "2026", "0001", "9999", "99999"),
)
"""Weeks, months and years that are none, or none of ours."""
QUERIES = ("%", "%zz=%", "&" * 50, "%00=%00&semaine=%ff", "semaine=1&semaine=2026-W01")
NAMES = ("%00", "x", "%ED%A0%80", "9" * 80, "..%2f", f"{FORGED}%20", f"%7B{FORGED}%7D")
SHARE = {"sqlite": 4, "postgresql": 1}


@pytest.fixture
async def values(app: Litestar, house: House, nobody: Visitor, noon: None) -> dict[str, Any]:
    """What is Anabelle's; and everybody who may ask for it."""
    await participant(app, house)
    house.people[Role.VISITOR] = nobody
    own = await groups.groups(house) | await groups.supervision(house)
    return own | await groups.papers(house) | {"organisation": house.organisation}


async def test_any_query(app: Litestar, house: House, values: dict[str, Any], database_kind: str):
    chance, asked = Random(7), 0
    for role in (Role.SELF, Role.FACILITATOR, Role.ORGANISER):
        visitor = house.people[role]
        for route in booking(app):
            if route.method != "GET" or role not in ROLES[route.reach]:
                continue
            most = 1 if ".pdf" in route.path else SHARE[database_kind]
            typed = [[(name, odd[:300]) for name in QUERY] for odd in (*ODD, *NEAR)]
            queries = [encoded(pairs).decode() for pairs in some(chance, typed, most)]
            for query in queries + some(chance, QUERIES, 1):
                answer = await visitor.get(f"{route.address(**values)}?{query}")
                assert_answered(answer, (role, route.path, query))
                asked += 1
    assert asked > 100


async def test_weeks_months_and_years_that_are_none(house: House, values: dict[str, Any]):
    for path, name in (
        ("/animation", "semaine"),
        ("/animation/mois", "mois"),
        ("/animation/releve", "mois"),
        ("/animation/emargement.pdf", "semaine"),
        (f"/structure/{house.organisation}/heures", "annee"),
        ("/heures", "annee"),
    ):
        for visitor in (house.people[Role.FACILITATOR], house.organiser, house.self):
            for value in NEAR:
                assert_answered(await visitor.get(f"{path}?{name}={value}"), (path, value))


async def test_names_that_are_none(app: Litestar, house: House, values: dict[str, Any]):
    """Not found, whoever asks; of a form as well."""
    chance = Random(8)
    for route in booking(app):
        if "{" not in route.path or "{address}" in route.path:
            continue
        role = chance.choice(sorted(ROLES[route.reach] & set(house.people), key=str))
        for name in (str(FORGED), *some(chance, NAMES, 1)):
            answer = await _ask(house.people[role], route, dict.fromkeys(values, name))
            wanted = (303, 401, 404) if role is Role.VISITOR else (404,)
            assert answer.status_code in wanted, (role, route, name)


async def test_anything_from_anybody(
    app: Litestar, house: House, values: dict[str, Any], database_kind: str
):
    """Things of Anabelle's, asked for by everybody with something odd in the form. What is not
    theirs is not found, and whatever is theirs is a page."""
    chance = Random(9)
    for route in booking(app):
        people = [role for role in house.people if role not in ROLES[route.reach]]
        for role in some(chance, people, SHARE[database_kind]):
            async with undone(house.people[role]):
                answer = await _ask(house.people[role], route, values, chance.choice(ODD))
            assert_answered(answer, (role, route))
            if role in (Role.VISITOR, Role.ADMINISTRATOR):
                assert _kept_out(answer), (role, route)


async def _ask(
    visitor: Visitor, route: Route, values: dict[str, Any], odd: str = "x"
) -> httpx.Response:
    address = route.address(**values)
    if route.method == "GET":
        return await visitor.get(address)
    names = ("name", "slot", "day", "decision", "kind", "voice", "sequence")
    answer = await send(visitor, address, encoded([(name, odd) for name in names]))
    assert_kind(answer, route)
    return answer


def _kept_out(answer: httpx.Response) -> bool:
    return answer.status_code in (401, 404) or answer.headers.get("location", "").startswith(
        ("/connexion", "/carnet/ouvrir")
    )
