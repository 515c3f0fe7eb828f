"""The certificate of hours that somebody prints for herself: hours, and nothing else."""

from datetime import date

import httpx
import pytest
from tests.booking.supervising import an_offer, booked
from tests.booking.world import Circle, a_group, seat, slots
from tests.documents import papers
from tests.organisation.world import House, founded
from tests.visitors import Visitor

from recul import clock
from recul.booking.tables import Appointment, Attendance, BookingRules, Meeting
from recul.organisation.actions import memberships
from recul.web.roles import Role

FIRST = date(2026, 9, 3)
pytestmark = pytest.mark.usefixtures("noon")


async def attended(house: House, person: Role, name: str, **more: object) -> Circle:
    """Three meetings of two hours; somebody was at two of them."""
    circle = await a_group(house, *slots(3, FIRST, every=14), name=name, **more)  # type: ignore[arg-type]
    await seat(circle, house.ids[person])
    for meeting, state in zip(circle.meetings, ("present", "absent", "present"), strict=True):
        await Attendance(meeting=meeting, account=house.ids[person], state=state).save()
    await Meeting.update({Meeting.noted_on: clock.today()}).where(Meeting.cycle == circle.cycle)
    return circle


async def certificate(
    visitor: Visitor, house: House, year: str = "2026", **params: str
) -> httpx.Response:
    path = f"/heures/{house.organisation}/attestation.pdf"
    return await visitor.client.get(path, params={"annee": year})


def words(answer: httpx.Response) -> str:
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    assert answer.headers["content-disposition"] == 'attachment; filename="attestation.pdf"'
    assert papers.promises(answer.content)["pdf/ua"]
    return papers.words(answer.content)


async def test_hours_in_all_and_by_kind_and_nothing_of_where_when_or_with_whom(house: House):
    await attended(house, Role.SELF, "Le cercle discret")
    await attended(house, Role.SELF, "Encore debout", kind="peer_support_group", minimum=3)
    offer = await an_offer(house)
    appointment = await booked(offer, house.ids[Role.SELF])
    await Appointment.update({Appointment.attended: True}).where(Appointment.id == appointment)
    said = words(await certificate(house.self, house))
    for expected in (
        "Val-Clair Attestation d’heures Année 2026",
        "Personne Anabelle",
        "Période du 1er janv. 2026 au 21 nov. 2026",
        "Groupe d’analyse de la pratique 4 h",
        "Groupe d’entraide 4 h",
        "Supervision individuelle 1 h",
        "En tout 9 h",
        "Établie le samedi 21 novembre 2026 par Anabelle",
        "Elle ne porte la signature de personne d’autre.",
    ):
        assert expected in said, expected
    for hidden in ("discret", "debout", "Ferdinand", "septembre", "sept.", "3 ", "R. 2324"):
        assert hidden not in said, hidden


async def test_the_law_is_named_with_its_source_where_hours_are_due(house: House):
    await attended(house, Role.SELF, "Le cercle discret")
    await attended(house, Role.SELF, "Encore debout", kind="codev_group", capacity=8)
    await BookingRules(
        organisation=house.organisation, rule_pack="eaje", area="FR", zone="Europe/Paris"
    ).save()
    said = words(await certificate(house.self, house))
    assert "article R. 2324-37" in said
    assert "Heures de 2026 qui comptent pour cette règle : 4 h, sur 6 h." in said
    assert "quatre mois : " not in said


async def test_an_organisation_and_a_year_at_a_time(house: House):
    await attended(house, Role.SELF, "Le cercle discret")
    elsewhere = await founded("Bellerive", "Ouest", "Accueil")
    elsewhere.ids |= {role: house.ids[role] for role in (Role.SELF, Role.FACILITATOR)}
    await memberships.join(house.ids[Role.SELF], elsewhere.team)
    await attended(elsewhere, Role.SELF, "En face", minutes=90)
    await attended(elsewhere, Role.SELF, "En face encore")
    here, there = [words(await certificate(house.self, one)) for one in (house, elsewhere)]
    assert ("En tout 4 h" in here, "Bellerive" in here) == (True, False)
    assert ("En tout 8 h" in there, "Val-Clair" in there) == (True, False)
    before = words(await certificate(house.self, house, "2025"))
    assert "Période du 1er janv. 2025 au 31 déc. 2025" in before
    assert "En tout 0 h" in before


async def test_everybody_has_her_own_only(house: House, nobody: Visitor):
    await attended(house, Role.SELF, "Le cercle discret")
    said = words(await certificate(house.people[Role.COLLEAGUE], house))
    assert ("En tout 0 h" in said, "Anabelle" in said) == (True, False)
    for role in (Role.STRANGER, Role.ADMINISTRATOR):
        assert (await certificate(house.people[role], house)).status_code == 404
    assert (await certificate(nobody, house)).status_code == 303


@pytest.mark.parametrize("year", ["", "0", "99999", "٢٠٢٦", "x" * 900])
async def test_any_year_in_an_address_is_answered(house: House, year: str):
    assert "Année 2026" in words(await certificate(house.self, house, year))


async def test_a_name_cannot_write_more_than_itself(house: House):
    fields = {"display_name": "#panic() *Ana*", "time_zone": "Europe/Paris", "idle_minutes": "60"}
    assert (await house.self.post("/compte", fields)).status_code == 303
    assert "par #panic() *Ana* en son propre nom" in words(await certificate(house.self, house))
