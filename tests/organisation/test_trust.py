"""Trust settings are a ratchet with a log that everybody they concern reads."""

import asyncio
from html import unescape

import httpx
import pytest
from litestar import Litestar
from tests.organisation.world import House, inhabited

from recul.accounts.tables import Account
from recul.database import Database
from recul.organisation.queries import teams, trust
from recul.organisation.tables import TrustChange
from recul.web.roles import Role


async def harden(house: House, setting: str, value: object, **more: str) -> httpx.Response:
    fields = {"setting": setting, setting: str(value), "understood": "1"} | more
    return await house.organiser.post(f"/structure/{house.organisation}/confiance", fields)


async def test_settings_begin_at_their_softest(house: House):
    assert await trust.settings(house.organisation) == {
        "roster_minimum": 6,
        "manager_delay_days": 7,
        "attendance_years": 5,
    }
    assert (await teams.units())[house.unit] == (house.organisation, "Territoire Nord", 6)


async def test_a_setting_is_hardened_and_written_down(house: House):
    assert (await harden(house, "roster_minimum", 8)).status_code == 303
    assert (await harden(house, "manager_delay_days", 14)).status_code == 303
    assert (await harden(house, "roster_minimum", 10)).status_code == 303
    assert await trust.settings(house.organisation) == {
        "roster_minimum": 10,
        "manager_delay_days": 14,
        "attendance_years": 5,
    }
    assert (await teams.units())[house.unit][2] == 10
    log = await trust.log(house.organisation)
    assert {(c.setting, c.before, c.value, c.changed_by) for c in log} == {
        ("roster_minimum", 6, 8, "Olga"),
        ("roster_minimum", 8, 10, "Olga"),
        ("manager_delay_days", 7, 14, "Olga"),
    }


@pytest.mark.parametrize("value", [5, 6, 7, 8, 0, 21, 999, "-1", "dix", "", "9" * 12, "7.5"])
async def test_softer_or_too_far_is_refused_with_a_sentence(house: House, value: object):
    await harden(house, "roster_minimum", 8)
    answer = await harden(house, "roster_minimum", value)
    assert answer.status_code == 422
    assert await TrustChange.count() == 1
    if value in (5, 6, 7, 8):
        assert "ne peut que durcir" in unescape(answer.text)


async def test_it_must_be_understood(house: House):
    answer = await harden(house, "roster_minimum", 8, understood="")
    assert (answer.status_code, "ne pourra pas être repris" in answer.text) == (422, True)
    assert (await harden(house, "inconnu", 8)).status_code == 422
    assert await TrustChange.count() == 0


async def test_everybody_of_the_organisation_reads_the_log(house: House):
    await harden(house, "roster_minimum", 8)
    for role in (Role.SELF, Role.COLLEAGUE, Role.MANAGER, Role.ORGANISER, Role.FACILITATOR):
        page = unescape((await house.people[role].get("/journal-des-reglages")).text)
        assert "de 6 à 8" in page, role
        assert page.count("Olga") == 2, role  # who did it, and who organises
    elsewhere = await house.people[Role.STRANGER].get("/journal-des-reglages")
    assert (elsewhere.status_code, "Val-Clair" in elsewhere.text) == (200, False)
    admin = await house.people[Role.ADMINISTRATOR].get("/journal-des-reglages")
    assert admin.status_code == 404


async def test_the_log_outlives_who_wrote_it(house: House):
    await harden(house, "roster_minimum", 8)
    await Account.delete().where(Account.id == house.ids[Role.ORGANISER])
    page = unescape((await house.self.get("/journal-des-reglages")).text)
    assert "de 6 à 8" in page
    assert "dont le compte n’existe plus" in page


async def test_two_organisers_at_the_same_moment(live_db: Database, app: Litestar):
    house = await inhabited(app, Role.ORGANISER)
    values = [9, 8, 10, 7, 12, 11, 12, 9]
    answers = await asyncio.gather(*(harden(house, "roster_minimum", v) for v in values))
    assert {answer.status_code for answer in answers} <= {303, 422}
    log = [change.value for change in await trust.log(house.organisation)]
    assert max(log) == 12
    assert len(log) == len(set(log)) == sum(answer.status_code == 303 for answer in answers)
    assert (await trust.settings(house.organisation))["roster_minimum"] == 12
