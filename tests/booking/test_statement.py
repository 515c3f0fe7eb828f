"""The month of one organisation: what was held, never with another organisation, never a person."""

import csv
import io
from datetime import date
from html import unescape
from typing import Any
from uuid import UUID

import httpx
import pytest
from tests.booking.supervising import an_offer, booked
from tests.booking.world import Circle, a_group, seat, slots, somebody
from tests.documents import papers
from tests.organisation.world import House, founded
from tests.visitors import Visitor

from recul import clock
from recul.booking.papers.words import decimal
from recul.booking.tables import Appointment, Attendance, Meeting, MeetingGroup
from recul.booking.wall import Slot
from recul.database import recorded_statements
from recul.organisation import rules
from recul.organisation.actions import roles
from recul.organisation.tables import Organisation
from recul.organisation.tables import Role as RoleRow
from recul.web.roles import Role

HELD = date(2026, 11, 5)
ENDS = ("", ".pdf", ".csv")
pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def leader(house: House) -> Visitor:
    return house.people[Role.FACILITATOR]


async def held(house: House, *people: UUID, name: str = "Tilleuls", minutes: int = 120) -> Circle:
    """One meeting on the 5th with these present, one on the 19th that nobody noted, one to come."""
    dates = slots(3, HELD, every=14, minutes=minutes)
    circle = await a_group(house, *dates, name=name)
    await seat(circle, *people, await somebody(house, "Absente"))
    for one in people:
        await Attendance(meeting=circle.meetings[0], account=one, state="present").save()
    await Meeting.update({Meeting.noted_on: clock.today()}).where(Meeting.id == circle.meetings[0])
    return circle


async def supervised(house: House, person: UUID, **more: object) -> UUID:
    """An appointment that was held on the 3rd."""
    offer = await an_offer(house)
    appointment = await booked(offer, person)
    at = Slot(date(2026, 11, 3), 540, 60, "Europe/Paris")
    moved: dict[str, Any] = {
        "day": at.day,
        "starts_at": at.starts_at,
        "ends_at": at.ends_at,
        "attended": True,
    }
    await Appointment.update(**moved | more).where(Appointment.id == appointment)
    return appointment


async def elsewhere_too(house: House) -> House:
    """Another organisation of the same facilitator."""
    other = await founded("Bellerive", "Ouest", "Accueil")
    other.ids[Role.FACILITATOR] = house.ids[Role.FACILITATOR]
    await roles.appoint(house.ids[Role.FACILITATOR], other.organisation, rules.FACILITATOR)
    return other


async def read(
    visitor: Visitor, end: str = "", house: House | None = None, month: str = "2026-11"
) -> httpx.Response:
    params = {"mois": month} | ({"structure": str(house.organisation)} if house else {})
    return await visitor.client.get(f"/animation/releve{end}", params=params)


def plain(answer: httpx.Response) -> str:
    assert answer.status_code == 200
    if answer.headers["content-type"] == "application/pdf":
        assert papers.promises(answer.content)["pdf/ua"]
        return papers.words(answer.content)
    return unescape(answer.text).replace("\u202f", " ").replace("\u00a0", " ")


def rows(answer: httpx.Response) -> list[list[str]]:
    text = answer.content.decode("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))


async def test_what_was_held_with_how_many_and_never_who(house: House, leader: Visitor):
    people = [await somebody(house, f"Reconnaissable {n}") for n in range(3)]
    await held(house, *people)
    await supervised(house, people[0])
    page, paper = plain(await read(leader)), plain(await read(leader, ".pdf"))
    for said in (page, paper):
        assert "Val-Clair" in said
        assert "Ferdinand" in said
        assert "5 nov. 2026" in said
        assert "Reconnaissable" not in said
        assert "Absente" not in said
    assert '<td class="number">3</td><td class="number nowrap">2 h</td>' in page
    assert "1 rendez-vous, 1 h" in page
    assert "Total du mois : 3 h" in page
    assert "5 nov. 2026 14 h 00 – 16 h 00 Tilleuls 3 2 h En tout 2 h" in paper
    assert "Rendez-vous 1 Heures 1 h" in paper
    assert "Total du mois 3 h" in paper
    table = rows(await read(leader, ".csv"))
    assert table[1:] == [
        [
            "Val-Clair",
            "Ferdinand",
            "2026-11-05",
            "14:00",
            "16:00",
            "Tilleuls",
            "Groupe d’analyse de la pratique",
            "3",
            "2",
        ],
        [
            "Val-Clair",
            "Ferdinand",
            *[""] * 3,
            "Supervision individuelle, 1 rendez-vous",
            "",
            "",
            "1",
        ],
        ["Val-Clair", "Ferdinand", *[""] * 3, "En tout", "", "", "3"],
    ]


async def test_what_is_over_and_not_noted_is_called_to_mind_and_not_counted(
    house: House, leader: Visitor
):
    circle = await held(house)
    page = plain(await read(leader))
    assert "1 séance passée n’est pas notée" in page
    assert f"/animation/seances/{circle.meetings[1]}" in page
    assert f"/animation/seances/{circle.meetings[2]}" not in page
    assert "Total du mois : 2 h" in page
    assert "19 nov." not in plain(await read(leader, ".pdf"))
    await Meeting.update({Meeting.cancelled: True}).where(Meeting.cycle == circle.cycle)
    assert "Rien de noté ce mois." in plain(await read(leader))


async def test_supervision_says_what_the_organisation_reads_too(house: House, leader: Visitor):
    """The two talk about the same number: missed and cancelled too late are due."""
    await supervised(house, house.ids[Role.SELF], attended=False)
    path = f"/structure/{house.organisation}/heures"
    person = house.ids[Role.COLLEAGUE]
    late = await supervised(house, person, state="cancelled", late=True, starts=660)
    assert "2 rendez-vous, 2 h" in plain(await read(leader))
    assert '<td class="number nowrap">2 h</td>' in plain(await house.organiser.get(path))
    await Appointment.update({Appointment.late: False}).where(Appointment.id == late)
    assert "1 rendez-vous, 1 h" in plain(await read(leader))
    assert '<td class="number nowrap">1 h</td>' in plain(await house.organiser.get(path))


async def test_two_organisations_never_meet_in_one_statement(house: House, leader: Visitor):
    other = await elsewhere_too(house)
    await held(house, await somebody(house))
    await held(other, await somebody(other), name="En cercle", minutes=90)
    await supervised(other, await somebody(other))
    choice = plain(await read(leader))
    assert all(name in choice for name in ("Val-Clair", "Bellerive"))
    assert not any(name in choice for name in ("Tilleuls", "En cercle"))
    for end in (".pdf", ".csv"):
        answer = await read(leader, end)
        assert (answer.status_code, answer.headers["location"]) == (
            303,
            "/animation/releve?mois=2026-11",
        )
    for end in ENDS:
        here, there = [plain(await read(leader, end, one)) for one in (house, other)]
        for text, its, not_its in (
            (here, ("Val-Clair", "Tilleuls"), ("Bellerive", "En cercle", "1 rendez-vous")),
            (there, ("Bellerive", "En cercle"), ("Val-Clair", "Tilleuls")),
        ):
            assert all(name in text for name in its), end
            assert not any(name in text for name in not_its), end


async def test_what_was_given_before_a_role_ended_can_still_be_stated(
    house: House, leader: Visitor
):
    other = await elsewhere_too(house)
    await held(other, await somebody(other), name="En cercle")
    await RoleRow.update({RoleRow.ended_on: clock.today()}).where(
        RoleRow.organisation == other.organisation
    )
    assert "En cercle" in plain(await read(leader, "", other))


async def test_nobody_else_reads_it(house: House, leader: Visitor, nobody: Visitor):
    await held(house, await somebody(house))
    for end in ENDS:
        for role, visitor in house.people.items():
            if role is not Role.FACILITATOR:
                assert (await read(visitor, end, house)).status_code == 404, (role, end)
        assert (await read(nobody, end, house)).status_code == 303
        own = plain(await read(house.people[Role.STRANGER], end))
        assert not any(name in own for name in ("Val-Clair", "Tilleuls", "Ferdinand"))
        wrong = {"mois": "2026-11", "structure": "x' OR 1=1"}
        answer = await leader.client.get(f"/animation/releve{end}", params=wrong)
        assert answer.status_code == 404


async def test_another_who_leads_there_reads_her_own(house: House, leader: Visitor):
    await held(house, await somebody(house))
    await roles.appoint(house.ids[Role.SELF], house.organisation, rules.FACILITATOR)
    mine = await held(house, await somebody(house), name="À moi")
    await MeetingGroup.update({MeetingGroup.facilitator: house.ids[Role.SELF]}).where(
        MeetingGroup.id == mine.group
    )
    for end in ENDS:
        hers, his = plain(await read(house.self, end)), plain(await read(leader, end))
        assert ("À moi" in hers, "Tilleuls" in hers, "Ferdinand" in hers) == (True, False, False)
        assert ("À moi" in his, "Tilleuls" in his) == (False, True)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "＝"])
async def test_names_never_run_as_formulas(house: House, leader: Visitor, start: str):
    formula = f'{start}HYPERLINK("http://mal.example";"Total")'
    await held(house, await somebody(house), name=formula)
    await Organisation.update({Organisation.name: formula}).where(
        Organisation.id == house.organisation
    )
    first = rows(await read(leader, ".csv"))[1]
    assert (first[0], first[5]) == (f"'{formula}", f"'{formula}")


@pytest.mark.parametrize(
    ("minutes", "written"),
    [(0, "0"), (15, "0,25"), (50, "0,83"), (60, "1"), (90, "1,5"), (150, "2,5"), (6000, "100")],
)
def test_hours_for_a_french_spreadsheet(minutes: int, written: str):
    assert decimal(minutes) == written


async def test_a_statement_costs_the_same_with_one_and_with_many_meetings(
    house: House, leader: Visitor
):
    counts = []
    for count in (1, 3):
        for n in range(count):
            await held(house, await somebody(house), name=f"Groupe {n}")
        with recorded_statements() as statements:
            plain(await read(leader))
        counts.append(len(statements))
    assert counts == [4, 4]


@pytest.mark.parametrize("month", ["", "2026-13", "9999-12", "0000-01", "\x00", "x" * 900])
async def test_any_month_in_an_address_is_answered(house: House, leader: Visitor, month: str):
    for end in ENDS:
        assert (await read(leader, end, month=month)).status_code == 200


async def test_a_date_belongs_to_the_month_on_its_own_wall(house: House, leader: Visitor):
    late = Slot(date(2026, 10, 31), 23 * 60, 120, "Europe/Paris")
    circle = await a_group(house, late, name="Tard le soir")
    await Meeting.update({Meeting.noted_on: clock.today()}).where(Meeting.cycle == circle.cycle)
    assert "Tard le soir" not in plain(await read(leader))
    said = plain(await read(leader, ".csv", month="2026-10"))
    assert '"2026-10-31";"23:00";"01:00";"Tard le soir"' in said
