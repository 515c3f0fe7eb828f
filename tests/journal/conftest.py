"""A clock that stands still, for pages that say "today"."""

from datetime import UTC, datetime

import pytest

from recul import clock

NOW = datetime(2026, 11, 24, 15, 42, tzinfo=UTC)


@pytest.fixture
def stopped_clock(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """Tuesday 24 November 2026, 16:42 in Paris; `clock.set_to` still moves it."""
    monkeypatch.setattr(clock, "now", lambda: clock._set.get() or NOW)
    return NOW
