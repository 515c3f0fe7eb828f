"""What the doctor says of machine, proxy, secrets and database server."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.operate.clusters import Cluster, cluster, replica_of
from tests.operate.proxies import TLS
from tests.visitors import settings

from recul import database
from recul.ailing import Ailing
from recul.database import Database
from recul.looks import databases, files, ways
from recul.settings import Settings

PRODUCTION = {
    "RECUL_MODE": "production",
    "RECUL_URL": "https://recul.example.org",
    "RECUL_ARGON2_MIB": "19",
}


def production(**more: str) -> Settings:
    return settings(**PRODUCTION | more)


async def test_the_database_server(live_db: Database, live_url: str):
    config = settings(RECUL_DATABASE_URL=live_url)
    if config.database_url.startswith("sqlite"):
        assert "log WAL" in await databases.server(config)
        return
    with pytest.raises(Ailing, match="fsync = off"):  # the tests' own is in a hurry
        await databases.server(config)


async def test_sqlite_on_a_network(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setattr(databases, "file_system", lambda _: "nfs4")
    with pytest.raises(Ailing, match=r"nfs4.*use PostgreSQL"):
        await databases.server(settings(RECUL_DATABASE_URL=f"sqlite:///{tmp_path}/a.sqlite"))


async def test_workers(live_db: Database, live_url: str):
    few = settings(RECUL_DATABASE_URL=live_url, RECUL_WORKERS="2", RECUL_ARGON2_MIB="64")
    assert (await databases.workers(few)).startswith("Workers: 2 on ")
    assert "128 MiB" in await databases.workers(few)
    with pytest.raises(Ailing, match="set RECUL_WORKERS"):
        await databases.workers(settings(RECUL_DATABASE_URL=live_url, RECUL_WORKERS="64"))


@pytest.fixture(scope="module")
def far() -> Iterator[Cluster]:
    with cluster() as primary:
        yield primary


@pytest.mark.slow
async def test_postgresql_on_another_machine(far: Cluster):
    """Any address that is not this machine's own is taken for one: here 127.0.0.2."""
    far.sql("ALTER SYSTEM SET fsync = on")
    near, away = far.url(), far.url(host="127.0.0.2")
    for url in (near, away):
        database.bind(database.engine_for(url))
        config = settings(RECUL_DATABASE_URL=url)
        if url == near:
            with pytest.raises(Ailing, match="fsync = off"):  # given when it was started
                await databases.server(config)
    far.options = far.options.replace("-c fsync=off", "")
    far.stop()
    far.start()
    with pytest.raises(Ailing, match=r"127\.0\.0\.2 is not encrypted"):
        await databases.server(settings(RECUL_DATABASE_URL=away))
    database.bind(database.engine_for(near))
    assert "on this machine" in await databases.server(settings(RECUL_DATABASE_URL=near))
    many = settings(RECUL_DATABASE_URL=near, RECUL_WORKERS="8")
    with pytest.raises(Ailing, match="may want 80 connections, PostgreSQL gives 60"):
        await databases.workers(many)


@pytest.mark.slow
async def test_the_replica(far: Cluster):
    near = far.url()
    assert await databases.replica(settings()) == "No read replica is set."
    with pytest.raises(Ailing, match="is no replica"):
        await databases.replica(settings(RECUL_DATABASE_URL=near, RECUL_DATABASE_READ_URL=near))
    gone = "postgresql://nobody@127.0.0.1:1/none"
    with pytest.raises(Ailing, match="does not answer"):
        await databases.replica(settings(RECUL_DATABASE_URL=near, RECUL_DATABASE_READ_URL=gone))
    with replica_of(far) as copy:
        config = settings(RECUL_DATABASE_URL=near, RECUL_DATABASE_READ_URL=copy.url())
        assert await databases.replica(config) == "The read replica answers."


async def test_the_way_people_come():
    fits = production(RECUL_TRUSTED_PROXIES="10.0.0.1")
    assert "The proxy at 10.0.0.1 tells who asks" in await ways.address(fits)
    with pytest.raises(Ailing, match="all people look like one address"):
        await ways.address(production())
    with pytest.raises(Ailing, match="skips the proxy"):
        await ways.address(production(RECUL_HOST="0.0.0.0"))
    assert "Recul listens" in await ways.address(settings())


async def test_the_certificate(monkeypatch: pytest.MonkeyPatch):
    import ssl
    from asyncio import start_server

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(TLS / "localhost.pem")
    server = await start_server(lambda _, writer: writer.close(), "127.0.0.1", ssl=context)
    config = production(RECUL_URL=f"https://localhost:{server.sockets[0].getsockname()[1]}")
    with pytest.raises(Ailing, match="Browsers would not trust"):
        await ways.certificate(config)
    monkeypatch.setenv("SSL_CERT_FILE", str(TLS / "authority.pem"))
    assert "is good for" in await ways.certificate(config)
    server.close()
    await server.wait_closed()
    assert "cannot be reached from here" in await ways.certificate(config)
    assert await ways.certificate(settings()) == "No https here."


async def test_files_of_secrets(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    secret = tmp_path / "secret"
    secret.write_text("s")
    monkeypatch.setenv("RECUL_SECRET_FILE", str(secret))
    for mode, well in ((0o600, True), (0o640, True), (0o644, False), (0o660, False)):
        secret.chmod(mode)
        if well:
            assert "1, for their owner only" in await files.secrets(production())
        else:
            with pytest.raises(Ailing, match="chmod 600"):
                await files.secrets(production())


async def test_what_else_is_there(tmp_path: Path):
    config = settings(RECUL_VAR=str(tmp_path))
    assert "Europe/Paris" in await files.zones(config)
    assert "Fonts of pages: 2" in await files.fonts(config)
    assert await files.shared_keys(config) == "One host: no other needs the keys."


async def test_the_folder_of_keys(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    config = settings(RECUL_VAR=str(tmp_path), RECUL_DATABASE_URL="postgresql://a@b/c")
    for kind, said in (("ext4", "on a disk of this host"), ("nfs4", "for several hosts")):
        monkeypatch.setattr(files, "file_system", lambda _, kind=kind: kind)
        assert said in await files.shared_keys(config)
    monkeypatch.setattr(files, "file_system", lambda _: "tmpfs")
    with pytest.raises(Ailing, match="in memory"):
        await files.shared_keys(config)


def test_the_kind_of_a_file_system():
    assert files.file_system(Path("/proc/self")) == "proc"
    assert files.file_system(Path("/nowhere/at/all"))
