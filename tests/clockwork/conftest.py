"""Fixtures for processes that work."""

from pathlib import Path

import pytest
from tests.clockwork.workers import Notes


@pytest.fixture
def notes(tmp_path: Path) -> Notes:
    return Notes(tmp_path / "notes")
