"""A few kills of the real programs; `python -m tests.loss.kills` makes many."""

from pathlib import Path

import pytest
from tests.loss.kills import kill_database, kill_often

pytestmark = pytest.mark.slow


async def test_the_server_is_killed_while_people_write(tmp_path: Path, empty_url: str):
    tally = await kill_often(tmp_path, empty_url, 4)
    assert tally.kills == 4
    assert all(tally.acknowledged.values())


async def test_postgresql_is_killed_while_people_write(tmp_path: Path):
    tally = await kill_database(tmp_path, 3)
    assert tally.kills == 3
    assert all(tally.acknowledged.values())
