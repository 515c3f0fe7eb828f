"""Pages of groups for who plans them: the list, founding, changing, the charter, the end."""

import re
from datetime import date
from html import unescape
from uuid import UUID

import httpx
import pytest
from tests.booking.sent import said, send_back
from tests.booking.world import CHARTER, NOON, a_group, seat, slots, somebody
from tests.organisation.world import House, founded
from tests.visitors import Visitor

from recul import clock
from recul.booking.queries import plans
from recul.booking.queries.shapes import GroupRow
from recul.booking.queries.within import planned_group
from recul.booking.tables import MeetingCycle, MeetingGroup
from recul.organisation import rules
from recul.organisation.actions import roles
from recul.organisation.queries import people
from recul.web.roles import Role

NEW, FOUND = "/planification/groupes/nouveau", "/planification/groupes"


async def chosen(visitor: Visitor, **more: str) -> httpx.Response:
    """The form of a new group, once its kind was chosen."""
    page = await visitor.get(NEW)
    answer = await send_back(visitor, page, NEW, **({"kind": "codev_group"} | more))
    assert answer.status_code == 200, unescape(answer.text)
    return answer


def leads_to(answer: httpx.Response) -> UUID:
    assert answer.status_code == 303, unescape(answer.text)
    return UUID(answer.headers["location"].rsplit("/", 1)[1])


async def group_of(house: House, answer: httpx.Response) -> GroupRow:
    found = await planned_group(house.ids[Role.FACILITATOR], leads_to(answer))
    assert found
    return found


async def test_a_group_that_nobody_leads_any_more_says_so(house: House):
    """Its facilitator had her account erased: somebody is to be found, before the next date."""
    organiser, leader = house.people[Role.ORGANISER], house.people[Role.FACILITATOR]
    with clock.set_to(NOON):
        circle = await a_group(house)
        page = f"/planification/groupes/{circle.group}"
        for path in ("/planification", page):
            assert "Plus personne ne l’anime." not in said(await organiser.get(path))
        her = str(house.ids[Role.FACILITATOR])
        assert her in (await organiser.get(f"{page}/modifier")).text
        await leader.sign_in(leader.email)
        assert (await leader.post("/compte/effacement", {"understood": "1"})).status_code == 303
        assert her not in (await organiser.get(f"{page}/modifier")).text
        for path in ("/planification", page):
            answer = await organiser.get(path)
            assert "Plus personne ne l’anime." in said(answer)
            assert f'href="{page}/modifier"' in answer.text


async def test_the_list_says_numbers(house: House):
    with clock.set_to(NOON):
        circle = await a_group(house, capacity=8)
        await seat(circle, house.ids[Role.SELF], await somebody(house))
        for role in (Role.FACILITATOR, Role.ORGANISER):
            text = said(await house.people[role].get("/planification"))
            for shown in (
                "Tilleuls et Rivage",
                "Groupe d’analyse de la pratique · Val-Clair",
                "Prochaine date : jeudi 3 décembre",
                "3 dates · 2 places prises sur 8",
                "Il manque 4 personnes pour atteindre le minimum. Décision le 26 nov. 2026.",
            ):
                assert shown in text, (role, shown)
        assert "Ferdinand" in text


async def test_an_empty_list_shows_the_first_step(house: House):
    page = await house.organiser.get("/planification")
    assert "Aucun groupe pour l’instant" in page.text
    assert 'href="/planification/groupes/nouveau"' in page.text


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.ORGANISER])
async def test_a_group_is_founded_from_its_kind(house: House, role: Role):
    visitor = house.people[role]
    form = await chosen(visitor)
    assert "Confidentialité." in form.text
    answer = await send_back(
        visitor, form, FOUND, name="  Codev   des cheffes ", facilitator=str(leader(house))
    )
    group = await group_of(house, answer)
    assert (group.kind, group.name, group.facilitator) == (
        "codev_group",
        "Codev des cheffes",
        leader(house),
    )
    assert (group.capacity, group.minimum, group.minutes) == (8, 5, 150)
    assert (group.admission, group.team) == ("open", None)
    text = (await plans.charter(group.id)).text
    assert text.startswith("À quoi il sert.")
    assert text.count("\n\n") == 7
    page = await visitor.get(answer.headers["location"])
    assert "Il lui faut maintenant un cycle de dates." in page.text


def leader(house: House) -> UUID:
    return house.ids[Role.FACILITATOR]


async def test_sent_twice_one_group_is_founded(house: House):
    form = await chosen(house.organiser)
    sent = [
        await send_back(house.organiser, form, FOUND, name="Un", facilitator=str(leader(house)))
        for _ in range(2)
    ]
    assert leads_to(sent[0]) == leads_to(sent[1])
    assert await MeetingGroup.count() == 1


async def test_an_organiser_chooses_who_leads_and_for_whom(house: House):
    await roles.appoint(house.ids[Role.COLLEAGUE], house.organisation, rules.FACILITATOR)
    form = await chosen(house.organiser)
    answer = await send_back(
        house.organiser,
        form,
        FOUND,
        name="Un",
        facilitator=str(house.ids[Role.COLLEAGUE]),
        team=str(house.team),
    )
    found = await planned_group(house.ids[Role.ORGANISER], leads_to(answer))
    assert found
    assert (found.facilitator, found.team) == (house.ids[Role.COLLEAGUE], house.team)


async def test_a_facilitator_founds_for_herself_only(house: House):
    await roles.appoint(house.ids[Role.COLLEAGUE], house.organisation, rules.FACILITATOR)
    visitor = house.people[Role.FACILITATOR]
    form = await chosen(visitor)
    assert "Clotilde" not in form.text
    for field in ({"facilitator": str(house.ids[Role.COLLEAGUE])}, {"team": str(house.team)}):
        answer = await send_back(visitor, form, FOUND, name="Un", **field)
        assert answer.status_code == 422
        assert "Choisissez l’une des réponses proposées." in answer.text
    assert not await MeetingGroup.exists()


async def test_somebody_of_two_organisations_chooses_one(house: House):
    elsewhere = await founded("Deux-Rives")
    await roles.appoint(leader(house), elsewhere.organisation, rules.FACILITATOR)
    visitor = house.people[Role.FACILITATOR]
    page = await visitor.get(NEW)
    answer = await send_back(visitor, page, NEW, kind="codev_group")
    assert answer.status_code == 422
    assert "Choisissez la structure de ce groupe." in answer.text
    form = await chosen(visitor, structure=str(elsewhere.organisation))
    answer = await send_back(visitor, form, FOUND, name="Un")
    assert (await group_of(house, answer)).organisation == elsewhere.organisation
    preset = await visitor.get(f"{NEW}?structure={elsewhere.organisation}")
    assert f'value="{elsewhere.organisation}" checked' in preset.text


async def test_no_group_is_founded_elsewhere(house: House):
    """The stranger organises and facilitates, in another organisation."""
    visitor = house.people[Role.STRANGER]
    form = await chosen(visitor)
    assert "Val-Clair" not in form.text
    assert (await visitor.get(f"{NEW}?structure={house.organisation}")).status_code == 404
    for path in (NEW, FOUND):
        fields = {"kind": "codev_group", "structure": str(house.organisation), "name": "Un"}
        assert (await visitor.post(path, fields)).status_code == 404
    stolen = await a_group(house)
    answer = await send_back(visitor, form, FOUND, name="Un", group=str(stolen.group))
    assert answer.status_code == 404
    [group] = await MeetingGroup.select()
    assert group["name"] == "Tilleuls et Rivage"


async def test_a_group_is_changed(house: House):
    circle = await a_group(house)
    path = f"/planification/groupes/{circle.group}/modifier"
    for role, name in ((Role.FACILITATOR, "Un"), (Role.ORGANISER, "Deux")):
        visitor = house.people[role]
        form = await visitor.get(path)
        answer = await send_back(visitor, form, path, name=name, admission="closed", capacity="9")
        group = await group_of(house, answer)
        assert (group.name, group.admission, group.capacity) == (name, "closed", 9)
        assert (group.facilitator, group.minimum) == (leader(house), 6)


async def test_a_facilitator_who_changes_a_group_leaves_its_team(house: House):
    circle = await a_group(house, team=house.team)
    path = f"/planification/groupes/{circle.group}/modifier"
    visitor = house.people[Role.FACILITATOR]
    await send_back(visitor, await visitor.get(path), path, name="Un")
    found = await planned_group(leader(house), circle.group)
    assert found
    assert (found.name, found.team) == ("Un", house.team)


async def test_who_led_it_goes_on_although_her_role_ended(house: House):
    """An organiser who changes something else does not have to name somebody new."""
    circle = await a_group(house)
    [role] = [
        one
        for one in await people.in_roles(house.organisation)
        if one["account"] == leader(house) and one["kind"] == rules.FACILITATOR
    ]
    await roles.end(role | {"organisation": house.organisation})
    path = f"/planification/groupes/{circle.group}/modifier"
    await send_back(house.organiser, await house.organiser.get(path), path, name="Un")
    found = await planned_group(house.ids[Role.ORGANISER], circle.group)
    assert found
    assert (found.name, found.facilitator) == ("Un", leader(house))


async def test_a_new_charter(house: House):
    circle = await a_group(house)
    path = f"/planification/groupes/{circle.group}/charte"
    form = await house.organiser.get(path)
    assert CHARTER in unescape(form.text)
    answer = await send_back(house.organiser, form, path, charter="Deux.")
    assert answer.headers["location"] == f"/planification/groupes/{circle.group}"
    again = await send_back(house.organiser, form, path, charter="Deux.")
    assert again.status_code == 303
    late = await send_back(house.organiser, form, path, charter="Trois.")
    assert late.status_code == 422
    text = unescape(late.text)
    assert "entrée en vigueur entre-temps" in text
    assert "Deux." in text
    assert "Trois." in text
    empty = await send_back(house.organiser, form, path, charter=" ")
    assert empty.status_code == 422
    assert (await plans.charter(circle.group)).text == "Deux."


async def test_a_group_is_closed_when_its_dates_are_over(house: House):
    with clock.set_to(NOON):
        circle = await a_group(house)
        path = f"/planification/groupes/{circle.group}"
        early = await house.organiser.post(f"{path}/fermeture")
        assert early.status_code == 422
        assert "Ce groupe a encore des dates à venir." in unescape(early.text)
        circle = await a_group(house, *slots(2, date(2026, 11, 3)), name="Fini")
        path = f"/planification/groupes/{circle.group}"
        for _ in range(2):
            answer = await house.organiser.post(f"{path}/fermeture")
            assert answer.headers["location"] == "/planification"
        page = unescape((await house.organiser.get(path)).text)
        assert "Ce groupe est fermé depuis le 21 nov. 2026." in page
        assert "Terminé." in page
        assert "Fini" not in (await house.organiser.get("/planification")).text


async def test_one_without_a_role_has_no_planning(house: House):
    for role in (Role.SELF, Role.COLLEAGUE, Role.MANAGER, Role.ADMINISTRATOR):
        visitor = house.people[role]
        for path in ("/planification", NEW):
            assert (await visitor.get(path)).status_code == 404
        for path in (NEW, FOUND):
            assert (await visitor.post(path, {"kind": "codev_group"})).status_code == 404


async def test_a_facilitator_sees_her_groups_of_every_organisation_and_no_other(house: House):
    elsewhere = await founded("Deux-Rives", team="Ailleurs aussi")
    await roles.appoint(leader(house), elsewhere.organisation, rules.FACILITATOR)
    elsewhere.ids[Role.FACILITATOR] = leader(house)
    await a_group(house)
    await a_group(elsewhere, name="Par-delà le pont")
    await roles.appoint(house.ids[Role.COLLEAGUE], house.organisation, rules.FACILITATOR)
    other = House(house.organisation, house.unit, house.team)
    other.ids[Role.FACILITATOR] = house.ids[Role.COLLEAGUE]
    await a_group(other, name="Le groupe de Clotilde")
    hers = (await house.people[Role.FACILITATOR].get("/planification")).text
    organised = (await house.organiser.get("/planification")).text
    assert ("Tilleuls" in hers, "Par-delà" in hers, "Clotilde" in hers) == (True, True, False)
    assert ("Tilleuls" in organised, "Par-delà" in organised, "Clotilde" in organised) == (
        True,
        False,
        True,
    )


async def test_what_is_to_be_decided_comes_first_of_many(house: House):
    for number in range(plans.PAGE + 1):
        circle = await a_group(house, name=f"Cercle {number:02}")
    await MeetingCycle.update(asked_on=NOON.date()).where(MeetingCycle.id == circle.cycle)
    with clock.set_to(NOON):
        pages = [(await house.organiser.get(f"/planification?page={n}")).text for n in (0, 1, 2)]
    listed = [re.findall(r"(?<=>)Cercle \d\d(?=</a></h2>)", one) for one in pages]
    assert (listed[0][:2], len(listed[0])) == (["Cercle 30", "Cercle 00"], plans.PAGE)
    assert listed[1:] == [["Cercle 29"], []]
    ways = [("?page=1" in one, "?page=2" in one) for one in pages]
    assert ways == [(True, False), (False, False), (True, False)]


async def test_a_group_that_runs_itself_is_planned_by_nobody(house: House):
    circle = await a_group(house, kind="peer_supervision", name="Entre nous")
    for role in (Role.FACILITATOR, Role.ORGANISER):
        assert "Entre nous" not in (await house.people[role].get("/planification")).text
        for path in (f"groupes/{circle.group}", f"cycles/{circle.cycle}"):
            assert (await house.people[role].get(f"/planification/{path}")).status_code == 404
