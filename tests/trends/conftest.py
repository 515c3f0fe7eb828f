"""A keyring of each test's own, and a day in the middle of cycle 38."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests import visitors
from tests.trends.people import Town

from recul import clock, wiring
from recul.trends import keyring, steps
from recul.trends.actions import sharing
from recul.trends.keyring import Keyring

NOW = datetime(2026, 11, 24, 15, 42, tzinfo=UTC)


@pytest.fixture
def stopped_clock(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """Tuesday 24 November 2026; `clock.set_to` still moves it."""
    monkeypatch.setattr(clock, "now", lambda: clock._set.get() or NOW)
    return NOW


@pytest.fixture
def ring(tmp_path: Path, stopped_clock: datetime) -> Iterator[Keyring]:
    """The bound keyring, beside a journal that tells trends of its changes."""
    before = keyring._bound
    wiring.connect(visitors.settings(RECUL_VAR=str(tmp_path), RECUL_KEYS=str(tmp_path / "cles")))
    sharing._seen.clear()
    yield keyring.bound()
    steps.listen(None)
    keyring._bound = before


@pytest.fixture
def town(ring: Keyring) -> Town:
    return Town()
