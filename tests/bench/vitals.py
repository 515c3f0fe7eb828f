"""First visits on a weak network with a slow phone, as Chromium sees them."""

import asyncio
from collections.abc import Iterator
from typing import Any

from playwright.async_api import Browser as Chromium
from playwright.async_api import async_playwright
from tests import browsers
from tests.bench import world
from tests.bench.browser import Browser
from tests.bench.chromium import Visit, tapped, visit
from tests.bench.servers import Server
from tests.bench.table import Figure

PAGES = (
    ("sign-in", "/connexion", ""),
    ("home", "/", world.READER),
    ("carnet", "/carnet", world.READER),
)
PHONE = {"width": 360, "height": 740}
KILOBYTES, SHOWN, LARGEST, STILL, BLOCKED, TAP = 100, 1800, 2500, 0.01, 200, 200
STEP = "fieldset label"


def figures(name: str, server: Server) -> Iterator[Figure]:
    """Nothing where there is no browser."""
    if browsers.executable() is None:
        return
    for label, (seen, tap) in asyncio.run(_visits(server)).items():
        yield from _of(name, label, seen, tap)


async def _visits(server: Server) -> dict[str, tuple[Visit, float | None]]:
    found: dict[str, tuple[Visit, float | None]] = {}
    options: Any = browsers.launch_options()
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(**options)
        for label, path, who in PAGES:
            found[label] = await _visited(chromium, server, path, who)
        await chromium.close()
    return found


async def _visited(
    chromium: Chromium, server: Server, path: str, who: str
) -> tuple[Visit, float | None]:
    here = f"http://127.0.0.1:{server.port}"
    context = await chromium.new_context(viewport=PHONE, base_url=here)  # type: ignore[arg-type]
    if who:
        cookies = Browser(server.port).sign_in(who).cookies
        await context.add_cookies(
            [{"name": n, "value": v, "url": here} for n, v in cookies.items()]
        )
    page = await context.new_page()
    seen = await visit(page, path, slow=True)
    tap = await tapped(page, STEP) if path == "/" else None
    await context.close()
    return seen, tap


def _of(name: str, label: str, seen: Visit, tap: float | None) -> Iterator[Figure]:
    most = None if label == "carnet" else KILOBYTES  # as long as the month is
    rows: list[tuple[str, float, str, float | None, str]] = [
        ("first load", seen.bytes / 1000, "kB", most, f"{seen.requests} answers"),
        ("first contentful paint", seen.fcp, "ms", SHOWN, ""),
        ("largest contentful paint", seen.lcp, "ms", LARGEST, ""),
        ("layout shift", seen.cls, "", STILL, ""),
        ("total blocking time", seen.tbt, "ms", BLOCKED, f"longest task {seen.longest:.0f} ms"),
    ]
    if tap is not None:
        rows.append(("tap on the check-in", tap, "ms", TAP, "until its effect is shown"))
    for measure, value, unit, limit, detail in rows:
        yield Figure(
            database=name,
            measure=f"{label} page, weak network: {measure}",
            value=value,
            unit=unit,
            below=limit,
            detail=detail,
        )
