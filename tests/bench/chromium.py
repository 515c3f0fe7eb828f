"""What Chromium tells of a visit: bytes over the wire, when something was there to see, what
moved under the eyes, and how long it could not be used."""

import asyncio
from dataclasses import dataclass
from typing import Any

from playwright.async_api import CDPSession, Page

SLOW = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 93_750}
"""A weak mobile network: milliseconds, and bytes a second."""
SLOWER = 4
"""Times that a cheap phone is slower than this machine."""
SETTLED = 700
"""Milliseconds in which nothing comes any more."""
WATCH = """
window.seen = {lcp: 0, cls: 0, tbt: 0, longest: 0, tap: 0};
const look = (type, each, more) => new PerformanceObserver((list) =>
    list.getEntries().forEach(each)).observe({type, buffered: true, ...more});
look("largest-contentful-paint", (entry) => { seen.lcp = entry.startTime; });
look("layout-shift", (entry) => { if (!entry.hadRecentInput) seen.cls += entry.value; });
look("longtask", (entry) => {
    seen.tbt += entry.duration - 50;
    seen.longest = Math.max(seen.longest, entry.duration);
});
look("event", (entry) => {
    if (entry.interactionId) seen.tap = Math.max(seen.tap, entry.duration);
}, {durationThreshold: 16});
"""
TELL = """() => ({...seen,
    fcp: performance.getEntriesByName("first-contentful-paint")[0].startTime})"""


@dataclass(frozen=True, slots=True)
class Visit:
    """`bytes` with the headers of the answers; times in milliseconds from the first request."""

    bytes: int
    requests: int
    fcp: float
    lcp: float
    cls: float
    tbt: float
    longest: float


async def visit(page: Page, path: str, *, slow: bool = False) -> Visit:
    """The first visit of a fresh window, whose cache is empty."""
    sizes: list[int] = []
    session = await _listening(page, sizes)
    if slow:
        await session.send("Network.emulateNetworkConditions", SLOW)
        await session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    await page.add_init_script(WATCH)
    await page.goto(path, wait_until="load")
    await page.wait_for_timeout(SETTLED)
    seen: dict[str, Any] = await page.evaluate(TELL)
    del seen["tap"]
    return Visit(bytes=sum(sizes), requests=len(sizes), **seen)


async def tapped(page: Page, selector: str) -> float:
    """Milliseconds from a tap until the page shows what came of it, at least 16."""
    await page.locator(selector).first.click()
    await asyncio.sleep(0.3)
    return max(16.0, float(await page.evaluate("() => seen.tap")))


async def _listening(page: Page, sizes: list[int]) -> CDPSession:
    session = await page.context.new_cdp_session(page)
    session.on("Network.loadingFinished", lambda told: sizes.append(told["encodedDataLength"]))
    await session.send("Network.enable")
    return session
