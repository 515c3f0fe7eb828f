"""Somebody decided about every table whether it belongs in a backup."""

from typing import Any

from tests.keeping.sealed import sums

from recul.database import Database
from recul.keeping.decisions import DECISIONS, Kept, Left
from recul.keeping.rows import encoder
from recul.keeping.shapes import Shape
from recul.keeping.snapshots import snapshot


async def shapes(engine: Database) -> list[Shape]:
    async with snapshot(engine) as found:
        return await found.shapes()


async def test_every_table_has_a_decision(live_db: Database):
    """A new table: add it to `recul.keeping.decisions`, with the reason if it stays out."""
    assert [shape.name for shape in await shapes(live_db) if shape.name not in DECISIONS] == []


async def test_a_replaced_value_fits_its_column(live_db: Database):
    kinds: dict[str, dict[str, str]] = {s.name: dict(s.columns) for s in await shapes(live_db)}
    replaced: list[tuple[str, Any]] = [
        (kinds[table][column], value)
        for table, decision in DECISIONS.items()
        if isinstance(decision, Kept) and table in kinds
        for column, value in decision.instead.items()
    ]
    assert len(replaced) >= 4
    for kind, value in replaced:
        assert encoder([kind])([value])


def test_what_is_left_out_has_a_reason():
    left = {name for name, each in DECISIONS.items() if isinstance(each, Left) and each.why}
    assert left == {
        "calendar_feed",
        "import_preview",
        "invitation",
        "lease",
        "outbox_mail",
        "people_import",
        "sign_in",
        "throttle",
    }


async def test_no_table_that_is_kept_refers_to_one_that_is_not(live_db: Database):
    sql = {
        "sqlite": 'SELECT m.name AS a, f."table" AS b FROM sqlite_master m'
        " JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table'",
        "postgres": "SELECT conrelid::regclass::text AS a, confrelid::regclass::text AS b"
        " FROM pg_constraint WHERE contype = 'f'",
    }
    links = [(row["a"], row["b"]) for row in await live_db.run_sql(sql[live_db.engine_type])]
    assert ("vault", "account") in links
    kept = {name for name, each in DECISIONS.items() if isinstance(each, Kept)}
    assert not [(a, b) for a, b in links if a in kept and b not in kept]


async def test_tables_come_after_those_they_refer_to(live_db: Database):
    names = [shape.name for shape in await shapes(live_db)]
    pairs = [("account", "vault"), ("vault", "entry"), ("publication", "publication_figure")]
    assert all(names.index(before) < names.index(after) for before, after in pairs)
    assert set(await sums(live_db)) == set(names)
