"""Opening an offer of supervision, changing its rules, closing it."""

from dataclasses import asdict
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from tests.booking.supervising import an_offer, booked, plan, slot, times
from tests.organisation.world import House, founded
from tests.visitors import Visitor

from recul.booking.queries import supervision_given
from recul.booking.slots import key
from recul.booking.tables import ServiceAgreement, SupervisionOffer
from recul.organisation import rules
from recul.organisation.actions import roles
from recul.web.roles import Role

pytestmark = pytest.mark.usefixtures("noon")
ROOT = "/animation/supervision"


def typed(**more: Any) -> dict[str, str]:
    return {
        name: "" if value is None else str(value) for name, value in (asdict(plan()) | more).items()
    }


@pytest.fixture
def facilitator(house: House) -> Visitor:
    return house.people[Role.FACILITATOR]


async def kept() -> list[dict[str, Any]]:
    """What the offers say, by what a plan of one says."""
    names = list(asdict(plan()))
    rows = await SupervisionOffer.select().order_by(SupervisionOffer.place)
    return [{name: row[name] for name in names} for row in rows]


async def test_an_offer_is_opened_once(house: House, facilitator: Visitor):
    page = unescape((await facilitator.get(f"{ROOT}/nouvelle")).text)
    new = page.split('name="id" value="')[1][:36]
    form = typed() | {"id": new, "structure": str(house.organisation)}
    for _ in range(2):
        answer = await facilitator.post(f"{ROOT}/nouvelle", form)
        assert answer.headers["location"] == f"{ROOT}/{new}/heures"
    assert await kept() == [asdict(plan())]
    [row] = await supervision_given.own_offers(house.ids[Role.FACILITATOR])
    assert (row.zone, row.organisation, row.closed_on) == (
        "Europe/Paris",
        house.organisation,
        None,
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"minutes": "14"},
        {"minutes": "241"},
        {"minutes": ""},
        {"minutes": "une heure"},
        {"buffer_minutes": "-1"},
        {"daily_most": "0"},
        {"horizon_days": "100000"},
        {"package": "10000"},
        {"area": "XX"},
        {"area": ""},
        {"video_link": "javascript:alert(1)"},
        {"video_link": "http://visio.example"},
        {"video_link": "https://visio.example/a b"},
        {"place": "x" * 201},
        {"access_note": "x" * 2001},
        {"purpose": "x" * 2001},
        {"service_agreement": str(uuid4())},
    ],
)
async def test_what_is_wrong_is_said_and_nothing_is_lost(
    house: House, facilitator: Visitor, wrong: dict[str, str]
):
    [(name, value)] = wrong.items()
    form = typed(purpose="Des mots que je garde.") | wrong | {"structure": str(house.organisation)}
    answer = await facilitator.post(f"{ROOT}/nouvelle", form)
    assert (answer.status_code, await kept()) == (422, [])
    page = unescape(answer.text)
    assert f'id="{name}-error"' in page or name == "service_agreement"
    assert name == "purpose" or "Des mots que je garde." in page
    assert (
        f'value="{value}"' in page
        or name in ("area", "access_note", "purpose")
        or (name == "service_agreement")
    )


async def test_for_an_organisation_that_is_not_hers(house: House, facilitator: Visitor):
    elsewhere = await founded("Bellerive", "Ouest", "Accueil")
    form = typed() | {"structure": str(elsewhere.organisation)}
    assert (await facilitator.post(f"{ROOT}/nouvelle", form)).status_code == 404
    asked = f"{ROOT}/nouvelle?structure={elsewhere.organisation}"
    assert (await facilitator.get(asked)).status_code == 404
    assert (await facilitator.get(f"{ROOT}/nouvelle?structure=x")).status_code == 404
    assert await kept() == []


async def test_rules_are_changed_and_what_is_booked_stays(house: House, facilitator: Visitor):
    offer = await an_offer(house)
    await booked(offer, house.ids[Role.SELF])
    page = unescape((await facilitator.get(f"{ROOT}/{offer}")).text)
    assert 'value="Cabinet du Port"' in page
    answer = await facilitator.post(f"{ROOT}/{offer}", typed(minutes=90, place="", notice_hours=0))
    assert answer.headers["location"] == f"{ROOT}/{offer}"
    assert await kept() == [asdict(plan(minutes=90, place="", notice_hours=0))]
    assert await times() == [(slot().day, 540, 0)]
    wrong = await facilitator.post(f"{ROOT}/{offer}", typed(minutes=1, place="Ici"))
    assert (wrong.status_code, 'value="Ici"' in wrong.text) == (422, True)
    assert await kept() == [asdict(plan(minutes=90, place="", notice_hours=0))]


async def test_its_clock_is_fixed_once_something_was_booked(house: House, facilitator: Visitor):
    offer = await an_offer(house)
    await facilitator.post(f"{ROOT}/{offer}", typed(area="CH-VD"))
    [row] = await supervision_given.own_offers(house.ids[Role.FACILITATOR])
    assert (row.area, row.zone) == ("CH-VD", "Europe/Zurich")
    await facilitator.post(f"{ROOT}/{offer}", typed())
    await booked(offer, house.ids[Role.SELF])
    answer = await facilitator.post(f"{ROOT}/{offer}", typed(area="FR-972"))
    assert answer.status_code == 422
    assert "à l’heure d’un autre fuseau" in unescape(answer.text)
    assert (await facilitator.post(f"{ROOT}/{offer}", typed(area="FR-57"))).status_code == 303
    assert [row["area"] for row in await kept()] == ["FR-57"]


async def test_it_closes_and_opens_again(house: House, facilitator: Visitor):
    offer = await an_offer(house)
    appointment = await booked(offer, house.ids[Role.SELF])
    colleague = house.people[Role.COLLEAGUE]
    for _ in range(2):
        answer = await facilitator.post(f"{ROOT}/{offer}/fermeture")
        assert answer.headers["location"] == ROOT
    assert (await colleague.get(f"/supervision/{offer}")).status_code == 404
    assert "Ferdinand" not in (await colleague.get("/supervision")).text
    # What is booked stays, and can be moved.
    move = f"/supervision/rendez-vous/{appointment}/deplacement"
    form = {"sequence": "0", "slot": key(slot(starts=615))}
    assert (await house.self.post(move, form)).status_code == 303
    assert await times() == [(slot().day, 615, 1)]
    await facilitator.post(f"{ROOT}/{offer}/reouverture")
    assert (await colleague.get(f"/supervision/{offer}")).status_code == 200


async def test_her_own_conventions_of_the_organisation_may_be_chosen(
    house: House, facilitator: Visitor
):
    elsewhere = await founded("Bellerive", "Ouest", "Accueil")
    await roles.appoint(house.ids[Role.FACILITATOR], elsewhere.organisation, rules.FACILITATOR)
    made = {}
    for name, organisation in (("Ici", house.organisation), ("Là", elsewhere.organisation)):
        row = ServiceAgreement(
            organisation=organisation,
            facilitator=house.ids[Role.FACILITATOR],
            name=name,
            planned_minutes=600,
            starts_on=slot().day,
            ends_on=slot().day,
        )
        await row.save()
        made[name] = str(row.id)
    offer = await an_offer(house)
    page = (await facilitator.get(f"{ROOT}/{offer}")).text
    assert (made["Ici"] in page, made["Là"] in page) == (True, False)
    for name, status in (("Là", 422), ("Ici", 303)):
        form = typed(service_agreement=made[name])
        assert (await facilitator.post(f"{ROOT}/{offer}", form)).status_code == status
    assert [str(row["service_agreement"]) for row in await kept()] == [made["Ici"]]
