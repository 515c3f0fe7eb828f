"""A real server, a real browser, and windows of it that mind what goes wrong inside them.

`house`       the server, with the demo world of a fixed day
`young_house` another one, whose structure is new to trends; a module may take it for its `house`
`open_window` opens a window for somebody, with or without scripts
`newcomer`    somebody new, invited for this test, her journal blank
"""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser, async_playwright, expect
from tests import browsers
from tests.browser.house import House, Person
from tests.browser.windows import PATIENCE, Windows
from tests.visitors import TEST_ENVIRONMENT

ROOT = Path(__file__).parents[2]


# Nobody listens there: letters are written, and wait.
MAIL = {
    "RECUL_SMTP_URL": "smtp://127.0.0.1:9?tls=none",
    "RECUL_MAIL_FROM": "Recul <recul@exemple.org>",
}


@pytest.fixture(scope="session")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    async with _served("demo", tmp_path_factory.mktemp("browser")) as served:
        yield served


@pytest.fixture(scope="session")
async def young_house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    async with _served("young", tmp_path_factory.mktemp("young"), **MAIL) as served:
        yield served


@asynccontextmanager
async def _served(world: str, folder: Path, **more: str) -> AsyncIterator[House]:
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("RECUL_")}
    own = {"RECUL_VAR": str(folder / "var"), "PYTHONPATH": str(ROOT / "src")}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.browser.served",
        world,
        cwd=ROOT,
        env=inherited | TEST_ENVIRONMENT | own | more,
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
