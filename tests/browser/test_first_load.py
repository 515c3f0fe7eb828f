"""What a first visit costs on the wire, and that nothing moves while it is read."""

import pytest
from tests.bench.chromium import visit
from tests.browser.house import Person
from tests.browser.windows import Windows

pytestmark = pytest.mark.browser

MOST = 100_000
"""Bytes of the page, its style, scripts and typefaces, with the headers of the answers."""


@pytest.mark.parametrize("path", ["/connexion", "/"])
async def test_a_first_visit_is_light_and_stands_still(
    open_window: Windows, newcomer: Person, path: str
):
    page = await open_window(newcomer if path == "/" else None)
    seen = await visit(page, path)
    assert seen.requests > 5, "style, scripts and typefaces are counted"
    assert seen.bytes < MOST
    # The door for passkeys appears where the browser has them; from 0.1 on it would be felt.
    assert seen.cls < 0.02
