"""A team that shares its trends, a group with seats, and everybody who writes in them."""

from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from uuid import UUID

from litestar import Litestar
from piccolo.querystring import QueryString
from tests.booking.crowd import crowd
from tests.booking.seats import charter
from tests.booking.world import a_group, slots
from tests.journal.pages import lock, write
from tests.loss.servers import Served
from tests.loss.writers import Changer, Diarist, Editor, Enroller, Lost, Writer
from tests.organisation.world import House, account_of, founded
from tests.processes import RemoteVisitor
from tests.trends.people import beyond, sums
from tests.visitors import Visitor, newcomer

from recul import clock, wiring
from recul.accounts import cookie, recognise
from recul.app import create_app
from recul.database import fetch
from recul.journal import door
from recul.organisation import rules
from recul.organisation.actions import memberships, roles
from recul.settings import Settings, load
from recul.trends import cycles, queries
from recul.trends.actions.opening import open_cycle
from recul.trends.receipt import Receipt
from recul.trends.sums import Sums
from recul.vault.opened import OpenVault
from recul.web.roles import Role

SHARERS = 6
RECEIPT = "SELECT box FROM receipt WHERE vault = {}"


@dataclass
class World:
    """Who writes, and what was in the team's cell before anybody did."""

    writers: list[Writer]
    sharers: list[OpenVault]
    cell: UUID
    cycle: int
    begun: Sums

    async def check(self) -> None:
        """Raises Lost."""
        for writer in self.writers:
            await writer.check()
        await self._cell()

    async def _cell(self) -> None:
        """A moment and its cover write happen together: receipts say what the journals say, and
        the cell what the receipts say."""
        shares = [await self._sent(vault) for vault in self.sharers]
        given = [share for share in shares if share is not None]
        due = (sum(given) - 50 * len(given), len(given), len(given))
        if (found := beyond(await sums(self.cell, self.cycle), self.begun)) != due:
            raise Lost(f"the cell holds {found} where the receipts say {due}")

    async def _sent(self, vault: OpenVault) -> int | None:
        [row] = await fetch(QueryString(RECEIPT, vault.id))
        receipt = Receipt.opened(vault, row["box"], self.cycle)
        first, last = cycles.first_day(self.cycle), cycles.last_day(self.cycle)
        if receipt.counted_in == self.cycle:
            answers = await door.weekly_answers(vault, first, last)
            if receipt.counted != answers:
                raise Lost("a receipt counts other moments than the journal holds")
        return receipt.sent.get("workload")


async def settle(served: Served, stack: AsyncExitStack, seed: int, people: int) -> World:
    """Everybody, on the bound database, with windows at `served`. `people`: how many may enrol."""
    config, chance = load(served.settings), Random(seed)
    wiring.connect(config)
    app, house = create_app(config, worker=False), await founded()
    names = [f"personne{n}" for n in range(SHARERS + 3)]
    inside = [await newcomer(app, name) for name in names]
    for one in inside[:SHARERS]:
        await memberships.join(await account_of(one), house.team)
    cycle = cycles.number_on(clock.today())
    await open_cycle(cycle, wiring.PLACES)
    cell = await queries.cell_of_team(house.team)
    assert cell
    begun = await sums(cell, cycle)
    for one in inside[:SHARERS]:
        await one.post("/equipe/partage", {"decision": "start"})
    vaults = [await _vault(one, config) for one in inside]
    await write(inside[-2], "version 0")
    windows = [await _window(served, one, stack) for one in inside]
    writers: list[Writer] = [
        Diarist(window, vault, chance)
        for window, vault in zip(windows[: SHARERS + 1], vaults, strict=False)
    ]
    await lock(inside[SHARERS])
    writers += [Editor(windows[-2], vaults[-2]), Changer(windows[-1], inside[-1].email)]
    writers += await _enrolling(served, stack, app, house, people)
    return World(writers, vaults[:SHARERS], cell, cycle, begun)


async def _vault(visitor: Visitor, config: Settings) -> OpenVault:
    token = cookie.read(visitor.client.cookies["recul"])
    assert token
    found = await recognise._viewer(token, config)
    assert found
    assert found.vault
    return found.vault


async def _window(served: Served, visitor: Visitor | None, stack: AsyncExitStack) -> RemoteVisitor:
    window = RemoteVisitor(served.url)
    if visitor:
        for name, value in visitor.client.cookies.items():
            window.client.cookies.set(name, value)
    stack.push_async_callback(window.client.aclose)
    return window


async def _enrolling(
    served: Served, stack: AsyncExitStack, app: Litestar, house: House, people: int
) -> list[Writer]:
    """Two groups, to which people come from two sides."""
    [leader] = await crowd(house, 1)
    await roles.appoint(leader.id, house.organisation, rules.FACILITATOR)
    house.ids[Role.FACILITATOR] = leader.id
    found: list[Writer] = []
    for _ in range(2):
        days = slots(2, clock.today() + timedelta(days=30))
        circle = await a_group(house, *days, capacity=20, minimum=2)
        form = {"agreement": str(await charter(circle.group)), "accept": "1", "overlap_ok": "1"}
        cookies = {one.id: one.cookie for one in await crowd(house, people)}
        window = await _window(served, None, stack)
        address = f"/groupes/cycles/{circle.cycle}/inscription"
        found.append(Enroller(window, cookies, address, form))
    return found
