"""Lists ask the same number of questions for one row and for thirty."""

from datetime import timedelta
from uuid import uuid4

import pytest
from litestar import Litestar
from tests.organisation.world import House, inhabited

from recul import clock
from recul.accounts.tables import Account
from recul.database import Database, recorded_statements
from recul.organisation.actions import ballots, memberships, places, structure
from recul.organisation.rules import Newcomer
from recul.organisation.tables import TrustChange
from recul.web.roles import Role


async def grown(house: House, by: int) -> None:
    """More of everything: units, teams, people, places, ballots, changes."""
    for number in range(by):
        unit = await structure.add_unit(house.organisation, f"Service {uuid4()}")
        team = await structure.add_team(unit, f"Équipe {number}")
        account = Account(
            email=f"{uuid4()}@exemple.fr",
            display_name=f"Personne {number}",
            time_zone="Europe/Paris",
            joined_on=clock.today(),
        )
        await account.save()
        await memberships.join(account.id, house.team)
        await memberships.join(account.id, team)
        await memberships.join(house.ids[Role.SELF], team, clock.today() - timedelta(days=1))
        await ballots.vote(account.id, house.team, account.id)
        await places.ask(house.organisation, [Newcomer(f"Attendue {number}", team=house.team)])
        await TrustChange.insert(
            TrustChange(
                organisation=house.organisation,
                setting="manager_delay_days",
                value=8 + await TrustChange.count(),
                changed_on=clock.today(),
            )
        )


# Who asks, then what is shown: statements of each page.
PAGES = {
    (Role.ORGANISER, "/structure"): 2,
    (Role.ORGANISER, "/structure/personnes"): 3,
    (Role.ORGANISER, "/structure/services/{unit}"): 3,
    (Role.ORGANISER, "/structure/equipes/{team}"): 5,
    (Role.ORGANISER, "/structure/personnes/{self}"): 6,
    (Role.ORGANISER, "/structure/{organisation}"): 5,
    (Role.SELF, "/journal-des-reglages"): 5,
    (Role.SELF, "/equipes"): 3,
    (Role.SELF, "/equipes/{team}"): 6,
    (Role.ADMINISTRATOR, "/structures"): 2,
}


@pytest.mark.parametrize(("role", "path"), PAGES)
async def test_constant_questions(db: Database, app: Litestar, role: Role, path: str):
    house = await inhabited(app, Role.SELF, Role.ORGANISER, Role.ADMINISTRATOR)
    address = path.format(
        unit=house.unit,
        team=house.team,
        organisation=house.organisation,
        self=house.ids[Role.SELF],
    )
    counts = []
    for more in (1, 29):
        await grown(house, more)
        await house.people[role].get(address)
        with recorded_statements() as ran:
            page = await house.people[role].get(address)
        assert page.status_code == 200
        counts.append(len(ran))
    assert counts == [PAGES[role, path]] * 2
