"""A structure whose trends are young: one team in its first cycle, one without a publication."""

from datetime import UTC, date, datetime, time
from uuid import UUID

from recul import clock
from recul.accounts.actions import invitations
from recul.demo.people import DOMAIN, PASSWORD
from recul.organisation import rules
from recul.organisation.actions import memberships, roles, structure
from recul.settings import Settings
from recul.trends import cycles
from recul.trends.actions.turning import turn
from recul.wiring import PLACES

UNIT = "Action sociale"
TEAMS = {"accueil": "Accueil", "domicile": "Domicile"}
"""By the names of their members, who are numbered: accueil-1@recul.example."""
MEMBERS = 6


async def settle(config: Settings) -> None:
    """*Accueil* lets a whole cycle pass without a word; *Domicile* begins with the next one."""
    current = cycles.number_on(clock.today())
    with clock.set_to(_morning(cycles.first_day(current - 1))):
        organisation = await structure.found("Commune de Rive-Neuve")
        unit = await structure.add_unit(organisation, UNIT)
        organiser = await _account(config, "organisatrice")
        await roles.appoint(organiser, organisation, rules.ORGANISER)
        await _team(config, unit, "accueil")
        await turn(PLACES)
        await _team(config, unit, "domicile")
    with clock.set_to(_morning(cycles.first_day(current))):
        await turn(PLACES)


async def _team(config: Settings, unit: UUID, members: str) -> None:
    team = await structure.add_team(unit, TEAMS[members])
    for number in range(1, MEMBERS + 1):
        await memberships.join(await _account(config, f"{members}-{number}"), team)


async def _account(config: Settings, name: str) -> UUID:
    email = f"{name}@{DOMAIN}"
    opened = await invitations.accept(
        config,
        await invitations.invite(email),
        email=email,
        display_name=name.capitalize(),
        password=PASSWORD,
        time_zone=config.time_zone,
    )
    return opened.account


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(9), UTC)
