"""Keys of a test's own and a town, as tests of trends have them."""

from tests.trends.conftest import ring, stopped_clock, town

__all__ = ["ring", "stopped_clock", "town"]
