"""*Ce que voit l’administrateur*: no table and no column without words."""

import re
from html import unescape

import pytest
from litestar import Litestar
from tests.organisation.world import House
from tests.privacy.life import Life, lived, with_second_step

PAGE = "/ce-que-voit-l-administrateur"


@pytest.fixture
async def life(app: Litestar, house: House) -> Life:
    life = await lived(app, house)
    await with_second_step(life)
    return life


async def test_every_table_and_column_of_a_life_is_said_in_words(life: Life):
    page = unescape((await life.visitor.get(PAGE)).text)
    tables = re.findall(r'<h2 id="table-(\w+)">([^<]+)</h2>', page)
    assert len(tables) > 30
    assert [table for table, words in tables if table == words] == []
    columns = re.findall(r'<dt>([^<]+) <code class="soft">(\w+)</code></dt>', page)
    assert len(columns) > 150
    # A cycle is called so in both languages.
    assert {column for words, column in columns if words == column} <= {
        "cycle",
        "minutes",
        "minimum",
    }
