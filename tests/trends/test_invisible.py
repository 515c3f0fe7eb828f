"""Nobody can tell who shares: the same pages, sizes, statements, rows and mails for both."""

import re
from dataclasses import dataclass, field
from uuid import UUID

import httpx
import pytest
from litestar import Litestar
from piccolo.querystring import QueryString
from tests.journal.pages import ids, lock, unlock, value, write
from tests.trends.people import CYCLE, Town, beyond, sums
from tests.trends.test_pages import MINE, SHARING, account
from tests.visitors import Visitor, newcomer

from recul.accounts.tables import Throttle
from recul.database import Database, all_tables, fetch, recorded_statements
from recul.trends import queries
from recul.trends.actions.opening import open_cycle

Size = tuple[int, int, list[str]]


@dataclass
class Traces:
    """What one person's day leaves for whoever watches network, statements and rows."""

    answers: list[Size] = field(default_factory=list)
    statements: list[str] = field(default_factory=list)
    rows: list[dict[str, int]] = field(default_factory=list)
    sizes: list[list[int]] = field(default_factory=list)


@pytest.fixture
async def twins(town: Town, db: Database, app: Litestar) -> tuple[UUID, Visitor, Visitor]:
    """Two people with one name, at home in one team."""
    team = await town.team(5)
    one, other = [await newcomer(app, "ana") for _ in range(2)]
    for visitor in (one, other):
        town.homes.append((await account(visitor), team.id, team.unit))
    assert await open_cycle(CYCLE, town)
    cell = await queries.cell_of_team(team.id)
    assert cell is not None
    return cell, one, other


async def rows_of_tables() -> dict[str, int]:
    found = {}
    for table in all_tables():
        name = table._meta.tablename
        rows = await fetch(QueryString(f"SELECT COUNT(*) AS n FROM {name}"))
        found[name] = rows[0]["n"]
    return found


async def box_sizes() -> list[int]:
    statement = "SELECT length(box) AS n FROM {} ORDER BY 1"
    found = []
    for table in ("sealed_cell", "receipt"):
        found += [row["n"] for row in await fetch(QueryString(statement.replace("{}", table)))]
    return found


def seen(answer: httpx.Response) -> Size:
    headers = sorted(name for name in answer.headers if name != "date")
    return answer.status_code, len(answer.content), headers


async def a_day(visitor: Visitor, decision: str) -> Traces:
    """The same gestures, whatever was decided: writing, reading, changing, erasing, locking."""
    traces = Traces()
    await Throttle.delete(force=True)  # of the network address that the tests share
    before = await rows_of_tables()
    with recorded_statements() as ran:
        traces.answers.append(seen(await visitor.post(SHARING, {"decision": decision})))
        for path in (SHARING, MINE):
            await visitor.get(path)
            traces.answers.append(seen(await visitor.get(path)))
        traces.answers.append(seen(await write(visitor, "Une ligne.", workload="4", support="2")))
        await visitor.get("/")
        for path in ("/", "/carnet", "/carnet/tendances", "/carnet/reglages", "/ce-que-peut-voir"):
            traces.answers.append(seen(await visitor.get(path)))
        moment = ids(await visitor.get("/carnet"))[0]
        form = await visitor.get(f"/carnet/moments/{moment}/modifier")
        typed = {n: value(form, n) for n in ("seen", "template", "when", "date", "time")}
        changed = typed | {"text-line": "Autrement.", "workload": "1"}
        address = f"/carnet/moments/{moment}"
        traces.answers.append(seen(await visitor.post(f"{address}/modifier", changed)))
        choice = {"cycle": str(CYCLE), "week": "0", "dimension": "support"}
        traces.answers.append(seen(await visitor.post(MINE, choice)))
        erased = await visitor.post(f"{address}/effacer")
        box = value(erased, "box")
        traces.answers.append(seen(await visitor.post(f"{address}/retour", {"box": box})))
        await lock(visitor)
        traces.answers.append(seen(await write(visitor, workload="5")))
        await unlock(visitor)
        traces.answers.append(seen(await visitor.get("/")))
        await visitor.get("/")
        traces.answers.append(seen(await visitor.get("/ce-que-voit-l-administrateur")))
    traces.statements = [re.sub(r"\s+", " ", sql) for sql in ran]
    after = await rows_of_tables()
    traces.rows.append({name: after[name] - before[name] for name in after})
    traces.sizes.append(await box_sizes())
    return traces


async def test_nobody_can_tell_who_shares(twins: tuple[UUID, Visitor, Visitor]):
    cell, one, other = twins
    begun = await sums(cell)
    shares = await a_day(one, "start")
    assert beyond(await sums(cell), begun)[1:] == (1, 1)
    does_not = await a_day(other, "stop")
    assert beyond(await sums(cell), begun)[1:] == (1, 1)
    assert shares.answers == does_not.answers
    assert shares.statements == does_not.statements
    assert shares.rows == does_not.rows
    assert shares.sizes == does_not.sizes
    assert shares.rows[0]["outbox_mail"] == 0


async def test_nor_who_pauses(twins: tuple[UUID, Visitor, Visitor]):
    _, one, other = twins
    for visitor in (one, other):
        await visitor.post(SHARING, {"decision": "start"})
    paused, goes_on = await a_day(one, "pause"), await a_day(other, "start")
    assert paused == goes_on


async def test_the_team_is_told_nothing_while_the_cycle_is_open(
    twins: tuple[UUID, Visitor, Visitor],
):
    """What a colleague can read is the roster, which is the same whoever shares."""
    cell, one, other = twins
    before = [await queries.roster(cell), await queries.published(cell)]
    pages = [(await other.get(path)).text for path in ("/carnet", "/ce-que-peut-voir")]
    await one.post(SHARING, {"decision": "start"})
    await write(one, workload="4")
    assert [await queries.roster(cell), await queries.published(cell)] == before
    assert [(await other.get(path)).text for path in ("/carnet", "/ce-que-peut-voir")] == pages
