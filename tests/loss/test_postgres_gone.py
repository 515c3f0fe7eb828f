"""PostgreSQL goes away and comes back while the server runs: it is told, and over by itself."""

import asyncio
import re
import shutil
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import asyncpg
import pytest
from tests.loss.disks import Small, small
from tests.loss.servers import Cluster, Served, cluster
from tests.loss.windows import (
    NOTHING,
    PRIVATE,
    UNSURE,
    a_moment,
    assert_kept,
    first,
    note,
    noted,
    send_again,
)
from tests.loss.wires import Wire, wire
from tests.notifications.servers import until
from tests.processes import RemoteVisitor

from recul import database
from recul.clockwork.tables import Lease
from recul.database import Busy, Unreachable, postgres, write_transaction

pytestmark = pytest.mark.slow

ROUNDS = 4


@pytest.fixture(scope="module")
async def cluster_() -> AsyncIterator[Cluster]:
    """With a migrated database to be copied."""
    with cluster() as made:
        made.tell("CREATE DATABASE migrated")
        database.bind(database.engine_for(made.server.get_uri("migrated")))
        await database.migrate()
        yield made


@pytest.fixture
async def url(cluster_: Cluster) -> str:
    cluster_.start()
    cluster_.tell("DROP DATABASE IF EXISTS recul WITH (FORCE)")
    cluster_.tell("CREATE DATABASE recul TEMPLATE migrated")
    return str(cluster_.server.get_uri("recul"))


@pytest.fixture
async def wired(cluster_: Cluster, url: str) -> AsyncIterator[Wire]:
    async with wire(cluster_.server.get_postmaster_info().socket_path) as made:
        yield made


@pytest.fixture
def served(url: str, tmp_path: Path) -> Iterator[Served]:
    made = Served(tmp_path, url)
    made.start()
    yield made
    made.stop()


@pytest.fixture
async def ana(served: Served) -> AsyncIterator[RemoteVisitor]:
    async with first(served) as window:
        yield window


async def connections(url: str) -> int:
    """Of everybody but the one who asks."""
    asking = await asyncpg.connect(url)
    try:
        sql = "SELECT count(*) FROM pg_stat_activity WHERE datname = 'recul'"
        return int(await asking.fetchval(sql)) - 1
    finally:
        await asking.close()


async def answers_again(ana: RemoteVisitor, number: int) -> bool:
    return (await note(ana, number)).status_code == 303


async def test_it_is_restarted_several_times(
    cluster_: Cluster, url: str, served: Served, ana: RemoteVisitor
):
    for number in range(ROUNDS):
        cluster_.stop()
        answer = await note(ana, number)
        assert_kept(answer, number)
        page = await ana.get("/carnet")
        assert (page.status_code, page.headers["retry-after"]) == (503, "10")
        assert "Recul ne peut pas répondre en ce moment" in unescape(page.text)
        assert served.process
        assert served.process.poll() is None
        cluster_.start()
        assert (await send_again(ana, answer)).status_code == 303
        assert await noted(ana) == list(range(number + 1))
    await jobs_are_done(url, served)
    await asyncio.gather(*(ana.get("/carnet") for _ in range(30)))
    assert 0 < await connections(url) <= postgres.POOL_SIZE
    assert not re.search(PRIVATE, served.log.read_text())


async def jobs_are_done(url: str, served: Served) -> None:
    """By the running server, from now on; and no lease stays behind."""
    now = datetime.now(UTC)
    engine = database.engine_for(url)
    database.bind(engine)

    async def done() -> bool:
        rows = await Lease.select().where(Lease.name.is_in(["outbox", "sweep", "offers"]))
        return len(rows) == 3 and all(
            row["last_ok"] and row["holder"] is None and row["last_run_at"] > now for row in rows
        )

    await engine.run_sql("UPDATE lease SET due_at = now()")
    await until(done, 60)
    assert served.process
    assert served.process.poll() is None


async def test_backends_are_ended_while_people_write(
    cluster_: Cluster, url: str, served: Served, ana: RemoteVisitor
):
    stop = asyncio.Event()

    async def write(first_number: int) -> list[int]:
        for number in range(first_number, first_number + 1000):
            while (answer := await note(ana, number)).status_code != 303:
                assert answer.status_code == 503
            if stop.is_set():
                break
        return list(range(first_number, number + 1))

    writing = [asyncio.create_task(write(start * 1000)) for start in range(4)]
    asking = await asyncpg.connect(cluster_.url)
    for _ in range(40):
        await asking.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'recul'"
        )
        await asyncio.sleep(0.05)
    await asking.close()
    stop.set()
    due = sorted(number for each in await asyncio.gather(*writing) for number in each)
    assert await noted(ana) == due
    assert await connections(url) <= postgres.POOL_SIZE
    assert not re.search(PRIVATE, served.log.read_text())


async def test_the_wire_is_cut(wired: Wire, url: str, tmp_path: Path):
    served = Served(tmp_path, wired.url("recul"))
    await asyncio.to_thread(served.start)
    try:
        async with first(served) as ana:
            for number in range(5):
                sending = asyncio.create_task(note(ana, number))
                await asyncio.sleep(0.01)
                wired.cut()
                if (await sending).status_code != 303:
                    await until(lambda n=number: answers_again(ana, n), 20)  # type: ignore[misc]
            assert await noted(ana) == list(range(5))
            assert await connections(url) <= postgres.POOL_SIZE
    finally:
        await asyncio.to_thread(served.stop)


async def test_the_server_falls_silent(wired: Wire, monkeypatch: pytest.MonkeyPatch):
    """It neither answers nor ends the connection: nobody waits for ever, none is lost."""
    monkeypatch.setattr(postgres, "STATEMENT_SECONDS", 0.3)
    monkeypatch.setattr(postgres, "TURN_SECONDS", 0.6)
    monkeypatch.setattr(postgres, "CONNECT_SECONDS", 0.3)
    monkeypatch.setattr(postgres, "GIVE_BACK_SECONDS", 0.3)
    engine = postgres.Postgres(wired.url("recul"))
    await engine.open()
    database.bind(engine)
    try:
        await engine.run_sql("CREATE TABLE noted (number int)")

        async def write(number: int) -> None:
            async with write_transaction():
                await engine.run_sql("INSERT INTO noted VALUES ($1)", [number])

        for _ in range(3):
            wired.silence()
            tries = [write(0) for _ in range(15)] + [engine.run_sql("SELECT 1") for _ in range(15)]
            ended = await asyncio.gather(*tries, return_exceptions=True)
            assert {type(end) for end in ended} <= {Unreachable, Busy, database.Uncertain}
            wired.speak()
            await asyncio.gather(*(write(1) for _ in range(30)))
            assert engine.pool
            assert engine.pool.get_size() <= postgres.POOL_SIZE
        rows = await engine.run_sql("SELECT count(*) AS n FROM noted WHERE number = 1")
        assert rows == [{"n": 90}]
    finally:
        await engine.close()


async def test_it_only_reads_for_a_while(cluster_: Cluster, served: Served, ana: RemoteVisitor):
    """As a standby does, before it takes over."""
    await note(ana, 0)
    cluster_.tell("ALTER SYSTEM SET default_transaction_read_only = on")
    cluster_.tell("SELECT pg_reload_conf()")
    try:
        await until(lambda: refused(ana), 10)
        answer = await note(ana, 1)
        assert_kept(answer, 1)
        assert "mais plus écrire" in unescape(answer.text)
        assert await noted(ana) == [0]
    finally:
        cluster_.tell("SET default_transaction_read_only = off; ALTER SYSTEM RESET ALL")
        cluster_.tell("SELECT pg_reload_conf()")
    await until(lambda: answers_again(ana, 1), 10)
    assert await noted(ana) == [0, 1]


async def refused(ana: RemoteVisitor) -> bool:
    return (await note(ana, 0)).status_code == 503


async def test_its_disk_is_full(cluster_: Cluster, url: str, tmp_path: Path):
    """Where the tables are; its log lies elsewhere, as is advised."""
    with small(cluster_.server.pgdata.parent) as disk:
        if not isinstance(disk, Small):
            pytest.skip("nothing may be mounted here: SQLite's disk is tried instead")
        place = disk.folder / "space"
        place.mkdir(mode=0o700)
        disk.folder.chmod(0o755)
        shutil.chown(place, cluster_.server.system_user)
        cluster_.tell(f"CREATE TABLESPACE little LOCATION '{place}'")
        cluster_.tell("ALTER DATABASE recul SET TABLESPACE little")
        served = Served(tmp_path, url)
        await asyncio.to_thread(served.start)
        try:
            async with first(served) as ana:
                disk.fill()
                number = 0
                while (answer := await note(ana, number)).status_code == 303:
                    number += 1
                assert_kept(answer, number, 507)
                assert await noted(ana) == list(range(number))
                disk.free()
                assert (await send_again(ana, answer)).status_code == 303
                assert await noted(ana) == list(range(number + 1))
            assert not re.search(PRIVATE, served.log.read_text())
        finally:
            await asyncio.to_thread(served.stop)
            cluster_.tell("DROP DATABASE recul WITH (FORCE)")
            cluster_.tell("DROP TABLESPACE little")


DYING = """
CREATE OR REPLACE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$;
CREATE CONSTRAINT TRIGGER dying AFTER INSERT ON {table} DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION die()
"""


@pytest.mark.parametrize(("table", "there"), [("entry", []), ("journal_keep", [0])])
async def test_it_goes_away_at_the_very_commit(
    url: str, served: Served, ana: RemoteVisitor, table: str, there: list[int]
):
    """The moment, or what is remembered of it after it was saved: nobody can promise that nothing
    was saved, so nobody does. Sent again, it is there once."""
    asking = await asyncpg.connect(url)
    await asking.execute(DYING.format(table=table))
    answer = await ana.post("/carnet/vite", a_moment(0) | {"own_feeling": "cotonneuse"})
    page = unescape(answer.text)
    assert (answer.status_code, UNSURE in page, NOTHING in page) == (503, True, False)
    await asking.execute(f"DROP TRIGGER dying ON {table}")
    await asking.close()
    assert await noted(ana) == there
    assert (await send_again(ana, answer)).status_code == 303
    assert await noted(ana) == [0]


async def test_what_another_site_sends_or_a_password_is_not_shown(
    cluster_: Cluster, served: Served, ana: RemoteVisitor
):
    await ana.token()
    cluster_.stop()
    foreign = await note(ana, 0, Sec_Fetch_Site="cross-site")
    assert "palier" not in foreign.text
    secret = await ana.sign_in("ana@exemple.fr", "une phrase secrète")
    assert (secret.status_code, "secrète" in secret.text) == (503, False)
    assert "Envoyer à nouveau" not in foreign.text + secret.text
    left = await ana.post("/quitter")
    assert (left.status_code, left.headers["location"]) == (303, "/page-blanche")
    assert "recul" not in ana.client.cookies
