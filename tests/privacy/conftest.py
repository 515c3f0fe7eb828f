"""The clock of the groups of these tests: see `tests.booking.world`."""

from collections.abc import Iterator

import pytest
from tests.booking.world import NOON

from recul import clock


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.set_to(NOON):
        yield
