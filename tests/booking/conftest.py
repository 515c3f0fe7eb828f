"""The clock and the house of tests of seats."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from litestar import Litestar
from tests.booking.crowd import Doors, doors
from tests.booking.world import NOON
from tests.organisation.world import House, inhabited
from tests.processes import serving

from recul import clock
from recul.database import Database
from recul.web.roles import Role


@pytest.fixture
def noon() -> Iterator[None]:
    """The clock stands at `NOON`."""
    with clock.set_to(NOON):
        yield


@pytest.fixture
async def small(db: Database, app: Litestar, noon: None) -> House:
    """A house with a facilitator, at noon; its other people come from `seats.people`."""
    return await inhabited(app, Role.FACILITATOR)


@pytest.fixture
async def two(live_db: Database, live_url: str, tmp_path: Path) -> AsyncIterator[Doors]:
    """Two processes on one database; neither says a word of trouble."""
    logs = [tmp_path / "one.log", tmp_path / "two.log"]
    with (
        serving(tmp_path / "one", logs[0], live_url) as one,
        serving(tmp_path / "two", logs[1], live_url) as other,
    ):
        async with doors(one.url, other.url) as found:
            yield found
    assert "rror" not in "".join(log.read_text() for log in logs)
