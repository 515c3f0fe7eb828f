"""Mail for tests: a server that takes it, and people to write to."""

from collections.abc import AsyncIterator

import pytest
from tests.notifications.servers import MailServer, mail_server


@pytest.fixture
async def post() -> AsyncIterator[MailServer]:
    async with mail_server() as server:
        yield server
