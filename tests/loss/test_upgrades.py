"""From the first version to this one, however it is interrupted; and never back by mistake."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest
from litestar import Litestar
from piccolo.apps.migrations.tables import Migration
from piccolo.querystring import QueryString
from tests.journal.pages import lock, texts, write
from tests.loss.first_version import AT, TOLD, fill, knowing, left_behind, rows
from tests.loss.servers import Served
from tests.visitors import PASSWORD, Visitor

from recul import clock, database
from recul.database import Database, bind, engine_for, fetch, migrate, migration_state
from recul.database.migrations import _files

pytestmark = pytest.mark.slow

OF_ANA = [
    "Déposé pendant que le carnet était fermé.",
    "Un écrit rendu à temps.\nAvec deux lignes.",
    "Une visite qui m’a touchée.",
]
FIRST, *LATER = sorted(_files())


@pytest.fixture
async def empty(empty_url: str):
    engine = engine_for(empty_url)
    bind(engine)
    await engine.open()
    yield engine
    await engine.close()


async def counted() -> dict[str, int]:
    """How many rows there are in the tables of the first version."""
    return {
        table: (await fetch(QueryString(f"SELECT count(*) AS n FROM {table}")))[0]["n"]
        for table in rows()
    }


async def everybody_comes_back(app: Litestar) -> None:
    """They sign in with what they had, and read what they wrote; and write on."""
    with clock.set_to(AT):
        ana = Visitor(app)
        assert (await ana.sign_in(TOLD["ana"])).status_code == 303
        assert sorted(texts(await ana.get("/carnet"))) == OF_ANA
        assert "Un brouillon commencé." in (await ana.get("/carnet/ecrire")).text
        assert "cotonneuse" in (await ana.get("/carnet/reglages")).text
        await write(ana, "Après la mise à jour.")
        await lock(ana)
        fields = {"email": TOLD["ana"], "code": TOLD["code"], "new_password": f"{PASSWORD} neuf"}
        forgetful = Visitor(app)
        assert (await forgetful.post("/mot-de-passe-oublie", fields)).status_code == 303
        assert len(texts(await forgetful.get("/carnet"))) == 4
        boris = Visitor(app)
        assert (await boris.sign_in(TOLD["boris"])).status_code == 303
        assert texts(await boris.get("/carnet")) == ["Après l’oubli."]
        await boris.post("/carnet/ancien", {"code": TOLD["boris_code"]})
        assert "Avant l’oubli du mot de passe." in texts(await boris.get("/carnet"))
        claire = Visitor(app)
        accepted = {"display_name": "Claire", "new_password": PASSWORD}
        assert (await claire.post(f"/invitation/{TOLD['invited']}", accepted)).status_code == 303


async def test_at_once(empty: Database, app: Litestar, tmp_path: Path):
    with knowing(1, tmp_path):
        await migrate()
    await fill()
    before = await counted()
    assert await migrate() == LATER
    assert await counted() == before
    await everybody_comes_back(app)


async def test_step_by_step(empty: Database, app: Litestar, tmp_path: Path):
    with knowing(1, tmp_path):
        await migrate()
    await fill()
    before = await counted()
    for count, step in enumerate(LATER, 2):
        with knowing(count, tmp_path):
            assert await migrate() == [step]
        assert await counted() == before
    await everybody_comes_back(app)


def run(served: Served, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", *words]
    return subprocess.run(
        command,
        cwd=served.folder,
        env=served.environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


async def test_killed_in_the_middle(empty_url: str, app: Litestar, tmp_path: Path):
    """All of it is undone, and the next one begins again."""
    await left_behind(empty_url, tmp_path)
    served = Served(tmp_path, empty_url)
    for step in (1, len(LATER)):
        done = await asyncio.to_thread(run, served, "tests.loss.dying", str(step), "migrate")
        assert done.returncode == -9, done.stderr
        bind(engine_for(empty_url))
        assert await migration_state() == ([FIRST], [FIRST, *LATER])
        await database.close_database()
    done = await asyncio.to_thread(served.run, "migrate")
    assert (done.returncode, done.stderr) == (0, "")
    bind(engine_for(empty_url))
    await database.open_database()
    await everybody_comes_back(app)
    await database.close_database()


async def test_two_commands_at_once(empty_url: str, app: Litestar, tmp_path: Path):
    await left_behind(empty_url, tmp_path)
    served = [Served(tmp_path, empty_url) for _ in range(3)]
    done = await asyncio.gather(*(asyncio.to_thread(one.run, "migrate") for one in served))
    assert [(one.returncode, one.stderr) for one in done] == [(0, "")] * 3
    bind(engine_for(empty_url))
    await database.open_database()
    await everybody_comes_back(app)
    await database.close_database()


async def test_a_newer_database_is_refused_by_every_command(empty_url: str, tmp_path: Path):
    await left_behind(empty_url, tmp_path)
    bind(engine_for(empty_url))
    await database.open_database()
    await migrate()
    await Migration.insert(Migration(name="2999-01-01T00:00:00:000000", app_name="recul"))
    await database.close_database()
    served = Served(tmp_path, empty_url)
    commands = (("serve", "--port", str(served.port)), ("worker",), ("migrate",), ("doctor",))
    ended = await asyncio.gather(*(asyncio.to_thread(served.run, *one) for one in commands))
    for done in ended:
        said = done.stdout + done.stderr
        assert done.returncode == 1, done.args
        assert "migrated to 2999-01-01" in said
        assert "by a newer version of Recul" in said
        assert "Install that version, or restore a backup made before." in said
        assert "Traceback" not in said
