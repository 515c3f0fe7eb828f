"""The page that asks: *maintenir, reporter, annuler*."""

from datetime import date

import httpx
import pytest
from tests.booking.sent import fields_of, said, send_back
from tests.booking.world import NOON, Circle, a_cycle, a_group, seat, slots
from tests.organisation.world import House
from tests.visitors import Visitor, settings

from recul import clock
from recul.booking.actions import decisions
from recul.booking.queries import plans, within
from recul.web.roles import Role


@pytest.fixture
async def circle(house: House, noon: None) -> Circle:
    """Three dates, wants six people, has one; the facilitator was asked."""
    found = await a_group(house, *slots(3, date(2026, 11, 27)))
    await seat(found, house.ids[Role.SELF])
    await decisions.ask(settings())
    return found


def page_of(circle: Circle) -> str:
    return f"/planification/cycles/{circle.cycle}/decision"


async def decide(circle: Circle, visitor: Visitor, **fields: str) -> httpx.Response:
    path = page_of(circle)
    return await send_back(visitor, await visitor.get(path), path, **fields)


async def stands(circle: Circle) -> tuple[str, list[tuple[date, bool]]]:
    dates = [(one.slot.day, one.cancelled) for one in await within.meetings(circle.cycle)]
    return (await plans.counts(circle.cycle)).state, dates


BEFORE = [
    (date(2026, 11, 27), False),
    (date(2026, 12, 11), False),
    (date(2026, 12, 25), False),
]


async def test_the_list_leads_to_what_is_to_be_decided(circle: Circle):
    for role in (Role.FACILITATOR, Role.ORGANISER):
        text = said(await circle.house.people[role].get("/planification"))
        assert page_of(circle) in text
        assert "Il manque 5 personnes pour atteindre le minimum : à décider." in text


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.ORGANISER])
async def test_kept(circle: Circle, role: Role):
    visitor = circle.house.people[role]
    form = await visitor.get(page_of(circle))
    for note in ("Le cycle est maintenu.", "Ce cycle a changé entre-temps"):
        answer = await send_back(visitor, form, page_of(circle), decision="maintain")
        assert answer.headers["location"] == f"/planification/cycles/{circle.cycle}"
        assert note in said(await visitor.get(answer.headers["location"]))
    assert await stands(circle) == ("confirmed", BEFORE)
    assert page_of(circle) not in (await visitor.get("/planification")).text


async def test_put_off_after_a_look_at_the_dates(circle: Circle):
    visitor, path = circle.house.organiser, page_of(circle)
    look = await decide(circle, visitor, decision="postpone", weeks="4")
    assert look.status_code == 200
    text = said(look)
    assert "Vendredi 25 décembre : Noël, écarté" in text
    assert "au lieu du vendredi 27 novembre" in text
    assert await stands(circle) == ("planned", BEFORE)
    for note in ("Le cycle est reporté.", "Ce cycle a changé entre-temps"):
        answer = await send_back(visitor, look, path, decision="postpone")
        assert note in said(await visitor.get(answer.headers["location"]))
    assert await stands(circle) == (
        "planned",
        [(date(2027, 1, 8), False), (date(2027, 1, 22), False), (date(2027, 2, 5), False)],
    )
    counts = await plans.counts(circle.cycle)
    assert (counts.decide_on, counts.asked_on) == (date(2027, 1, 1), None)


async def test_put_off_onto_something_else_is_said(circle: Circle):
    await a_cycle(circle.group, *slots(1, date(2027, 1, 1)))
    await a_cycle(circle.group, *slots(1, date(2026, 12, 4)))
    look = await decide(circle, circle.house.organiser, decision="postpone", weeks="1")
    assert "Vendredi 4 décembre, 14 h 00 – 16 h 00 : quelque chose est déjà prévu" in said(look)


async def test_cancelled(circle: Circle):
    visitor = circle.house.people[Role.FACILITATOR]
    form = await visitor.get(page_of(circle))
    for note in ("Le cycle est annulé.", "Ce cycle a changé entre-temps"):
        answer = await send_back(visitor, form, page_of(circle), decision="cancel")
        assert note in said(await visitor.get(answer.headers["location"]))
    assert await stands(circle) == ("cancelled", [(day, True) for day, _ in BEFORE])
    assert "Ce cycle est annulé." in said(await visitor.get(page_of(circle)))


async def test_two_tabs_one_decision(circle: Circle):
    """Cancelled in one, kept in the other: the first one counts, and the second is told."""
    visitor = circle.house.organiser
    form = await visitor.get(page_of(circle))
    await send_back(visitor, form, page_of(circle), decision="cancel")
    answer = await send_back(visitor, form, page_of(circle), decision="maintain")
    page = said(await visitor.get(answer.headers["location"]))
    assert "Ce cycle a changé entre-temps : voici où il en est maintenant." in page
    assert (await stands(circle))[0] == "cancelled"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"decision": ""}, "Choisissez : maintenir, reporter ou annuler."),
        ({"decision": "forget"}, "Choisissez l’une des réponses proposées."),
        ({"decision": "postpone", "weeks": "0"}, "nombre entier de 1 à 26"),
        ({"decision": "postpone", "weeks": "9999"}, "nombre entier de 1 à 26"),
        ({"decision": "postpone", "weeks": "x", "confirmed": "1"}, "nombre entier de 1 à 26"),
    ],
)
async def test_what_is_no_decision(circle: Circle, fields: dict[str, str], sentence: str):
    answer = await decide(circle, circle.house.organiser, **fields)
    assert answer.status_code == 422
    assert sentence in said(answer)
    assert await stands(circle) == ("planned", BEFORE)


async def test_a_forged_mark_decides_nothing(circle: Circle):
    for seen in ("", "confirmed", "planned 2026-11-21 2026-11-28", "x" * 5000):
        for decision in ("maintain", "cancel"):
            answer = await decide(circle, circle.house.organiser, decision=decision, seen=seen)
            assert answer.status_code == 303
    assert await stands(circle) == ("planned", BEFORE)


async def test_a_form_holds_what_it_was_shown_with(circle: Circle):
    form = await circle.house.organiser.get(page_of(circle))
    assert fields_of(form, page_of(circle))["seen"] == "planned 2026-11-21 2026-11-27"


async def test_nothing_to_put_off_when_every_date_is_over(house: House):
    with clock.set_to(NOON):
        circle = await a_group(house, *slots(2, date(2026, 11, 3)))
        form = await house.organiser.get(page_of(circle))
        assert "Voir les nouvelles dates" not in form.text
        answer = await send_back(
            house.organiser, form, page_of(circle), decision="postpone", weeks="2"
        )
        assert answer.status_code == 422
        assert "Ce cycle n’a plus de date à venir à reporter." in said(answer)
