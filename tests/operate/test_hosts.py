"""Several processes and several hosts on one database: any of them is good for any request."""

import asyncio
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.journal.pages import texts, unlock
from tests.operate.clusters import Cluster, cluster, replica_of
from tests.operate.hosts import Host, two_hosts
from tests.processes import InTurns, RemoteVisitor, Served, serving, visiting
from tests.visitors import PASSWORD

pytestmark = pytest.mark.slow
PATIENCE = 30.0


@pytest.fixture(scope="module")
def primary() -> Iterator[Cluster]:
    with cluster() as primary:
        yield primary


def together(
    stack: ExitStack,
    folder: Path,
    urls: list[str],
    hosts: Sequence[Host] = (),
    *,
    read_url: str = "",
) -> list[Served]:
    """Instances that share a secret and the folder of keys, and nothing else but the database.
    Each that starts while nobody has an account prints the first link anew: the last one counts."""
    found = []
    for n, url in enumerate(urls):
        host = hosts[n] if hosts else Host("127.0.0.1", "")
        var = folder / ("var" if url.startswith("sqlite") else f"var{n}")
        settings = {"RECUL_KEYS": str(folder / "keys"), "RECUL_URL": "http://recul.test"}
        settings["RECUL_DATABASE_READ_URL"] = read_url
        where: dict[str, Any] = {"host": host.address, "within": host.within}
        found.append(
            stack.enter_context(serving(var, folder / f"log{n}", url, **where, **settings))
        )
    return found


async def live(ana: RemoteVisitor, invitation: str) -> None:
    """A day in the application. Every request reaches another process than the one before it."""
    fields = {"email": "ana@exemple.fr", "display_name": "Ana", "new_password": PASSWORD}
    assert (await ana.post(invitation, fields)).status_code == 303
    for n in range(6):
        form = {"text-line": f"ligne {n}", "nonce": f"n{n}"}
        assert (await ana.post("/carnet/vite", form)).status_code == 303
        assert f"ligne {n}" in texts(await ana.get("/carnet"))
    assert (await ana.post("/carnet/verrou")).status_code == 303
    for _ in range(2):
        assert (await ana.get("/carnet")).headers["location"].startswith("/carnet/ouvrir")
    await unlock(ana)
    for _ in range(2):
        assert len(texts(await ana.get("/carnet"))) == 6
    assert (await ana.post("/deconnexion")).status_code == 303
    for _ in range(2):
        assert (await ana.get("/carnet")).headers["location"].startswith("/connexion")
    assert (await ana.sign_in("ana@exemple.fr")).status_code == 303
    assert len(texts(await ana.get("/carnet"))) == 6


async def test_two_servers_take_every_other_request(live_url: str, tmp_path: Path):
    with ExitStack() as stack:
        first, second = together(stack, tmp_path, [live_url, live_url])
        ana = RemoteVisitor.of_several(first.url, second.url)
        async with visiting(ana):
            await live(ana, second.invitation())
        wire = ana.client._transport
        assert isinstance(wire, InTurns)
        assert set(wire.asked[::2]) == {first.port}
        assert set(wire.asked[1::2]) == {second.port}


async def test_attempts_count_at_every_process(live_url: str, tmp_path: Path):
    with ExitStack() as stack:
        first, second = together(stack, tmp_path, [live_url, live_url])
        liar = RemoteVisitor.of_several(first.url, second.url)
        async with visiting(liar):
            tries = [(await liar.sign_in("a@exemple.fr", "faux")).status_code for _ in range(12)]
        assert tries == [422] * 10 + [429] * 2


async def status(url: str) -> tuple[int, str]:
    async with httpx.AsyncClient(trust_env=False, timeout=10) as client:
        answer = await client.get(f"{url}/readyz")
        return answer.status_code, answer.text


async def until_ready(url: str) -> None:
    end = time.monotonic() + PATIENCE
    while (await status(url))[0] != 200:
        assert time.monotonic() < end
        await asyncio.sleep(0.2)


async def test_two_hosts_on_one_database(primary: Cluster, tmp_path: Path):
    """In networks of their own where the machine allows it. One is cut off: it says that it is
    not ready, the other goes on; when the cable is back it recovers by itself."""
    primary.sql("CREATE DATABASE hosts")
    with two_hosts() as (hosts, apart), ExitStack() as stack:
        urls = [primary.url("hosts", host.gateway) for host in hosts]
        first, second = together(stack, tmp_path, urls, hosts)
        ana = RemoteVisitor.of_several(first.url, second.url)
        async with visiting(ana):
            await live(ana, second.invitation())
        assert await status(first.url) == await status(second.url) == (200, "ready")
        if apart:
            await _cut_off(primary, hosts, first, second)


async def _cut_off(primary: Cluster, hosts: list[Host], first: Served, second: Served) -> None:
    """The cable carries the test's own questions too, so the database is closed to the host."""
    rules = primary.data / "pg_hba.conf"
    kept = rules.read_text()
    rules.write_text(f"host all all {hosts[0].address}/32 reject\n{kept}")
    primary.sql("SELECT pg_reload_conf()")
    address = f"client_addr = '{hosts[0].address}'"
    primary.sql(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {address}")
    end = time.monotonic() + PATIENCE
    while await status(first.url) != (503, "the database does not answer"):
        assert time.monotonic() < end
        await asyncio.sleep(0.2)
    assert await status(second.url) == (200, "ready")
    rules.write_text(kept)
    primary.sql("SELECT pg_reload_conf()")
    await until_ready(first.url)


async def test_a_lagging_replica_is_never_noticed(primary: Cluster, tmp_path: Path):
    """What somebody saved is on her next page although the replica has heard nothing of it."""
    primary.sql("CREATE DATABASE lagging")
    with replica_of(primary) as replica, ExitStack() as stack:
        replica.sql("SELECT pg_wal_replay_pause()")
        urls = [primary.url("lagging")] * 2
        first, second = together(stack, tmp_path, urls, read_url=replica.url("lagging"))
        ana = RemoteVisitor.of_several(first.url, second.url)
        async with visiting(ana):
            await live(ana, second.invitation())
