"""Whatever organisers, members and administrators send, the answer is a page or a way elsewhere."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from litestar import Litestar
from tests.organisation.world import House, a_place, membership_of
from tests.raw import assert_kind, encoded, send
from tests.routes import routes
from tests.test_bad_input import VALUES

from recul.database import write_transaction
from recul.web.reach import Reach
from recul.web.roles import Role

NAMES = (
    "name team people kind place day moved_on managed candidate setting understood make_teams"
    " roster_minimum manager_delay_days email file"
).split()
FIELDS = st.lists(st.tuples(st.sampled_from(NAMES), VALUES), max_size=8)
WHO = {
    Reach.ORGANISER: Role.ORGANISER,
    Reach.TEAM: Role.SELF,
    Reach.ADMINISTRATOR: Role.ADMINISTRATOR,
}


class Undo(Exception):
    """What one trial did is taken back, so that the next finds the same house."""


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(fields=FIELDS)
async def test_any_form_with_anything_in_it(
    app: Litestar, house: House, fields: list[tuple[str, str]]
):
    place = await a_place(house)
    ids = {
        "organisation": house.organisation,
        "unit": house.unit,
        "team": house.team,
        "person": house.ids[Role.SELF],
        "membership": await membership_of(house, Role.SELF),
        "place": place.id,
    }
    for route in routes(app):
        if route.method == "POST" and route.reach in WHO:
            try:
                async with write_transaction():
                    visitor = house.people[WHO[route.reach]]
                    assert_kind(await send(visitor, route.address(**ids), encoded(fields)), route)
                    raise Undo
            except Undo:
                pass


async def test_addresses_with_anything_in_them(house: House):
    for value in ("", "%00", "%25", "_", "'", "é" * 300, "9" * 40, "-1", "%ED%A0%80", "!%25_"):
        for query in (f"mots={value}", f"page={value}", f"mots={value}&page={value}"):
            answer = await house.organiser.get(f"/structure/personnes?{query}")
            assert_kind(answer, query)
            assert answer.status_code == 200, query
