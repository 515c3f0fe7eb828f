"""*Mes groupes* and the pages of one cycle, as those who reach them use them."""

from datetime import timedelta
from html import unescape
from uuid import UUID, uuid4

import httpx
import pytest
from litestar import Litestar
from tests.booking.seats import CONFIG, ask, charter, open_offers, people, states
from tests.booking.world import FIRST, NOON, Circle, a_group, enrol, seat, slots
from tests.organisation.world import House, inhabited
from tests.routes import FORGED
from tests.visitors import Visitor

from recul import clock
from recul.booking.actions import enrolments, groups
from recul.booking.tables import Meeting, MeetingCycle
from recul.database import Database, recorded_statements
from recul.web.roles import Role

SELF = Role.SELF


@pytest.fixture
async def house(db: Database, app: Litestar, noon: None) -> House:
    return await inhabited(app, SELF, Role.FACILITATOR, Role.ORGANISER)


def plain(answer: httpx.Response) -> str:
    """What a page says, on one line and with plain spaces."""
    return " ".join(unescape(answer.text).replace("\u202f", " ").split())


def at(circle: Circle, end: str = "") -> str:
    return f"/groupes/cycles/{circle.cycle}{end}"


async def form(circle: Circle, **more: object) -> dict[str, object]:
    """What the form of a seat sends once the box is ticked."""
    return {"agreement": str(await charter(circle.group)), "accept": "1"} | more


async def said(visitor: Visitor, path: str) -> str:
    answer = await visitor.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return plain(answer)


async def test_nothing_yet(house: House):
    page = await said(house.self, "/groupes")
    assert "Aucun groupe ne s’ouvre en ce moment" in page


async def test_joining_a_cycle(house: House):
    circle, ana = await a_group(house), house.self
    page = await said(ana, "/groupes")
    assert "3 dates, à partir du jeudi 3 décembre, 14 h 00 – 16 h 00" in page
    assert "12 places" in page
    page = await said(ana, at(circle))
    assert "Sonner" not in page
    assert "12 libres sur 12" in page
    answer = await ana.post(at(circle, "/inscription"), await form(circle))
    assert (answer.status_code, answer.headers["location"]) == (303, at(circle))
    page = await said(ana, at(circle))
    assert "Vous avez votre place." in page
    assert "Sonner à l’interphone Rivage." in page
    page = await said(ana, "/groupes")
    assert "Trois jeudis, 14 h 00 – 16 h 00. Séance 1 le jeudi 3 décembre." in page
    assert "Ce que vous pouvez rejoindre" not in page


async def test_the_box_must_be_ticked(house: House):
    circle, ana = await a_group(house), house.self
    unticked = {"agreement": str(await charter(circle.group))}
    for typed in (unticked, {}, {"accept": "1"}, {"accept": "1", "agreement": str(uuid4())}):
        answer = await ana.post(at(circle, "/inscription"), typed)
        assert answer.status_code == 422
        sentence = "cochez la case" if "accept" not in typed else "La charte a changé"
        assert sentence in plain(answer)
    assert await states(circle.cycle) == []


async def test_a_charter_that_changed_while_the_form_was_open(house: House):
    circle, ana = await a_group(house), house.self
    typed = await form(circle)
    await groups.renew_charter(circle.group, 1, "Une charte toute neuve.")
    answer = await ana.post(at(circle, "/inscription"), typed)
    assert (answer.status_code, "Une charte toute neuve." in plain(answer)) == (422, True)


async def test_the_form_sent_again(house: House):
    circle, ana = await a_group(house), house.self
    typed = await form(circle)
    answers = [await ana.post(at(circle, "/inscription"), typed) for _ in "abc"]
    assert {answer.status_code for answer in answers} == {303}
    assert await states(circle.cycle) == [(house.ids[SELF], "seated")]


async def test_two_dates_at_the_same_time(house: House):
    one, two, ana = await a_group(house, name="Les Saules"), await a_group(house), house.self
    await ana.post(at(one, "/inscription"), await form(one))
    answer = await ana.post(at(two, "/inscription"), await form(two))
    assert answer.status_code == 422
    page = plain(answer)
    assert "jeudi 3 décembre, 14 h 00 – 16 h 00 · Les Saules" in page
    assert "Je sais, je m’inscris quand même" in page
    assert 'checked id="accept"' in page  # what was ticked stays so
    knowing = await form(two, overlap_ok="1")
    assert (await ana.post(at(two, "/inscription"), knowing)).status_code == 303


async def test_waiting_and_being_offered_a_seat(house: House):
    circle, ana = await a_group(house, capacity=1, minimum=1), house.self
    first, second = await people(house, 2)
    for one in (first, second):
        await ask(circle, one)
    page = await said(ana, at(circle))
    assert "Rejoindre la liste d’attente" in page
    await ana.post(at(circle, "/inscription"), await form(circle))
    assert "Vous êtes 2e sur la liste d’attente." in await said(ana, "/groupes")
    await enrolments.leave(CONFIG, second, circle.cycle)
    assert "Vous êtes en tête de la liste d’attente." in await said(ana, at(circle))
    await enrolments.leave(CONFIG, first, circle.cycle)
    page = await said(ana, "/groupes")
    assert "gardée jusqu’au mardi 24 novembre, 23 h 59." in page
    [(_, offer)] = await open_offers(circle.cycle)
    answer = await ana.post(at(circle, "/place"), {"offer": str(offer)})
    assert (answer.status_code, answer.headers["location"]) == (303, at(circle))
    assert "Vous avez votre place." in await said(ana, at(circle))
    again = await ana.post(at(circle, "/place"), {"offer": str(offer)})
    assert (again.status_code, "seat-yours" in again.headers["set-cookie"]) == (303, True)


async def offered(house: House) -> tuple[Circle, UUID]:
    """A seat is kept for Ana, and somebody waits behind her."""
    circle = await a_group(house, capacity=1, minimum=1)
    first, last = await people(house, 2)
    for one in (first, house.ids[SELF], last):
        await ask(circle, one)
    await enrolments.leave(CONFIG, first, circle.cycle)
    [(account, offer)] = await open_offers(circle.cycle)
    assert account == house.ids[SELF]
    return circle, offer


async def test_passing_on_and_the_form_sent_again(house: House):
    circle, offer = await offered(house)
    ana, typed = house.self, {"offer": str(offer)}
    for _ in "ab":
        answer = await ana.post(at(circle, "/tour"), typed)
        assert (answer.status_code, "turn-passed" in answer.headers["set-cookie"]) == (303, True)
    assert "Vous êtes en tête de la liste d’attente." in await said(ana, at(circle))
    late = await ana.post(at(circle, "/place"), typed)
    assert "seat-gone" in late.headers["set-cookie"]
    assert "elle a été prise entre-temps" in await said(ana, at(circle))
    assert [account for account, _ in await open_offers(circle.cycle)] != [house.ids[SELF]]


async def test_an_offer_that_ran_out_is_shown_as_such_before_the_job_came(house: House):
    circle, offer = await offered(house)
    with clock.set_to(NOON + timedelta(days=4)):
        for path in ("/groupes", at(circle)):
            page = await said(house.self, path)
            assert "Prendre la place" not in page
            assert "Vous êtes en tête de la liste d’attente." in page
        answer = await house.self.post(at(circle, "/place"), {"offer": str(offer)})
        assert "seat-gone" in answer.headers["set-cookie"]
    assert (house.ids[SELF], "waiting") in await states(circle.cycle)


@pytest.mark.parametrize("typed", [{}, {"offer": "x"}, {"offer": str(FORGED)}, {"offer": "\0"}])
@pytest.mark.parametrize("end", ["/place", "/tour"])
async def test_a_forged_offer(house: House, end: str, typed: dict[str, str]):
    circle, _ = await offered(house)
    before = await states(circle.cycle)
    answer = await house.self.post(at(circle, end), typed)
    assert answer.status_code == 303
    assert (await states(circle.cycle), len(await open_offers(circle.cycle))) == (before, 1)


async def test_a_new_charter_before_the_seat(house: House):
    circle, offer = await offered(house)
    await groups.renew_charter(circle.group, 1, "Une charte toute neuve.")
    answer = await house.self.post(at(circle, "/place"), {"offer": str(offer)})
    assert (answer.status_code, "Une charte toute neuve." in plain(answer)) == (422, True)
    taken = await house.self.post(at(circle, "/place"), await form(circle, offer=str(offer)))
    assert "seat-yours" in taken.headers["set-cookie"]


async def test_asking_a_group_that_answers(house: House):
    circle, ana = await a_group(house, admission="request"), house.self
    assert "Envoyer ma demande" in await said(ana, at(circle))
    await ana.post(at(circle, "/inscription"), await form(circle))
    for path in ("/groupes", at(circle)):
        assert "attend une réponse" in await said(ana, path)
    assert "Sonner" not in await said(ana, at(circle))
    answer = await ana.get(at(circle, "/depart"))
    assert "Retirer votre demande ?" in plain(answer)


async def test_leaving(house: House):
    circle, ana = await a_group(house), house.self
    await seat(circle, house.ids[SELF])
    assert "Quitter ce cycle ?" in await said(ana, at(circle, "/depart"))
    for _ in "ab":
        answer = await ana.post(at(circle, "/depart"))
        assert (answer.status_code, answer.headers["location"]) == (303, "/groupes")
    assert await states(circle.cycle) == [(house.ids[SELF], "left")]
    assert "M’inscrire" in await said(ana, at(circle))
    assert (await ana.get(at(circle, "/depart"))).status_code == 303


async def test_not_in_ones_own_group(house: House):
    circle, leader = await a_group(house), house.people[Role.FACILITATOR]
    assert "Vous animez ce groupe." in await said(leader, at(circle))
    answer = await leader.post(at(circle, "/inscription"), await form(circle))
    assert (answer.status_code, "vous n’y prenez pas de place" in plain(answer)) == (422, True)


async def test_a_cycle_that_does_not_go_on(house: House):
    circle, ana = await a_group(house), house.self
    await MeetingCycle.update({MeetingCycle.state: "cancelled"}).where(
        MeetingCycle.id == circle.cycle
    )
    assert "M’inscrire" not in await said(ana, at(circle))
    answer = await ana.post(at(circle, "/inscription"), await form(circle))
    assert (answer.status_code, "n’accueille plus personne" in plain(answer)) == (422, True)


async def test_what_is_over_is_named_shortly(house: House):
    circle = await a_group(house, *slots(3, FIRST - timedelta(days=90)))
    await seat(circle, house.ids[SELF])
    page = await said(house.self, "/groupes")
    assert "Terminés" in page
    assert "octobre 2026" in page
    assert "M’excuser" not in page
    assert "Plus d’inscription" in await said(house.self, at(circle))


async def test_a_date_that_was_cancelled(house: House):
    circle = await a_group(house)
    await seat(circle, house.ids[SELF])
    await Meeting.update({Meeting.cancelled: True}).where(Meeting.id == circle.meetings[0])
    assert "Séance 2 le jeudi 17 décembre." in await said(house.self, "/groupes")
    assert "<s>Jeudi 3 décembre, 14 h 00 – 16 h 00</s>" in await said(house.self, at(circle))


async def test_pages_of_proposed_groups(house: House):
    for number in range(12):
        await a_group(house, *slots(2, FIRST + timedelta(days=number)), name=f"Groupe {number}")
    page = await said(house.self, "/groupes")
    assert ("Groupe 9<" in page, "Groupe 10<" in page) == (True, False)
    assert "Tous les groupes proposés" in page
    page = await said(house.self, "/groupes/proposes?page=1")
    assert ("Groupe 9<" in page, "Groupe 11<" in page) == (False, True)
    for odd in ("-1", "x", "99999999", "²"):
        assert (await house.self.get(f"/groupes/proposes?page={odd}")).status_code == 200


async def test_hours_of_another_zone_are_said(house: House):
    circle = await a_group(house, *slots(2, zone="America/Guadeloupe"))
    assert "14 h 00 – 16 h 00 (heure de Guadeloupe)" in (
        await said(house.self, at(circle))
    ).replace('<span class="soft">', "")


async def test_htmx_is_led_to_the_page(house: House):
    circle, ana = await a_group(house), house.self
    answer = await ana.post(at(circle, "/inscription"), await form(circle), HX_Request="true")
    assert (answer.status_code, answer.headers["hx-redirect"]) == (200, at(circle))


PAGES = {"/groupes": 6, "/groupes/cycles/{cycle}": 5, "/groupes/cycles/{cycle}/participants": 6}


@pytest.mark.parametrize("path", PAGES)
async def test_constant_questions(house: House, path: str):
    """With one row of each and with four of them; the recognition of the viewer is one."""
    circle = await a_group(house, *slots(2), capacity=40)
    mine, counts, day = house.ids[SELF], [], FIRST
    await seat(circle, mine)
    for more in (1, 3):
        for _ in range(more):
            day += timedelta(days=1)
            await seat(circle, *await people(house, 1))
            await enrol(await a_group(house, *slots(2, day)), mine, "waiting")
            await enrol(await a_group(house, *slots(2, day)), mine, "asked")
            await a_group(house, *slots(2, day))
            await Meeting.update({Meeting.cancelled: True}).where(Meeting.day == day)
            over = await a_group(house, *slots(1, FIRST - timedelta(days=60)))
            await seat(over, mine)
        address = path.format(cycle=circle.cycle)
        await house.self.get(address)
        with recorded_statements() as ran:
            assert (await house.self.get(address)).status_code == 200
        counts.append(len(ran))
    assert counts == [PAGES[path]] * 2
