"""What `recul doctor` says of keys."""

from pathlib import Path

import pytest
from tests import visitors
from tests.trends.people import CYCLE, Town

from recul import examination
from recul.ailing import Ailing
from recul.settings import Settings
from recul.trends.actions.opening import open_cycle
from recul.trends.keyring import Keyring

pytestmark = pytest.mark.usefixtures("db")


def settings(ring: Keyring) -> Settings:
    return visitors.settings(RECUL_KEYS=str(ring.folder))


async def test_keys_that_are_there(town: Town, ring: Keyring):
    assert "All 0 keys" in await examination._keys(settings(ring))
    await town.team(6)
    assert await open_cycle(CYCLE, town)
    assert "All 1 keys" in await examination._keys(settings(ring))


async def test_keys_that_are_missing(town: Town, ring: Keyring, tmp_path: Path):
    await town.team(6)
    assert await open_cycle(CYCLE, town)
    elsewhere = visitors.settings(RECUL_KEYS=str(tmp_path / "elsewhere"))
    with pytest.raises(Ailing, match="1 open cells of team trends have no key"):
        await examination._keys(elsewhere)


async def test_keys_that_others_can_read(town: Town, ring: Keyring):
    await town.team(6)
    assert await open_cycle(CYCLE, town)
    ring.folder.chmod(0o755)
    with pytest.raises(Ailing, match="Others can read"):
        await examination._keys(settings(ring))
