"""The visibility matrix: each cell of it is tried on the running application."""

import re
from datetime import date
from html import unescape
from typing import Any
from uuid import UUID

import httpx
import pytest
from litestar import Litestar, get
from tests.organisation.world import House, a_place, membership_of, participant
from tests.privacy import groups
from tests.routes import FORGED, Route, routes
from tests.visitors import Visitor, undone

from recul import clock
from recul.accounts import queries as accounts
from recul.accounts.actions import invitations
from recul.accounts.tables import Invitation, Passkey, Vault
from recul.booking.queries import stored as booking
from recul.journal import queries as journal
from recul.organisation.actions import places, structure
from recul.organisation.queries import people, stored, teams
from recul.privacy.matrix import Sight, matrix, reaches
from recul.trends.tables import Commitment, Cycle, Marker, UpwardDecision
from recul.web.reach import Reach, require_declarations
from recul.web.roles import Role
from recul.web.things import THINGS

SECRET = "Une phrase que personne d’autre ne doit lire."
NAMES = ("Anabelle", "Polyvalence", "Territoire Nord", "Val-Clair")
ASKS = ("/connexion", "/carnet/ouvrir")
# What a path may name of one person's own.
OWN_IDS = (
    "{entry}",
    "{sign_in}",
    "{passkey}",
    "{certificate}",
    "{feed}",
    "{address}",
    "{engagement}",
)
SECRETS = {"address": FORGED}
"""What nobody but Anabelle knows: it is made up by everybody else."""
# The condition of the matrix: a group that runs itself is planned by its members.
RUN_TOGETHER = {("/planification", Role.SELF), ("/planification", Role.PARTICIPANT)}
# To whoever sends them an empty form, has typed no password, or without a mail server. Their own
# tests fill them in.
EMPTY_IS_404 = {
    "/metrics",  # without its token
    "/carnet/ouvrir/cle-d-acces",
    "/connexion/cle-d-acces",
    "/connexion/verification",
    "/connexion/verification/cle",
    "/connexion/verification/cle-d-acces",
    "/carnet/moments/{entry}/retour",
    "/carnet/reperage",
    "/groupes/autogeres",
    "/mot-de-passe-oublie/lien",
}


@pytest.fixture
async def values(app: Litestar, house: House) -> dict[str, Any]:
    """What the paths name: always things of Anabelle's, of her team, of her organisation."""
    await participant(app, house)
    ana, organiser = house.self, house.ids[Role.ORGANISER]
    await ana.post("/carnet/vite", {"text-line": SECRET, "nonce": "n"})
    page = (await ana.get("/carnet")).text
    [device] = await accounts.devices(house.ids[Role.SELF])
    place = await a_place(house)
    [sheet] = await places.invite([place])
    await invitations.invite("quelqu.un@exemple.fr")
    plain = await Invitation.select(Invitation.id).where(Invitation.leads_into == "").first()
    old = Vault(owner=house.ids[Role.SELF], public_key=b"", private_box=b"", closed=True)
    await old.save()  # for the page that opens it again
    [manager] = await teams.managers(house.team)
    held = await people.in_roles(house.organisation)
    # The team voted to share a cycle of long ago: its line manager may read that.
    await Cycle(number=1, closed=True, out_on=date(2024, 1, 29)).save()
    await UpwardDecision(team=house.team, cycle=1, agreed=True).save()
    marker = Marker(team=house.team, month=clock.today().replace(day=1), kind="own", words="x")
    commitment = Commitment(team=house.team, said_in=1, text="Un essai.")
    passkey = Passkey(
        account=house.ids[Role.SELF],
        credential_id=b"id",
        public_key=b"",
        name_box=b"",
        computes=True,
        created_on=clock.today(),
    )
    await passkey.save()
    await marker.save()
    await commitment.save()
    assert plain
    return {
        "entry": page.split("/carnet/moments/")[1][:36],
        "sign_in": device["id"],
        "passkey": passkey.id,
        "code": sheet.code,
        "link": await invitations.offer_reset(house.people[Role.FACILITATOR].email),
        "invitation": plain["id"],
        "organisation": house.organisation,
        "unit": house.unit,
        "team": house.team,
        "person": house.ids[Role.SELF],
        "membership": await membership_of(house, Role.SELF),
        "manager": manager.link,
        "role": next(row["id"] for row in held if row["account"] != organiser),
        "place": place.id,
        "marker": marker.id,
        "commitment": commitment.id,
        "orphan": await structure.found("Sans-Personne"),
        **await groups.groups(house),
        **await groups.supervision(house),
        **await groups.papers(house),
    }


def named(route: Route, values: dict[str, Any]) -> dict[str, Any]:
    """Where the same word means another thing."""
    if route.path.startswith("/structures/"):
        return values | {"organisation": values["orphan"]}
    if route.path.startswith("/groupes/demandes/"):
        return values | {"enrolment": values["peer_enrolment"]}
    return values


async def ask(visitor: Visitor, route: Route, values: dict[str, Any]) -> httpx.Response:
    values = named(route, values)
    call = visitor.get if route.method == "GET" else visitor.post
    return await call(route.address(**values))


def refused(answer: httpx.Response, route: Route) -> bool:
    """Not found, or sent to the page that asks who one is; a form is answered there with 401."""
    asked = answer.status_code == 303 and answer.headers["location"].startswith(ASKS)
    return answer.status_code in (401, 404) or (asked and route.method == "GET")


async def rows_of(account: UUID) -> dict[str, Any]:
    found = await accounts.stored_rows(account)
    found |= await journal.stored_rows(account)
    return found | await stored.stored_rows(account) | await booking.stored_rows(account)


async def assert_nothing(house: House, route: Route, role: Role, values: dict[str, Any]) -> None:
    """Refused; or, where the path names nobody, answered without anything of Anabelle's."""
    visitor, about = house.people[role], (role, route)
    before = await rows_of(house.ids[Role.SELF])
    answer = await ask(visitor, route, values | SECRETS)
    shown = unescape(answer.text)
    own = THINGS[route.thing].own
    assert answer.status_code < 500, about
    names = () if own else NAMES[:-1] if (route.path, role) in RUN_TOGETHER else NAMES
    for mark in (SECRET, house.self.email, *names):
        assert mark not in shown, about
    to_find = any(name in route.path for name in OWN_IDS) if own else "{" in route.path
    assert refused(answer, route) or not to_find, about
    assert await rows_of(house.ids[Role.SELF]) == before, about


async def test_every_cell_is_as_the_matrix_says(
    app: Litestar, house: House, nobody: Visitor, values: dict[str, Any]
):
    house.people[Role.VISITOR] = nobody
    tried: dict[tuple[str, Role], Sight] = {}
    for route in routes(app):
        for role, visitor in house.people.items():
            cell = (route.thing, role)
            tried.setdefault(cell, Sight.NOTHING)
            async with undone(visitor):
                if reaches(route.reach, THINGS[route.thing], role):
                    answer = await ask(visitor, route, values)
                    assert answer.status_code < 500, (role, route)
                    assert not refused(answer, route) or route.path in EMPTY_IS_404, (role, route)
                    given = Sight.SEES if route.method == "GET" else Sight.ACTS
                    tried[cell] = max(tried[cell], given)
                else:
                    await assert_nothing(house, route, role, values)
    rows = matrix(app)
    said = {(key, role): sight for key, row in rows.items() for role, sight in row.sights.items()}
    assert tried == said
    assert set(house.people) == set(Role)


async def test_the_page_shows_every_cell(app: Litestar, nobody: Visitor):
    words = {Sight.NOTHING: "rien", Sight.SEES: "voit", Sight.ACTS: "agit"}
    shown = re.findall(
        r'<td class="sight sight--\d">(\w+)</td>', (await nobody.get("/matrice")).text
    )
    rows = matrix(app).values()
    assert shown == [words[sight] for row in rows for sight in row.sights.values()]


def test_nothing_of_a_journal_is_for_anybody_else(app: Litestar):
    for key in ("journal", "own_trends", "copies", "keys"):
        seen = {role for role, sight in matrix(app)[key].sights.items() if sight}
        assert seen == {Role.SELF}


@pytest.mark.parametrize("options", [{}, {"thing": "inconnue"}])
def test_a_route_about_nothing_known_stops_the_start(options: dict[str, Any]):
    @get("/oubliee", sync_to_thread=False, reach=Reach.PUBLIC, **options)
    def forgotten() -> str:
        return ""

    with pytest.raises(RuntimeError, match="routes without a known thing"):
        require_declarations(Litestar([forgotten], openapi_config=None))
