"""A form of a page as a browser would send it back, with some of its fields filled in."""

from html import unescape
from html.parser import HTMLParser

import httpx
from tests.visitors import Visitor

Fields = dict[str, str]


class _Form(HTMLParser):
    """The fields of the form that goes to one address."""

    def __init__(self, action: str) -> None:
        super().__init__()
        self.action = action
        self.inside = self.found = False
        self.fields: Fields = {}
        self.name = ""
        self.written: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = dict(attrs)
        if tag == "form":
            self.inside = not self.found and has.get("action") == self.action
            self.found = self.found or self.inside
        if not self.inside:
            return
        if tag == "input" and has.get("name"):
            self._input(has)
        elif tag in ("select", "textarea"):
            self.name, self.written = has.get("name") or "", []
        elif tag == "option" and (self.name not in self.fields or "selected" in has):
            self.fields[self.name] = has.get("value") or ""

    def _input(self, has: dict[str, str | None]) -> None:
        ticked = has.get("type") not in ("radio", "checkbox") or "checked" in has
        if ticked:
            self.fields[has["name"] or ""] = has.get("value") or ""

    def handle_data(self, data: str) -> None:
        if self.inside and self.written is not None:
            self.written.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self.inside and self.written is not None:
            self.fields[self.name] = "".join(self.written).removeprefix("\n")
        if tag in ("select", "textarea"):
            self.written = None
        self.inside = self.inside and tag != "form"


def fields_of(page: httpx.Response, action: str) -> Fields:
    """What the first form to this address would send as it stands."""
    form = _Form(action)
    form.feed(page.text)
    assert form.found, f"no form to {action}"
    return form.fields


def said(answer: httpx.Response) -> str:
    """Its text, with ordinary spaces."""
    return unescape(answer.text).replace("\u202f", " ")


async def send_back(
    visitor: Visitor, page: httpx.Response, action: str, **more: str
) -> httpx.Response:
    """Fill some fields of a form in (`day_1` for day-1), and send it."""
    wanted = {name.replace("day_", "day-"): value for name, value in more.items()}
    return await visitor.post(action, fields_of(page, action) | wanted)
