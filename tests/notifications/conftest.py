"""Mail for tests: a server that takes it, people to write to, kinds that may be turned off."""

from collections.abc import AsyncIterator

import pytest
from tests.notifications.servers import MailServer, mail_server

from recul.notifications import kinds
from recul.notifications.kinds import Kind


@pytest.fixture
async def post() -> AsyncIterator[MailServer]:
    async with mail_server() as server:
        yield server


@pytest.fixture
def two_kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Invitations and links may be turned off, for the length of a test."""
    monkeypatch.setattr(kinds, "_known", {})
    kinds.register(
        Kind("invitation", "Une invitation à Recul", "Bonjour,"),
        Kind("password-reset", "Le lien que vous avez demandé", "Bonjour,"),
    )
