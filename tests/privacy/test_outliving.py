"""What outlives an account came with a migration that makes five tables anew on SQLite: nothing
of what was in them is lost on the way, there or back."""

from typing import Any

from litestar import Litestar
from tests.organisation.world import inhabited, stranger
from tests.privacy.life import lived
from tests.visitors import settings

from recul import database
from recul.database import Database
from recul.privacy.actions import erasure
from recul.trends import keyring
from recul.web.roles import Role

REBUILT = ("attendance", "supervision", "appointment", "supervision_offer", "service_agreement")


async def rows(db: Database) -> dict[str, list[Any]]:
    """Of the tables that were made anew and of those that refer to them."""
    found = {}
    for table in (*REBUILT, "availability", "availability_exception"):
        kept = await db.run_sql(f"SELECT * FROM {table} ORDER BY id")
        found[table] = [{k: v for k, v in row.items() if k != "name"} for row in kept]
    return found


async def test_an_upgrade_keeps_every_row(live_db: Database, app: Litestar, tmp_path_factory: Any):
    before_ring = keyring._bound
    keyring.bind(tmp_path_factory.mktemp("cles"))
    house = await inhabited(app)
    await stranger(app, house)
    life = await lived(app, house)
    before = await rows(live_db)
    assert all(before[table] for table in REBUILT)
    await database.migrate_back(1)
    assert await rows(live_db) == before
    await database.migrate()
    assert await rows(live_db) == before
    # And what has no owner any more is all that a way back costs.
    await erasure.erase_now(life.id, settings())
    left = {table: len(found) for table, found in (await rows(live_db)).items()}
    assert left["appointment"] > 0
    await database.migrate_back(1)
    await database.migrate()
    found = await rows(live_db)
    assert [row for row in found["appointment"] if row["account"] is None] == []
    assert house.ids[Role.PARTICIPANT] in {row["account"] for row in found["attendance"]}
    keyring._bound = before_ring
