"""From one database into a backup, into another database, and back: the same rows."""

from pathlib import Path

import pytest
from litestar import Litestar
from tests.journal.pages import texts
from tests.keeping.sealed import QUIET, TO_WORDS, nobody, sums, with_words
from tests.keeping.world import WRITTEN, settled
from tests.visitors import PASSWORD, Visitor

from recul import database
from recul.database import Database, engine_for
from recul.keeping.backing_up import back_up
from recul.keeping.decisions import DECISIONS, Left
from recul.keeping.document import Sum
from recul.keeping.restoring import restore, verified
from recul.keeping.transferring import transfer
from recul.trends.keyring import Keyring

pytestmark = pytest.mark.slow


@pytest.fixture
async def lived(live_db: Database, app: Litestar, ring: Keyring) -> Database:
    await settled(app)
    await live_db.close()
    return live_db


@pytest.fixture
async def another(empty_url: str, lived: Database):
    """An empty database of the same kind."""
    engine = engine_for(empty_url)
    yield engine
    await engine.close()


def kept(found: dict[str, Sum]) -> dict[str, Sum]:
    """Without the tables of which nothing goes into a backup."""
    return {name: each for name, each in found.items() if not isinstance(DECISIONS[name], Left)}


async def restored(source: Database, path: Path, engine: Database) -> dict[str, Sum]:
    """What is in `engine` after a backup of `source` was restored into it."""
    await back_up(source, path, TO_WORDS, QUIET)
    await restore(verified(with_words(path), QUIET), engine, QUIET, nobody)
    await engine.close()
    return await sums(engine)


async def test_there_and_back(lived: Database, another: Database, tmp_path: Path):
    """By way of SQLite, whichever the database is: on PostgreSQL this is the whole journey."""
    middle = engine_for(f"sqlite:///{tmp_path}/middle.sqlite")
    before = kept(await sums(lived))
    there = await restored(lived, tmp_path / "one", middle)
    back = await restored(middle, tmp_path / "two", another)
    assert there == back
    changed = {name for name, each in kept(back).items() if each != before[name]}
    assert changed == {"place", "sealed_cell"}
    assert {name for name in back if back[name].rows} < set(before)
    assert sum(each.rows for each in back.values()) > 60


async def test_what_is_restored_is_lived_in(
    lived: Database, another: Database, tmp_path: Path, app: Litestar
):
    await back_up(lived, tmp_path / "one", TO_WORDS, QUIET)
    database.bind(lived)
    [row] = await lived.run_sql("SELECT email FROM account WHERE display_name = 'Anabelle'")
    await lived.close()
    await restore(verified(with_words(tmp_path / "one"), QUIET), another, QUIET, nobody)
    ana = Visitor(app)
    assert (await ana.sign_in(row["email"], PASSWORD)).status_code == 303
    found = texts(await ana.get("/carnet"))
    assert sorted(found) == sorted(WRITTEN)
    assert "Commencé." in (await ana.get("/carnet/ecrire")).text


async def test_a_transfer_takes_everything(lived: Database, another: Database, tmp_path: Path):
    middle = engine_for(f"sqlite:///{tmp_path}/middle.sqlite")
    before = await sums(lived)
    assert before["sign_in"].rows > 5
    assert dict(await transfer(lived, middle, QUIET)) == before
    await middle.close()
    assert dict(await transfer(middle, another, QUIET)) == before
    await another.close()
    assert await sums(middle) == await sums(another) == await sums(lived) == before
