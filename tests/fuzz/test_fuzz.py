"""A small part of `make fuzz`, the same each time; and that its judge is not blind."""

import pytest
from litestar import Litestar
from tests.booking.world import NOON
from tests.fuzz import judge, people, rows
from tests.fuzz.plans import drawn
from tests.fuzz.run import Report, Run
from tests.fuzz.sending import Asked, Desk

from recul import clock, database
from recul.accounts.actions import mailed
from recul.organisation.tables import Team
from recul.web.roles import Role

SHARE = {"sqlite": 400, "postgresql": 120}


@pytest.mark.slow
async def test_any_request_of_anybody(
    app: Litestar,
    db: database.Database,
    database_kind: str,
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(mailed, "SECONDS", 0.0)
    report, count = Report(), SHARE[database_kind]
    with clock.set_to(NOON):
        await Run(app, report).house(drawn(count, 20261122), lambda _: None)
    assert report.faults == {}
    assert report.asked > count
    # Whole pages and forms that were taken, not refusals only.
    assert report.statuses[303] > count / 10
    assert report.statuses[200] > count / 5
    assert report.statuses[422] > count / 40


@pytest.mark.slow
async def test_the_judge_sees_what_is_told_and_done(app: Litestar, db: database.Database):
    """With the eyes of somebody else, everybody's own pages are full of faults."""
    with clock.set_to(NOON):
        world = await people.built(app)
        desk = Desk(world)
        [home] = [one for one in desk.routes if one.path == "/"]
        for who, path, word in (
            ("self", "/carnet", "zqxcarnetself"),
            ("facilitator", f"/animation/seances/{_first(world, 'meeting')}", "zqxmemo"),
            ("organiser", "/structure/personnes", people.FIRST_NAME),
        ):
            answers = [await world.visitors[who].get(path)]
            if who == "facilitator":
                ids = rows.ids(world.own, "meeting")
                answers = [await world.visitors[who].get(f"/animation/seances/{i}") for i in ids]
            mine = [Asked(who, home, "GET", path, None, [])] * len(answers)
            pairs = zip(mine, answers, strict=True)
            assert [judge.faults(one, answer) for one, answer in pairs] == [[]] * len(answers)
            other = Asked(Role.STRANGER.value, home, "GET", path, None, [])
            told = [fault for answer in answers for fault in judge.faults(other, answer)]
            assert any(word in fault for fault in told), path
        await Team.update({Team.name: "x"}).where(Team.id == _first_foreign(world, "team"))
        assert await rows.trespasses(world.foreign) == ["team of the other house: ['name']"]


def _first(world: people.World, table: str) -> str:
    return rows.ids(world.own, table)[0]


def _first_foreign(world: people.World, table: str) -> str:
    return rows.ids(world.foreign, table)[0]
