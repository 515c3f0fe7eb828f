"""Keys of a test's own."""

from pathlib import Path

import pytest

from recul.trends import keyring
from recul.trends.keyring import Keyring


@pytest.fixture
def ring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Keyring:
    ring = Keyring(tmp_path / "cles")
    monkeypatch.setattr(keyring, "_bound", ring)
    return ring
