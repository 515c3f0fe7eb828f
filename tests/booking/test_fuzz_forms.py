"""Every form of booking with odd things in it: a page or a way elsewhere, and nothing lost."""

from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from random import Random
from typing import Any

import httpx
import pytest
from litestar import Litestar
from tests.booking.odd import (
    ODD,
    TYPED,
    Field,
    Pairs,
    as_it_stands,
    assert_kept,
    booking,
    forms,
    some,
    undone,
)
from tests.booking.world import FIRST, a_group, slots
from tests.organisation.world import House, participant
from tests.privacy import groups
from tests.raw import assert_kind, encoded, send
from tests.routes import Route
from tests.visitors import Visitor

from recul.booking.queries import within
from recul.booking.tables import Enrolment
from recul.web.reach import ROLES
from recul.web.roles import Role

WHO = (Role.SELF, Role.PARTICIPANT, Role.FACILITATOR, Role.ORGANISER)
RHYTHM = {"rhythm": "free", "free": "10/12/2026\n7/1/2027", "starts": "14:00", "ends": "16:00"}
PLACE = {"area": "FR", "zone": "Europe/Paris", "weekday": "4", "weeks": "2", "nth": "1"}
OURS = tuple("/groupes /animation /planification /supervision /heures /compte/agenda".split())
PER_FORM = {"sqlite": 6, "postgresql": 1}
NAMES = (
    "following offer agreement accept overlap_ok sequence slot seen voice decision detail day"
    " starts ends kind structure annee late attended role memo keep_days depuis version charter"
).split()


@pytest.fixture
async def values(app: Litestar, house: House, noon: None) -> dict[str, Any]:
    """What paths name: Anabelle's own things and those of the groups that she is in."""
    await participant(app, house)
    own = await groups.groups(house) | await groups.supervision(house)
    return own | await groups.papers(house) | {"organisation": house.organisation}


async def ways(house: House, values: dict[str, Any]) -> AsyncIterator[dict[str, Any]]:
    """The same with other cycles: one that keeps a seat for her, one that runs itself, one that
    takes everybody, one at the same hours as hers."""
    yield values
    [offered] = await Enrolment.select(Enrolment.cycle).where(Enrolment.id == values["engagement"])
    yield values | {"cycle": offered["cycle"]}
    peers = values["peer_meeting"]
    yield values | {"meeting": peers, "cycle": await within.cycle_of(peers)}
    yield values | (await a_group(house, *slots(3, FIRST + timedelta(days=60)))).ids
    yield values | (await a_group(house)).ids


async def learnt(
    app: Litestar, house: House, role: Role, values: dict[str, Any]
) -> dict[str, list[Field]]:
    """The forms of every page that somebody reaches, by address."""
    visitor, found = house.people[role], dict[str, list[Field]]()
    read = [one for one in booking(app) if one.method == "GET" and role in ROLES[one.reach]]
    seen: set[str] = set()
    async for its in ways(house, values):
        addresses = {one.address(**its) for one in read if ".pdf" not in one.path}
        for address in sorted(addresses - seen):
            found |= forms(await visitor.get(address)) | found
        seen |= addresses
        found |= await _second_pages(visitor, its)
    return {action: fields for action, fields in found.items() if action.startswith(OURS)}


async def _second_pages(visitor: Visitor, values: dict[str, Any]) -> dict[str, list[Field]]:
    base = "/planification/groupes"
    steps = {
        f"{base}/nouveau": {"kind": "codev_group"},
        f"{base}/{values['group']}/cycles/nouveau": RHYTHM | PLACE,
    }
    found: dict[str, list[Field]] = {}
    for path, data in steps.items():
        found |= forms(await visitor.post(path, data))
    return found


def bare(app: Litestar, role: Role, values: dict[str, Any]) -> Iterator[tuple[str, list[Field]]]:
    """Every address that takes a form, with a field of every name."""
    fields = [Field(name, "", "bare", False) for name in NAMES]
    for route in booking(app):
        if route.method == "POST" and role in ROLES[route.reach]:
            yield _peers(route).address(**values), fields


def _peers(route: Route) -> Route:
    path = route.path.replace("demandes/{enrolment}", "demandes/{peer_enrolment}")
    return route._replace(path=path if path.startswith("/groupes") else route.path)


def oddly(chance: Random, fields: list[Field], most: int) -> list[Pairs]:
    """The form as it stands; with one field that is odd, missing, or there four times; and with
    odd things everywhere."""
    stands = as_it_stands(fields)
    names = list(dict.fromkeys(one.name for one in fields if one.name != "_csrf_token"))
    typed = [one.name for one in fields if one.kind in TYPED]
    found = [stands]
    for name in names:
        others = [pair for pair in stands if pair[0] != name]
        same = [pair for pair in stands if pair[0] == name] or [(name, "1")]
        weight = 3 if name in typed else 1
        found += [[*others, (name, odd)] for odd in some(chance, ODD, weight)]
        found += [others, stands + same * 3]
    found += [[(name, chance.choice(ODD)) for name in names] for _ in range(3)]
    return some(chance, found, most)


async def sent_to(visitor: Visitor, action: str, body: bytes, **headers: str) -> httpx.Response:
    async with undone(visitor):
        return await send(visitor, action, body, **headers)


async def test_any_field_of_any_form(
    app: Litestar, house: House, values: dict[str, Any], database_kind: str
):
    most, met = PER_FORM[database_kind], 0
    for role in WHO:
        visitor, chance = house.people[role], Random(role.value)
        found = dict(bare(app, role, values)) | await learnt(app, house, role, values)
        for action, fields in found.items():
            met += fields[0].kind != "bare"
            for pairs in oddly(chance, fields, most):
                answer = await sent_to(visitor, action, encoded(pairs))
                assert_kind(answer, (role, action, pairs))
                assert_kept(answer, action, fields, pairs)
                assert "<script>alert" not in answer.text, (action, pairs)
    assert met > 60


BODIES = [
    ("application/json", b'{"name": ["x"]}'),
    ("text/plain", b"name=x"),
    ("", b"name=x"),
    ("multipart/form-data; boundary=x", b"--x\r\n"),
    ("application/x-www-form-urlencoded", b"\xff=%zz&&&==&%00=%00&name=\xe9"),
    ("application/x-www-form-urlencoded; charset=utf-16", b"\xff\xfen"),
]


async def test_what_is_no_form_and_files_for_texts(
    app: Litestar, house: House, values: dict[str, Any], database_kind: str
):
    chance = Random(6)
    for role in WHO:
        visitor = house.people[role]
        token, file = await visitor.token(), ("f.txt", b"abc\0\xff", "text/plain")
        for action, fields in bare(app, role, values):
            for kind, body in some(chance, BODIES, 2 if database_kind == "sqlite" else 1):
                answer = await sent_to(visitor, action, body, **{"content-type": kind})
                assert_kind(answer, (role, action, kind))
            async with undone(visitor):
                files = [(one.name, file) for one in fields]
                assert_kind(
                    await visitor.client.post(action, files=files, headers={"x-csrftoken": token}),
                    (role, action),
                )
