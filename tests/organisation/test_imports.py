"""Importing people: looked at first, taken once, in seconds, and never in anybody's way."""

import asyncio
import threading
import time
from datetime import timedelta
from html import unescape
from typing import Any

import httpx
import pytest
from litestar import Litestar
from piccolo.querystring import QueryString
from tests.organisation.world import House, inhabited

from recul import clock
from recul.database import Database, fetch
from recul.organisation.actions import imports
from recul.organisation.people_csv import MOST_BYTES
from recul.organisation.queries import structure, teams
from recul.organisation.tables import Membership, PeopleImport, Place, Team
from recul.web.i18n import typeset
from recul.web.roles import Role

HEAD = "nom;courriel;service;équipe;rôle\n"


async def upload(house: House, text: str | bytes) -> httpx.Response:
    data = text if isinstance(text, bytes) else text.encode()
    address = f"/structure/{house.organisation}/import"
    return await house.organiser.upload(address, {"file": ("people.csv", data, "text/csv")})


async def look(house: House, text: str) -> str:
    answer = await upload(house, text)
    assert answer.status_code == 303, answer.text
    return unescape((await house.organiser.get(answer.headers["location"])).text)


async def confirm(house: House, **fields: str) -> httpx.Response:
    return await house.organiser.post(
        f"/structure/{house.organisation}/import/confirmation", fields
    )


FILE = HEAD + (
    "Zoé Blanc;zoe@exemple.fr;Territoire Nord;Polyvalence;\n"
    "Yvon;;;Polyvalence;membre\n"
    "Anabelle;{ana};;Polyvalence;\n"
    "Inconnue;;Territoire Nord;Veille;\n"
    "Paul;paul@;;Polyvalence;\n"
)


async def test_a_dry_run_then_the_import_then_nothing_more(house: House):
    text = FILE.format(ana=house.self.email)
    page = await look(house, text)
    assert "2 places à garder" in page
    assert "1 ligne est déjà ainsi." in page
    unknown = "Ligne 5 : l’équipe « Veille » n’existe pas dans le service « Territoire Nord »."
    assert typeset(unknown) in page
    assert typeset("Ligne 6 : « paul@ » n’est pas une adresse.") in page
    assert await Place.count() == 0
    assert (await confirm(house)).headers["location"] == "/structure"
    assert {row["display_name"] for row in await Place.select()} == {"Zoé Blanc", "Yvon"}
    assert await PeopleImport.count() == 0
    assert (await confirm(house)).headers["location"].endswith("/import")
    again = await look(house, text)
    assert "3 lignes sont déjà ainsi." in again
    await confirm(house)
    assert [await Place.count(), await Membership.count()] == [2, 4]


async def test_missing_teams_are_made_when_asked(house: House):
    text = HEAD + "A;;Territoire Nord;Veille;\nB;;Pôle Est;Accueil;\nC;;pôle est;accueil;\n"
    assert "Créer aussi les 2 équipes qui manquent" in await look(house, text)
    await confirm(house, make_teams="1")
    [tree] = await structure.trees(house.ids[Role.ORGANISER])
    assert [(u.name, [(t.name, t.waiting) for t in u.teams]) for u in tree.units] == [
        ("Pôle Est", [("Accueil", 2)]),
        ("Territoire Nord", [("Polyvalence", 0), ("Veille", 1)]),
    ]
    assert "3 lignes sont déjà ainsi." in await look(house, text)
    await confirm(house, make_teams="1")
    assert [await Team.count(), await Place.count()] == [4, 3]


async def test_whoever_belongs_already_is_put_into_her_team(house: House):
    fred, ana = house.people[Role.FACILITATOR], house.self
    text = HEAD + f"Ferdinand;{fred.email};;Polyvalence;\nAnabelle;{ana.email};;Polyvalence;chef\n"
    assert "2 personnes d’ici prennent place aussitôt." in await look(house, text)
    await confirm(house)
    assert {m.display_name for m in await teams.managers(house.team)} == {"Anabelle", "Maximilien"}
    assert "Ferdinand" in {m.display_name for m in await teams.members(house.team)}
    assert await Place.count() == 0


async def test_a_file_does_not_tell_who_has_an_account(house: House):
    """Somebody of another organisation and somebody of nowhere read the same."""
    known = await look(house, HEAD + f"Léa;{house.people[Role.STRANGER].email};;Polyvalence;\n")
    unknown = await look(house, HEAD + "Léa;personne@exemple.fr;;Polyvalence;\n")
    assert "1 place à garder" in known
    assert (
        known.partition("<main")[2].split("_csrf_token")[0]
        == (unknown.partition("<main")[2].split("_csrf_token")[0])
    )


async def test_the_file_waits_sealed_and_not_for_long(house: House):
    await look(house, HEAD + "Zéphyrin Secret;zephyrin@exemple.fr;;Polyvalence;\n")
    [row] = await fetch(QueryString("SELECT box FROM people_import"))
    assert "Zéphyrin".encode() not in bytes(row["box"])
    assert b"zephyrin" not in bytes(row["box"])
    with clock.set_to(clock.now() + timedelta(minutes=61)):
        await imports.sweep()
        assert await PeopleImport.count() == 0
    gone = await house.organiser.get(f"/structure/{house.organisation}/import/apercu")
    assert gone.headers["location"] == f"/structure/{house.organisation}/import"


async def test_it_goes_with_the_sign_in_or_a_word(house: House):
    await look(house, HEAD + "Zoé;;;Polyvalence;\n")
    await house.organiser.post(f"/structure/{house.organisation}/import/abandon")
    assert await PeopleImport.count() == 0
    await look(house, HEAD + "Zoé;;;Polyvalence;\n")
    await house.organiser.post("/deconnexion")
    assert await PeopleImport.count() == 0


@pytest.mark.parametrize(
    "data",
    [b"", b"\0", b"PK\x03\x04", "nom\nZoé".encode(), HEAD.encode(), b"%PDF-1.7", b"\xff" * 900],
)
async def test_what_is_no_file_of_people_is_told(house: House, data: bytes):
    answer = await upload(house, data)
    assert (answer.status_code, 'id="file-error"' in answer.text) == (422, True)
    assert await PeopleImport.count() == 0


async def test_too_large_a_file(house: House):
    answer = await upload(house, b"x" * (MOST_BYTES + 200_000))
    assert answer.status_code == 413


def five_thousand() -> str:
    rows = (f"Personne {n};p{n}@exemple.fr;Service {n % 60};Équipe {n % 600};" for n in range(5000))
    return HEAD + "\n".join(rows)


@pytest.mark.slow
async def test_five_thousand_people_in_seconds(live_db: Database, app: Litestar):
    """The bound on one stall is wide for a busy machine; alone it is some 20 ms."""
    house = await inhabited(app, Role.ORGANISER)
    longest = 0.0
    work = asyncio.create_task(_whole_import(house))
    while not work.done():
        start = time.perf_counter()
        await asyncio.sleep(0)
        longest = max(longest, time.perf_counter() - start)
    seconds = await work
    assert [await Place.count(), await Team.count()] == [5000, 601]
    assert seconds < 30
    assert longest < 2
    assert "5000 lignes sont déjà ainsi." in await look(house, five_thousand())


async def _whole_import(house: House) -> float:
    start = time.perf_counter()
    await look(house, five_thousand())
    assert (await confirm(house, make_teams="1")).status_code == 303
    return time.perf_counter() - start


async def test_confirmed_twice_at_the_same_moment(live_db: Database, app: Litestar):
    house = await inhabited(app, Role.ORGANISER)
    await look(house, HEAD + "".join(f"P{n};;Est;Accueil;\n" for n in range(30)))
    answers = await asyncio.gather(*(confirm(house, make_teams="1") for _ in range(4)))
    assert {answer.status_code for answer in answers} == {303}
    assert [await Place.count(), await Team.count()] == [30, 2]


async def test_files_are_worked_on_in_threads(house: House, monkeypatch: pytest.MonkeyPatch):
    seen: set[tuple[str, bool]] = set()
    for name in ("parse", "plan", "seal_for_token", "open_with_token"):
        own = getattr(imports, name)

        def noting(*args: object, name: str = name, own: Any = own) -> object:
            seen.add((name, threading.current_thread() is threading.main_thread()))
            return own(*args)

        monkeypatch.setattr(imports, name, noting)
    await look(house, HEAD + "Zoé;;;Polyvalence;\n")
    await confirm(house)
    names = ("parse", "plan", "seal_for_token", "open_with_token")
    assert seen == {(name, False) for name in names}
