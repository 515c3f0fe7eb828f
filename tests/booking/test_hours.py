"""One's own hours, and what an organisation reads of them: a number, once it is shown."""

from datetime import date

import pytest
from tests.booking.sent import said
from tests.booking.world import Circle, a_group, seat, slots
from tests.organisation.world import House

from recul import clock
from recul.booking.tables import (
    Attendance,
    BookingRules,
    Certificate,
    Meeting,
    MeetingCycle,
)
from recul.web.roles import Role

FIRST = date(2026, 9, 3)
pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
async def circle(house: House) -> Circle:
    """Three meetings of two hours that are over: Anabelle was at two of them."""
    circle = await a_group(house, *slots(3, FIRST, every=14), name="Le cercle discret")
    await seat(circle, house.ids[Role.SELF], house.ids[Role.COLLEAGUE])
    for meeting, state in zip(circle.meetings, ("present", "present", "absent"), strict=True):
        await Attendance(meeting=meeting, account=house.ids[Role.SELF], state=state).save()
    await Meeting.update({Meeting.noted_on: clock.today()}).where(Meeting.cycle == circle.cycle)
    return circle


async def test_own_hours_are_those_that_were_noted(house: House, circle: Circle):
    page = said(await house.self.get("/heures"))
    assert "4 h en tout" in page
    assert "Le cercle discret" in page
    assert "0 h en tout" in said(await house.self.get("/heures?annee=2025"))
    assert "0 h en tout" in said(await house.people[Role.COLLEAGUE].get("/heures"))


async def test_the_law_is_named_where_an_organisation_goes_by_it(house: House, circle: Circle):
    assert "R. 2324-37" not in said(await house.self.get("/heures"))
    rules = {"rule_pack": "eaje", "area": "FR-57", "zone": "Europe/Paris"}
    await house.organiser.post(f"/structure/{house.organisation}/regles", rules)
    page = said(await house.self.get("/heures"))
    assert "R. 2324-37" in page
    assert '<td class="number nowrap">6 h</td><td class="number nowrap">4 h</td>' in page


async def test_an_organisation_reads_a_number_only_once_it_is_shown(house: House, circle: Circle):
    path = f"/structure/{house.organisation}/heures"
    before = said(await house.organiser.get(path))
    assert "Le cercle discret" in before
    assert "Anabelle" not in before
    await house.self.post(f"/heures/{house.organisation}/montrer", {"annee": "2026"})
    await house.self.post(f"/heures/{house.organisation}/montrer", {"annee": "2026"})
    after = said(await house.organiser.get(path))
    assert ("Anabelle" in after, "<span>4 h</span>" in after) == (True, True)
    [row] = await Certificate.select(Certificate.id, Certificate.minutes)
    assert row["minutes"] == 240
    await house.people[Role.COLLEAGUE].post(f"/heures/{row['id']}/reprendre")
    assert await Certificate.count() == 1
    await house.self.post(f"/heures/{row['id']}/reprendre")
    assert "Anabelle" not in said(await house.organiser.get(path))


async def test_groups_that_run_themselves_have_no_name_there(house: House):
    for name in ("Ce qui nous épuise", "Encore debout"):
        await a_group(
            house, *slots(2, FIRST), name=name, kind="peer_support_group", capacity=8, minimum=3
        )
    page = said(await house.organiser.get(f"/structure/{house.organisation}/heures"))
    assert ("Groupes autogérés" in page, "épuise" in page, "debout" in page) == (True, False, False)
    assert '4 dates</span></th><td class="number nowrap">8 h</td>' in page


async def test_what_was_held_before_a_cycle_was_cancelled_still_counts(house: House):
    circle = await a_group(house, *slots(3, FIRST, every=60))
    [*_, last] = circle.meetings
    await Meeting.update({Meeting.cancelled: True}).where(Meeting.id == last)
    await MeetingCycle.update({MeetingCycle.state: "cancelled"}).where(
        MeetingCycle.id == circle.cycle
    )
    page = said(await house.organiser.get(f"/structure/{house.organisation}/heures"))
    assert '<td class="number nowrap">4 h</td><td class="number nowrap">4 h</td>' in page
    month = said(await house.people[Role.FACILITATOR].get("/animation/mois?mois=2026-09"))
    assert "2 h d’animation" in month


async def test_nobody_else_reads_or_sets_it(house: House, circle: Circle):
    rules = {"rule_pack": "eaje", "area": "FR", "zone": "Europe/Paris"}
    for role, visitor in house.people.items():
        if role is Role.ORGANISER:
            continue
        assert (await visitor.get(f"/structure/{house.organisation}/heures")).status_code == 404
        answer = await visitor.post(f"/structure/{house.organisation}/regles", rules)
        assert answer.status_code == 404
    assert await BookingRules.count() == 0
    stranger = house.people[Role.STRANGER]
    answer = await stranger.post(f"/heures/{house.organisation}/montrer", {"annee": "2026"})
    assert (answer.status_code, await Certificate.count()) == (404, 0)


@pytest.mark.parametrize(
    "wrong", [{"area": "CH-XX"}, {"zone": "Europe/Atlantis"}, {"rule_pack": "../eaje"}]
)
async def test_what_is_not_offered_is_refused_with_a_sentence(house: House, wrong: dict[str, str]):
    rules = {"rule_pack": "eaje", "area": "FR", "zone": "Europe/Paris"} | wrong
    answer = await house.organiser.post(f"/structure/{house.organisation}/regles", rules)
    assert answer.status_code == 422
    assert "Choisissez l’une des réponses proposées." in said(answer)
    assert await BookingRules.count() == 0


@pytest.mark.parametrize("year", ["", "0", "99999", "-1", "٢٠٢٦", "x" * 900])
async def test_any_year_in_an_address_is_answered(house: House, year: str):
    answer = await house.self.client.get("/heures", params={"annee": year})
    assert (answer.status_code, "Heures de 2026" in said(answer)) == (200, True)
