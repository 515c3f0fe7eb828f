"""One run on one database: plans are sent, one after the other, and each answer is judged."""

import logging
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import httpx
from litestar import Litestar
from tests.fuzz import judge, people, rows
from tests.fuzz.people import World
from tests.fuzz.plans import Plan
from tests.fuzz.sending import Asked, Desk, send
from tests.visitors import undone

from recul.accounts.tables import Throttle
from recul.web.reach import SAFE_METHODS

A_WORLD = 1000
"""Requests that one house takes; then comes another one."""
PATIENCE = 8.0
"""Seconds that no answer may take."""
ENDS = ("entrance", "keys", "account")
"""Things whose forms end a sign-in or change what opens it: never left as they are."""


@dataclass
class Report:
    statuses: Counter[int] = field(default_factory=Counter)
    asked: int = 0
    faults: dict[str, str] = field(default_factory=dict)
    """What went wrong, where; and the first request that did it."""
    often: Counter[str] = field(default_factory=Counter)
    slowest: list[tuple[float, str]] = field(default_factory=list)

    def note(self, fault: str, about: object) -> None:
        self.often[fault] += 1
        self.faults.setdefault(fault, str(about)[:1500])

    def timed(self, seconds: float, about: str) -> None:
        self.slowest = sorted([*self.slowest, (seconds, about)], reverse=True)[:5]


class Crashes(logging.Handler):
    """What the application logs of its errors: their kind and their place."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


class Run:
    def __init__(self, app: Litestar, report: Report) -> None:
        self.app, self.report, self.crashes = app, report, Crashes()

    async def house(self, plans: list[Plan], tell: Callable[[int], None]) -> None:
        """Build a house in the bound, empty database, and send everything to it."""
        log = logging.getLogger("recul")
        log.addHandler(self.crashes)
        try:
            async with people.closing(await people.built(self.app)) as world:
                await self._within(world, plans, tell)
        finally:
            log.removeHandler(self.crashes)

    async def _within(self, world: World, plans: list[Plan], tell: Callable[[int], None]) -> None:
        desk = Desk(world)
        for who, address in desk.reading():
            page = await world.visitors[who].get(address)
            desk.learn(who, page)
            [route] = [one for one in desk.routes if one.path == "/"]
            self._judged(Asked(who, route, "GET", address, None, []), page, 0.0)
        assert world.quiet
        private = await rows.private(world.quiet)
        for number, plan in enumerate(sorted(plans, key=lambda one: one.stays)):
            await self._one(desk, plan)
            if number % 100 == 99:
                await _back(world)
                tell(100)
        if await rows.private(world.quiet) != private:
            self.report.note("the rows of somebody who did nothing were changed", "")

    async def _one(self, desk: Desk, plan: Plan) -> None:
        asked = await desk.asked(plan)
        visitor = desk.world.visitors[asked.who]
        if plan.stays and asked.route.thing not in ENDS and asked.who in judge.ACTING:
            kept = httpx.Cookies(visitor.client.cookies)
            await self._send(desk, asked)
            visitor.client.cookies = kept
        else:
            async with undone(visitor):
                await self._send(desk, asked)

    async def _send(self, desk: Desk, asked: Asked) -> None:
        started = time.monotonic()
        try:
            answer = await send(desk.world.visitors[asked.who], asked)
        except (httpx.InvalidURL, httpx.LocalProtocolError):
            return
        self._judged(asked, answer, time.monotonic() - started)
        if asked.method not in SAFE_METHODS:
            for fault in await rows.trespasses(desk.world.foreign):
                self.report.note(f"{asked.method} {asked.route.path}: {fault}", asked)

    def _judged(self, asked: Asked, answer: httpx.Response, seconds: float) -> None:
        report, about = self.report, f"{asked.method} {asked.route.path}"
        report.asked += 1
        report.statuses[answer.status_code] += 1
        report.timed(seconds, about)
        found = judge.faults(asked, answer)
        if seconds > PATIENCE:
            found.append(f"took {seconds:.0f} seconds")
        if answer.status_code >= 500:
            found += self.crashes.said
        self.crashes.said.clear()
        for fault in found:
            report.note(f"{about}: {fault}", asked)


async def _back(world: World) -> None:
    """Nobody stays shut out by the throttle, or locked out of what she had open."""
    await Throttle.delete(force=True)
    for name in judge.ACTING:
        visitor = world.visitors[name]
        if (await visitor.get("/carnet")).status_code != 200:
            await visitor.sign_in(visitor.email)
