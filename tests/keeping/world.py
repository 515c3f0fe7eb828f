"""A small world with something in every slice, for backups: rows of every table that a test can
make without a browser."""

from litestar import Litestar
from tests.journal.pages import lock, write
from tests.organisation.world import House, a_place, account_of, inhabited
from tests.trends.team_world import talked
from tests.visitors import PASSWORD, Visitor, newcomer

from recul.organisation.actions import memberships, places
from recul.trends.actions import turning
from recul.wiring import PLACES

WRITTEN = ["Un matin calme.", "Trois appels — l’un après l’autre, « sans souffler ».", "Déposé."]


async def settled(app: Litestar) -> tuple[House, Visitor]:
    """A house with figures and an open cycle; somebody in it who wrote, and has codes."""
    house = await inhabited(app)
    for number in range(3):  # with the three who are there: enough for figures of their own
        account = await account_of(await newcomer(app, f"membre-{number}"))
        await memberships.join(account, house.team)
    await places.invite([await a_place(house)])
    await talked(house)
    await turning.turn(PLACES)
    ana = house.self
    await ana.post("/carnet/codes", {"password": PASSWORD})
    for text in WRITTEN[:2]:
        await write(ana, text, workload="4", own_feeling="à l’aise")
    await ana.post("/carnet/brouillon", {"template": "free", "text-text": "Commencé."})
    await lock(ana)
    await write(ana, WRITTEN[2])
    return house, ana
