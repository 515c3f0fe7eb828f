"""Reading the journal's pages as somebody who looks at them, and filling in its forms."""

import re
from html import unescape
from typing import Any

import httpx
from tests.visitors import PASSWORD, Visitor

PART = {"HX_Request": "true", "HX_Request_Type": "partial"}
_ID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"


def ids(page: httpx.Response) -> list[str]:
    """The moments on a page, in their order."""
    return re.findall(f'<article class="(?:moment|result)"[^>]*-({_ID})"', page.text)


def texts(page: httpx.Response) -> list[str]:
    """What was written in them."""
    found = re.findall(r'<p class="moment-text[^>]*>(.*?)</p>', page.text, re.DOTALL)
    return [unescape(text) for text in found]


def value(page: httpx.Response, name: str) -> str:
    """What a field of the page's own forms holds, hidden ones included."""
    main = page.text.partition("<main")[2] or page.text
    area = re.search(rf'<textarea[^>]* name="{name}"[^>]*>\n(.*?)</textarea>', main, re.DOTALL)
    if area:
        return unescape(area[1])
    tag = re.findall(rf'<input[^>]* name="{name}"[^>]*>', main)[0]
    found = re.search(r' value="([^"]*)"', tag)
    return unescape(found[1]) if found else ""


def ticked(page: httpx.Response, name: str) -> list[str]:
    """Chosen values of chips and scales."""
    return [unescape(v) for v in _boxes(page, name, " checked")]


def offered(page: httpx.Response, name: str) -> list[str]:
    return [unescape(v) for v in _boxes(page, name, "")]


def _boxes(page: httpx.Response, name: str, state: str) -> list[str]:
    pattern = rf'<input type="(?:checkbox|radio)" name="{name}" value="([^"]*)"[^>]*{state}>'
    return re.findall(pattern, page.text)


async def write(visitor: Visitor, text: str = "", **fields: Any) -> httpx.Response:
    """A check-in from a form of its own."""
    form = await visitor.get("/carnet/vite")
    typed = {"nonce": value(form, "nonce"), "text-line": text, "template": "line"} | fields
    answer = await visitor.post("/carnet/vite", typed)
    assert answer.status_code == 303, texts(answer)
    return answer


async def lock(visitor: Visitor) -> None:
    await visitor.post("/carnet/verrou")


async def unlock(visitor: Visitor) -> None:
    answer = await visitor.post("/carnet/ouvrir", {"password": PASSWORD})
    assert answer.status_code == 303
