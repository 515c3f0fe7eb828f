"""The demo world never touches real people, and never appears where they are."""

import pytest
from tests.visitors import settings

from recul.accounts.actions import invitations
from recul.accounts.tables import Account
from recul.demo import world
from recul.demo.people import PEOPLE

pytestmark = pytest.mark.usefixtures("app")  # it ties together who listens to whom

PRODUCTION = {
    "RECUL_MODE": "production",
    "RECUL_URL": "https://recul.example",
    "RECUL_ARGON2_MIB": "19",
}


async def test_it_is_made_once(db):
    await world.seed(settings(), reset=False)
    made = await Account.count()
    await world.seed(settings(), reset=False)
    assert made == await Account.count() > len(PEOPLE)


async def test_production_refuses_it(db):
    with pytest.raises(world.NotADemo, match="production"):
        await world.seed(settings(**PRODUCTION), reset=False)
    assert await Account.count() == 0


async def test_somebody_real_in_a_demo_keeps_it_from_being_emptied(db):
    await world.seed(settings(), reset=False)
    made = await Account.count()
    code = await invitations.invite("ana@exemple.fr")
    await invitations.accept(
        settings(),
        code,
        email="",
        display_name="Ana",
        password="une phrase de plusieurs mots",
        time_zone="Europe/Paris",
    )
    with pytest.raises(world.NotADemo, match="real accounts"):
        await world.seed(settings(), reset=True)
    assert await Account.count() == made + 1
