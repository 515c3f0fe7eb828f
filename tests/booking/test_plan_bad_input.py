"""Whatever planners write: a clear sentence, what was typed stays, and nothing is made."""

from itertools import product
from uuid import uuid4

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from litestar import Litestar
from tests.booking.sent import fields_of, said, send_back
from tests.booking.world import NOON, Circle, a_group, slots
from tests.organisation.world import House
from tests.raw import assert_kind, encoded, send
from tests.routes import FORGED, routes
from tests.test_bad_input import VALUES

from recul import clock
from recul.booking.queries import within
from recul.booking.tables import MeetingCycle, MeetingGroup
from recul.database import write_transaction

FAR = ", ".join(f"{1 + n % 28}/{1 + n // 28}/2027" for n in range(300)).replace(", ", "\n")


@pytest.fixture
async def circle(house: House, noon: None) -> Circle:
    return await a_group(house, *slots(3))


CHOSEN = ("rhythm", "area", "zone", "weekday", "nth", "admission", "facilitator", "team")
"""Fields to choose from: what is not offered cannot be shown again."""


def refused(answer: httpx.Response, path: str, sentence: str, typed: dict[str, str]) -> None:
    """The form again, with the sentence, and with what was typed."""
    assert answer.status_code == 422, typed
    assert sentence in said(answer), typed
    shown = fields_of(answer, path)
    wanted = {n.replace("day_", "day-"): v for n, v in typed.items() if n not in CHOSEN and v}
    assert {name: shown[name].strip() for name in wanted} == {
        name: value.strip() for name, value in wanted.items()
    }


GROUPS = [
    ({"name": " "}, "Donnez un nom au groupe."),
    ({"name": "x" * 121}, "120 caractères au plus"),
    ({"capacity": "0"}, "nombre entier de 2 à 200"),
    ({"capacity": "10000"}, "nombre entier de 2 à 200"),
    ({"capacity": "-3"}, "nombre entier de 2 à 200"),
    ({"capacity": "douze"}, "nombre entier de 2 à 200"),
    ({"capacity": "5", "minimum": "6"}, "Le minimum ne peut pas dépasser"),
    ({"minimum": "0"}, "nombre entier de 1 à 200"),
    ({"minutes": "5"}, "nombre entier de 15 à 600"),
    ({"minutes": "9" * 30}, "nombre entier de 15 à 600"),
    ({"admission": "co_optation"}, "Choisissez l’une des réponses proposées."),
    ({"facilitator": str(FORGED)}, "Choisissez l’une des réponses proposées."),
    ({"facilitator": "x"}, "Choisissez l’une des réponses proposées."),
    ({"team": str(FORGED)}, "Choisissez l’une des réponses proposées."),
    ({"purpose": "x" * 601}, "600 caractères au plus"),
]
FOUNDING = [
    ({"charter": ""}, "Écrivez la charte du groupe."),
    ({"group": "x"}, "Ce formulaire est incomplet"),
]


async def test_a_new_group(house: House):
    path, visitor = "/planification/groupes", house.organiser
    page = await visitor.post(f"{path}/nouveau", {"kind": "codev_group"})
    for fields, sentence in [*GROUPS, *FOUNDING]:
        typed = {"name": "Un groupe gardé"} | fields
        refused(await send_back(visitor, page, path, **typed), path, sentence, typed)
    assert not await MeetingGroup.exists()


async def test_a_changed_group(circle: Circle):
    path, visitor = f"/planification/groupes/{circle.group}/modifier", circle.house.organiser
    before, page = await MeetingGroup.select(), await visitor.get(path)
    for fields, sentence in GROUPS:
        refused(await send_back(visitor, page, path, **fields), path, sentence, fields)
    assert await MeetingGroup.select() == before


async def test_a_kind_that_is_not_offered(house: House):
    paths = ("/planification/groupes/nouveau", "/planification/groupes")
    kinds = ("", "peer_supervision", "individual_supervision", "x", "%00")
    for path, kind in product(paths, kinds):
        answer = await house.organiser.post(path, {"kind": kind, "name": "x"})
        assert answer.status_code == 422
        assert 'href="#kind"' in answer.text
    assert not await MeetingGroup.exists()


RHYTHMS = [
    ({"rhythm": ""}, "Choisissez un rythme."),
    ({"rhythm": "daily"}, "Choisissez l’une des réponses proposées."),
    ({"first": ""}, "Choisissez le jour à partir duquel"),
    ({"first": "2026-11-20"}, "Cette date est passée."),
    ({"first": "9999-12-31"}, "trois ans au plus"),
    ({"first": "0001-01-01"}, "Cette date est passée."),
    ({"first": "demain"}, "Cette date n’est pas lisible."),
    ({"weekday": "8"}, "nombre entier de 1 à 7"),
    ({"weeks": "0"}, "nombre entier de 1 à 26"),
    ({"dates": "0"}, "nombre entier de 1 à 60"),
    ({"dates": "500"}, "nombre entier de 1 à 60"),
    ({"dates": "60", "weeks": "26"}, "ne tiennent pas dans les trois ans"),
    ({"rhythm": "monthly", "nth": "5"}, "Choisissez l’une des réponses proposées."),
    ({"rhythm": "free", "free": ""}, "Écrivez au moins une date."),
    ({"rhythm": "free", "free": FAR}, "60 dates au plus dans un cycle."),
    ({"rhythm": "free", "free": "1/1/9999"}, "trois ans au plus"),
    ({"rhythm": "free", "free": "3/12/2025"}, "Cette date est passée."),
    ({"rhythm": "free", "free": "3/12/2026\nbientôt"}, "Ligne 2, « bientôt » : cette date"),
    ({"rhythm": "free", "free": "30 février"}, "ce jour n’existe pas au calendrier"),
    ({"rhythm": "free", "free": "x" * 20_001}, "20000 caractères au plus"),
]
HOURS = [
    ({"starts": "16:00", "ends": "14:00"}, "La fin vient avant le début."),
    ({"starts": "16:00", "ends": "16:00"}, "La fin vient avant le début."),
    ({"starts": "", "ends": "16:00"}, "Écrivez l’heure du début."),
    ({"starts": "14:00", "ends": ""}, "Écrivez l’heure de la fin."),
    ({"starts": "25:00", "ends": "16:00"}, "Cette heure n’est pas lisible."),
    ({"starts": "14:00", "ends": "14:05"}, "de 15 minutes à 10 heures"),
    ({"starts": "00:00", "ends": "23:00"}, "de 15 minutes à 10 heures"),
]
PLACES = [
    ({"area": "CH-XX"}, "Choisissez un pays, un canton ou une région de la liste."),
    ({"area": ""}, "Choisissez un pays, un canton ou une région de la liste."),
    ({"area": "FR-67; DROP"}, "Choisissez un pays, un canton ou une région de la liste."),
    ({"zone": "Europe/Lutèce"}, "Choisissez un fuseau horaire de la liste."),
    ({"zone": "../../etc/passwd"}, "Choisissez un fuseau horaire de la liste."),
]


async def test_a_rhythm(circle: Circle):
    path, visitor = f"/planification/groupes/{circle.group}/cycles/nouveau", circle.house.organiser
    page = await visitor.get(path)
    for fields, sentence in [*RHYTHMS, *HOURS, *PLACES]:
        refused(await send_back(visitor, page, path, **fields), path, sentence, fields)


DATES = [
    ({"day_1": "2026-11-20"}, "Cette date est passée."),
    ({"day_1": "9999-12-31"}, "trois ans au plus"),
    ({"day_1": "bientôt"}, "Cette date n’est pas lisible."),
    ({"day_1": "2026-12-24"}, "Cette date y est déjà."),
    ({"day_1": "", "day_2": ""}, "Gardez au moins une date."),
    ({f"day_{n}": f"2027-{1 + n // 28:02}-{1 + n % 28:02}" for n in range(61)}, "60 dates au plus"),
    ({"decide_on": "2026-12-20"}, "au plus tard le jour de la première date"),
    ({"decide_on": "2026-11-01"}, "Cette date est passée."),
    ({"cycle": "x"}, "Ce formulaire est incomplet"),
    ({"cycle": ""}, "Ce formulaire est incomplet"),
]
SETTINGS = [
    ({"capacity": "0"}, "nombre entier de 2 à 200"),
    ({"capacity": "10000"}, "nombre entier de 2 à 200"),
    ({"capacity": "3", "minimum": "4"}, "Le minimum ne peut pas dépasser"),
    ({"video_link": "javascript:alert(1)"}, "Ce lien n’est pas lisible."),
    ({"video_link": "https://a b"}, "Ce lien n’est pas lisible."),
    ({"video_link": "https://"}, "Ce lien n’est pas lisible."),
    ({"place": "x" * 201}, "200 caractères au plus"),
    ({"access_note": "x" * 2001}, "2000 caractères au plus"),
]


async def test_dates_to_keep(circle: Circle):
    visitor, base = circle.house.organiser, f"/planification/groupes/{circle.group}/cycles"
    asked = await visitor.get(f"{base}/nouveau")
    free = {"rhythm": "free", "free": "10/12/2026\n24/12/2026"}
    page = await send_back(visitor, asked, f"{base}/nouveau", **free)
    for fields, sentence in [*DATES, *HOURS, *PLACES, *SETTINGS]:
        answer = await send_back(visitor, page, base, **fields)
        refused(answer, base, sentence, fields if len(fields) < 60 else {})
    assert await MeetingCycle.count() == 1


async def test_a_cycle_of_somebody_else_is_not_taken_over(circle: Circle):
    visitor, base = circle.house.organiser, f"/planification/groupes/{circle.group}/cycles"
    other = await a_group(circle.house)
    asked = await visitor.get(f"{base}/nouveau")
    page = await send_back(visitor, asked, f"{base}/nouveau")
    answer = await send_back(visitor, page, base, cycle=str(other.cycle), known_ok="1")
    assert answer.status_code == 404
    assert await MeetingCycle.count() == 2


async def test_settings(circle: Circle):
    path, visitor = f"/planification/cycles/{circle.cycle}/reglages", circle.house.organiser
    before, page = await MeetingCycle.select(), await visitor.get(path)
    late = {"decide_on": "2027-12-31"}
    for fields, sentence in [*SETTINGS, (late, "au plus tard le jour")]:
        refused(await send_back(visitor, page, path, **fields), path, sentence, fields)
    assert await MeetingCycle.select() == before


ONE_DATE = [
    ({"day": "2026-11-20"}, "Cette date est passée."),
    ({"day": "2026-11-21", "starts": "08:00", "ends": "09:00"}, "Cette heure est déjà passée."),
    ({"day": "9999-12-31"}, "trois ans au plus"),
    ({"day": ""}, "Choisissez un jour."),
    ({"day": "x"}, "Cette date n’est pas lisible."),
]


async def test_one_date(circle: Circle):
    visitor, before = circle.house.organiser, await within.meetings(circle.cycle)
    for path in (
        f"/planification/seances/{circle.meetings[0]}/deplacer",
        f"/planification/cycles/{circle.cycle}/seances",
    ):
        page = await visitor.get(path)
        for fields, sentence in [*ONE_DATE, *HOURS]:
            wanted = {"day": "2026-12-15"} | fields
            refused(await send_back(visitor, page, path, **wanted), path, sentence, wanted)
    assert await within.meetings(circle.cycle) == before


async def test_a_forged_sequence_moves_nothing(circle: Circle):
    visitor = circle.house.organiser
    path = f"/planification/seances/{circle.meetings[0]}/deplacer"
    form = await visitor.get(path)
    for sequence in ("", "-1", "x", "9" * 5000, "1"):
        answer = await send_back(visitor, form, path, day="2026-12-15", sequence=sequence)
        assert answer.status_code == 422
    assert (await within.meetings(circle.cycle))[0].slot == slots()[0]


# Anything at all

NAMES = (
    "structure kind group name purpose facilitator team admission capacity minimum minutes charter"
    " version rhythm first weekday weeks nth dates free starts ends area zone cycle day-1 day-2"
    " day-x day-99999 place access_note video_link decide_on known_ok day sequence meeting"
    " decision seen confirmed"
).split()
TYPED = st.one_of(
    VALUES,
    st.sampled_from(
        "weekly monthly free 2026-12-03 9999-12-31 14:00 16:00 FR Europe/Paris 12 6 -1 postpone"
        " maintain cancel codev_group open 1 3/12/2026".split()
    ),
)
FIELDS = st.lists(st.tuples(st.sampled_from(NAMES), TYPED), max_size=14)


class Undo(Exception):
    """What one trial did is taken back."""


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(fields=FIELDS)
async def test_any_form_with_anything_in_it(
    app: Litestar, house: House, fields: list[tuple[str, str]]
):
    with clock.set_to(NOON):
        circle = await a_group(house)
        for route in routes(app):
            if route.method == "POST" and route.path.startswith("/planification"):
                try:
                    async with write_transaction():
                        address = route.address(**circle.ids)
                        answer = await send(house.organiser, address, encoded(fields))
                        assert_kind(answer, route)
                        raise Undo
                except Undo:
                    pass


async def test_addresses_with_anything_in_them(house: House):
    for value in ("", "%00", "x", str(uuid4()), "é" * 300, "9" * 40, "%ED%A0%80"):
        answer = await house.organiser.get(f"/planification/groupes/nouveau?structure={value}")
        assert_kind(answer, value)
    for path in ("groupes/x", "cycles/%00", "seances/1/deplacer", f"groupes/{FORGED}/charte"):
        assert (await house.organiser.get(f"/planification/{path}")).status_code == 404
