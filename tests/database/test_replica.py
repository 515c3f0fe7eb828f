"""What is read from a replica, with a real one that streams, lags and goes away."""

from collections.abc import AsyncIterator, Iterator
from datetime import date
from uuid import UUID, uuid4

import pytest
from piccolo.querystring import QueryString
from tests.operate.clusters import Cluster, cluster, replica_of

from recul import database
from recul.database import fetch, recorded_statements
from recul.trends import queries

pytestmark = pytest.mark.slow

CELL = uuid4()


@pytest.fixture(scope="module")
def primary() -> Iterator[Cluster]:
    with cluster() as primary:
        yield primary


@pytest.fixture
async def replica(primary: Cluster) -> AsyncIterator[Cluster]:
    """Bound beside its primary; four cycles are out on both."""
    primary.sql("DROP DATABASE IF EXISTS recul WITH (FORCE)")
    primary.sql("CREATE DATABASE recul")
    engine = database.engine_for(primary.url("recul"))
    database.bind(engine)
    await database.open_database()
    await database.migrate()
    await fetch(QueryString("INSERT INTO cell (id, unit) VALUES ({}, {})", CELL, uuid4()))
    for cycle in range(1, 5):
        await close(cycle, CELL)
    with replica_of(primary) as replica:
        database.bind_replica(replica.url("recul"))
        caught_up(primary, replica)
        yield replica
        await database.close_replica()
    database.bind_replica("")
    await engine.close()


def caught_up(primary: Cluster, replica: Cluster) -> None:
    here = primary.sql("SELECT pg_current_wal_flush_lsn()")
    replica.until(f"SELECT pg_last_wal_replay_lsn() >= '{here}'", "t")


async def close(cycle: int, cell: UUID) -> None:
    """One transaction, as closing a cycle is."""
    async with database.write_transaction():
        out = "INSERT INTO cycle (number, closed, out_on) VALUES ({}, TRUE, {})"
        await fetch(QueryString(out, cycle, date(2026, 1, cycle)))
        here = "INSERT INTO publication (cell, cycle, published) VALUES ({}, {}, TRUE)"
        await fetch(QueryString(here, cell, cycle))
        figure = (
            "INSERT INTO publication_figure (cell, cycle, dimension, figure, noisy_s, noisy_n,"
            " centre) VALUES ({}, {}, 'workload', {}, 0, 9, 50)"
        )
        await fetch(QueryString(figure, cell, cycle, cycle * 10))


async def figures() -> tuple[list[int], bool]:
    """The figures of the cell, and whether the database itself was asked for them."""
    with recorded_statements() as asked:
        found = await queries.published(CELL)
    return [p.points["workload"].figure for p in found], any("publication" in s for s in asked)


async def test_figures_that_are_out_come_from_the_replica(replica: Cluster):
    assert await figures() == ([10, 20, 30, 40], False)


async def test_a_replica_that_lags_is_not_believed(primary: Cluster, replica: Cluster):
    replica.sql("SELECT pg_wal_replay_pause()")
    await close(5, CELL)
    assert await figures() == ([10, 20, 30, 40, 50], True)
    replica.sql("SELECT pg_wal_replay_resume()")
    caught_up(primary, replica)
    assert await figures() == ([10, 20, 30, 40, 50], False)


async def test_a_replica_that_is_away_is_not_missed(replica: Cluster):
    replica.stop()
    try:
        assert await figures() == ([10, 20, 30, 40], True)
        assert await figures() == ([10, 20, 30, 40], True)
    finally:
        replica.start()


async def test_a_replica_that_cannot_be_reached_stops_nothing(replica: Cluster):
    database.bind_replica("postgresql://nobody@127.0.0.1:1/none")
    assert await figures() == ([10, 20, 30, 40], True)
