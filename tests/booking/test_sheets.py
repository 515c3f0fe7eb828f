"""Attendance sheets: everybody who has a seat, on as many pages as it takes, and nobody else's."""

from datetime import date, timedelta
from html import unescape

import httpx
import pytest
from litestar import Litestar
from tests.booking.world import Circle, a_group, enrol, seat, slots, somebody
from tests.documents import papers
from tests.organisation.world import House, founded
from tests.visitors import Visitor

from recul import clock
from recul.booking.queries.sheets import as_filed
from recul.booking.tables import Attendance, Enrolment, Meeting, MeetingGroup
from recul.database import recorded_statements
from recul.organisation import rules
from recul.organisation.actions import roles
from recul.web.roles import Role

COMING = date(2026, 11, 26)
WEEK = "/animation/emargement.pdf?semaine=2026-W48"
pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
async def circle(house: House) -> Circle:
    return await a_group(house, *slots(2, COMING, every=7))


@pytest.fixture
def leader(house: House) -> Visitor:
    return house.people[Role.FACILITATOR]


def path(circle: Circle) -> str:
    return f"/animation/seances/{circle.meetings[0]}/emargement.pdf"


def paper(answer: httpx.Response) -> str:
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    assert answer.headers["content-disposition"] == 'attachment; filename="emargement.pdf"'
    assert papers.promises(answer.content)["pdf/ua"]
    return papers.words(answer.content)


async def test_a_sheet_says_what_where_when_and_who(house: House, circle: Circle, leader: Visitor):
    await seat(circle, *[await somebody(house, name) for name in ("Zoé", "Émile", "ana", "Eve")])
    await enrol(circle, await somebody(house, "Attentive"), "waiting")
    said = paper(await leader.get(path(circle)))
    for words in (
        "Val-Clair Feuille d’émargement",
        "Groupe Tilleuls et Rivage",
        "Type Groupe d’analyse de la pratique",
        "Séance n° 1",
        "Date jeudi 26 novembre 2026",
        "Horaire 14 h 00 – 16 h 00",
        "Lieu Maison du Rivage, salle 2",
        "Animation Ferdinand",
        "Nom Signature ana Émile Eve Zoé",
        "Cette feuille est confidentielle",
        "Signature de la personne qui anime",
    ):
        assert words in said, words
    assert "Attentive" not in said
    assert "interphone" not in said


async def test_a_large_group_takes_several_pages_each_with_its_head(
    house: House, circle: Circle, leader: Visitor
):
    await seat(circle, *[await somebody(house, f"Personne {n:02}") for n in range(30)])
    content = (await leader.get(path(circle))).content
    pages = [" ".join(page.extract_text().split()) for page in papers.opened(content).pages]
    assert len(pages) == 3
    assert all(f"{n}/3" in page for n, page in enumerate(pages, 1))
    assert all("Tilleuls et Rivage" in page for page in pages)
    assert all("Nom Signature" in page for page in pages[:2])
    assert papers.words(content).count("Personne 17") == 1


async def test_a_week_is_one_file_of_sheets_that_know_nothing_of_each_other(
    app: Litestar, house: House, circle: Circle, leader: Visitor
):
    await seat(circle, await somebody(house, "Aurore"))
    elsewhere = await founded("Bellerive", "Ouest", "Accueil")
    elsewhere.ids[Role.FACILITATOR] = house.ids[Role.FACILITATOR]
    await roles.appoint(house.ids[Role.FACILITATOR], elsewhere.organisation, rules.FACILITATOR)
    other = await a_group(elsewhere, *slots(1, COMING + timedelta(1)), name="En cercle")
    await seat(other, *[await somebody(elsewhere, f"Bertille {n}") for n in range(20)])
    empty = await a_group(house, *slots(1, COMING + timedelta(2)), name="Sans personne")
    answer = await leader.get(WEEK)
    paper(answer)
    pages = [" ".join(page.extract_text().split()) for page in papers.opened(answer.content).pages]
    assert [("Val-Clair" in page, "Bellerive" in page, "Aurore" in page) for page in pages] == [
        (True, False, True),
        (False, True, False),
        (False, False, False),
    ]
    assert ["1/1" in pages[0], "1/2" in pages[1], "2/2" in pages[2]] == [True] * 3
    assert "En cercle · vendredi 27 novembre 2026" in pages[2].replace("\u202f", " ")
    assert str(empty.meetings[0]) not in papers.words(answer.content)
    assert "Sans personne" not in papers.words(answer.content)


async def test_the_week_offers_its_sheets_when_there_are_any(
    house: House, circle: Circle, leader: Visitor
):
    assert WEEK not in (await leader.get("/animation?semaine=2026-W48")).text
    answer = await leader.get(WEEK)
    assert (answer.status_code, answer.headers["location"]) == (303, "/animation?semaine=2026-W48")
    shown = await leader.get(answer.headers["location"])
    assert "Aucune feuille à imprimer" in unescape(shown.text)
    await seat(circle, await somebody(house))
    assert WEEK in (await leader.get("/animation?semaine=2026-W48")).text
    await Meeting.update({Meeting.cancelled: True}).where(Meeting.id == circle.meetings[0])
    assert WEEK not in (await leader.get("/animation?semaine=2026-W48")).text
    assert (await leader.get(WEEK)).status_code == 303


async def test_a_cancelled_meeting_has_no_sheet_and_an_empty_one_has_room(
    circle: Circle, leader: Visitor
):
    assert "Nom Signature" in paper(await leader.get(path(circle)))
    await Meeting.update({Meeting.cancelled: True}).where(Meeting.id == circle.meetings[0])
    answer = await leader.get(path(circle))
    assert answer.headers["location"] == f"/animation/seances/{circle.meetings[0]}"
    assert "emargement.pdf" not in (await leader.get(answer.headers["location"])).text


async def test_who_left_and_came_back_stands_there_once(
    house: House, circle: Circle, leader: Visitor
):
    person = await somebody(house, "Revenante")
    for state in ("left", "seated"):
        await enrol(circle, person, state)
    assert paper(await leader.get(path(circle))).count("Revenante") == 1
    await Attendance(meeting=circle.meetings[0], account=person, state="present").save()
    await Meeting.update({Meeting.noted_on: clock.today()}).where(Meeting.cycle == circle.cycle)
    assert paper(await leader.get(path(circle))).count("Revenante") == 1
    shown = await leader.get(f"/animation/seances/{circle.meetings[0]}")
    assert shown.text.count("Revenante") == 1
    await Enrolment.update({Enrolment.state: "left"}).where(Enrolment.account == person)
    assert "Revenante" in paper(await leader.get(path(circle)))


async def test_nobody_else_gets_a_sheet(house: House, circle: Circle, nobody: Visitor):
    await seat(circle, await somebody(house, "Aurore"), house.ids[Role.SELF])
    for role, visitor in house.people.items():
        if role in (Role.FACILITATOR, Role.STRANGER):
            continue
        for address in (path(circle), WEEK):
            assert (await visitor.get(address)).status_code == 404, (role, address)
    stranger = house.people[Role.STRANGER]
    assert (await stranger.get(path(circle))).status_code == 404
    assert (await stranger.get(WEEK)).status_code == 303
    assert (await nobody.get(WEEK)).status_code == 303


async def test_another_facilitator_of_the_same_organisation_gets_none(
    house: House, circle: Circle, leader: Visitor
):
    await seat(circle, await somebody(house, "Aurore"))
    await MeetingGroup.update({MeetingGroup.facilitator: house.ids[Role.SELF]}).where(
        MeetingGroup.id == circle.group
    )
    assert (await leader.get(path(circle))).status_code == 404
    assert (await leader.get(WEEK)).status_code == 303


async def test_a_week_of_sheets_costs_the_same_whatever_it_holds(
    house: House, circle: Circle, leader: Visitor
):
    counts = []
    for count in (1, 3):
        for _ in range(count):
            more = await a_group(house, *slots(2, COMING, every=1))
            await seat(more, *[await somebody(house) for _ in range(count)])
        with recorded_statements() as statements:
            paper(await leader.get(WEEK))
        counts.append(len(statements))
    assert counts == [3, 3]


@pytest.mark.parametrize("week", ["", "9999-W52", "\x00", "2026-W48'--", "x" * 900])
async def test_any_week_in_an_address_is_answered(leader: Visitor, week: str):
    answer = await leader.client.get("/animation/emargement.pdf", params={"semaine": week})
    assert answer.status_code == 303


def test_names_stand_as_people_look_for_them():
    names = ["Zoé", "Ewa", "Émile", "ana", "Ångström", "Ana"]
    assert sorted(names, key=as_filed) == ["Ana", "ana", "Ångström", "Émile", "Ewa", "Zoé"]
