"""What axe-core and the eye of a screen reader find wrong with a page."""

import asyncio
from pathlib import Path
from typing import Any

from playwright.async_api import Page

SOURCE = Path(__file__).parent / "vendor" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PATIENCE = 60
"""Seconds that one look may take. Without scripts axe would never end."""
EVERYTHING: dict[str, Any] = {
    "runOnly": {"type": "tag", "values": TAGS},
    "rules": {"target-size": {"enabled": True}},
}
COLOURS: dict[str, Any] = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
}
FOUND = """
    async (options) => (await axe.run({...options, resultTypes: ["violations"]})).violations
        .flatMap(({id, nodes}) => nodes.map((node) =>
            `${id}: ${node.html.slice(0, 160)} — ${node.failureSummary.replace(/\\s+/g, " ")}`))
"""


async def load(page: Page) -> None:
    """Bring axe into the page, beside its policy rather than against it."""
    await page.evaluate(SOURCE.read_text(encoding="utf-8"))


async def violations(page: Page, options: dict[str, Any] = EVERYTHING) -> list[str]:
    async with asyncio.timeout(PATIENCE):
        found: list[str] = await page.evaluate(FOUND, options)
    return found
