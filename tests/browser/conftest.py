"""A real server, a real browser, and windows of it that mind what goes wrong inside them.

`house`       the server, with the demo world of a fixed day
`open_window` opens a window for somebody, with or without scripts
`newcomer`    somebody new, invited for this test, her journal blank
"""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, async_playwright, expect
from tests import browsers
from tests.browser.house import House, Person
from tests.browser.windows import PATIENCE, Windows
from tests.visitors import TEST_ENVIRONMENT

SERVED = Path(__file__).with_name("served.py")
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("RECUL_")}
    var = {"RECUL_VAR": str(tmp_path_factory.mktemp("browser") / "var")}
    path = {"PYTHONPATH": str(ROOT / "src")}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        SERVED,
        env=inherited | TEST_ENVIRONMENT | var | path,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        assert process.stdout is not None
        codes = json.loads(await process.stdout.readline())
        yield House(codes.pop("url"), codes)
    finally:
        process.terminate()
        await process.communicate()


@pytest.fixture(scope="session")
def browser_options() -> dict[str, object]:
    return browsers.launch_options()


@pytest.fixture(scope="session")
async def browser(browser_options: dict[str, object]) -> AsyncIterator[Browser]:
    expect.set_options(timeout=PATIENCE)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(**browser_options)  # type: ignore[arg-type]
        yield browser
        await browser.close()


@pytest.fixture
async def open_window(browser: Browser, house: House) -> AsyncIterator[Windows]:
    windows = Windows(browser, house)
    yield windows
    await windows.close()


@pytest.fixture
async def newcomer(house: House) -> Person:
    return await house.newcomer()


@pytest.fixture(params=[True, False], ids=["script", "plain"])
def script(request: pytest.FixtureRequest) -> bool:
    """Whether the browser runs scripts."""
    return bool(request.param)
