"""Hands on a keyboard: everything can be reached, and what has the focus can be seen."""

from typing import Any

from playwright.async_api import Page

MOST = 250
"""Presses of Tab after which something is thought to be out of reach."""

# The focused control, and what an eye sees of it: is its middle its own, is there a ring?
FOCUSED = """
    () => {
        const at = document.activeElement;
        if (at === document.body) return null;
        const face = at.closest("label") ?? at;
        const [box] = face.getClientRects();  // A link in a sentence may have a line or two.
        const seen = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
        const ringed = [at, ...face.querySelectorAll("*")].some((part) => {
            const style = getComputedStyle(part);
            return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
        });
        return {
            what: at.outerHTML.slice(0, 120),
            covered: !face.contains(seen) && seen !== at.closest("label"),
            ringed,
            name: at.name ?? "",
            text: (at.innerText || at.getAttribute("aria-label") || "")
                .trim().replace(/\\s+/g, " "),
        };
    }
"""


async def focused(page: Page) -> dict[str, Any] | None:
    """What has the focus; it must be in sight and marked."""
    found: dict[str, Any] | None = await page.evaluate(FOCUSED)
    if found is not None:
        assert not found["covered"], found["what"]
        assert found["ringed"], found["what"]
    return found


async def tab_to(page: Page, *, name: str = "", text: str = "") -> None:
    for _ in range(MOST):
        await page.keyboard.press("Tab")
        at = await focused(page)
        if at and (at["name"] == name if name else at["text"] == text):
            return
    raise AssertionError(f"out of reach: {name or text}")
