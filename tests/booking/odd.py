"""What nobody means to send to booking, and the forms that it is put into."""

import re
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from html.parser import HTMLParser
from random import Random
from typing import NamedTuple, TypeVar

import httpx
from litestar import Litestar
from tests.routes import FORGED, Route, routes
from tests.visitors import Visitor

from recul.booking.routes import handlers
from recul.database import write_transaction
from recul.web.forms import TOKEN_FIELD, clean

ODD = (
    *("", " ", "\0", "a\0b", "\ud800", "\U0010ffff", "\ufeffx", "\u2028x\u2029y"),
    *("\u202eשלום עליכם\u202c", "e\u0301\u0301\u0327" * 30, "👩🏽‍🌾" * 60, "İ" * 200),
    *("x" * 20_000, "9" * 30, "9" * 5000, "-1", "0", "10000", "1e9", "0.5", "٣", "²", "½"),
    *("0001-01-01", "9999-12-31", "0000-01-01", "1950-01-01", "2025-01-01", "2026-02-30"),
    *("2026-11-21", "20261203", "2026-W49-4", "9999-W52-7", "2026-12-03T10:00", "31/12/99"),
    *("29/2", "1/1/0000", "le jeudi 3 décembre 2026\n" * 300, "3/12/2026\n4/12/2026"),
    *("25:61", "24:00", "00:00", "23:59", "02:30", "12:00Z", "12:00+23:59", "1200", "١٢:٣٠", "h:"),
    *("2026-11-24T09:00/60", "2999-12-31T23:45/999", "9999-12-31T23:00/999"),
    *("Europe/Lutèce", "../../etc/passwd", "localtime", "CH-XX", "FR", "FR-67; DROP"),
    *(str(FORGED), str(FORGED).upper(), FORGED.hex, f"urn:uuid:{FORGED}", "%00", "%"),
    *("//ailleurs.example", "/\\ailleurs", "/€", "/a\r\nSet-Cookie: a=b", "javascript:alert(1)"),
    *("https://[", "https://x\u202e", "https://é\ud800.fr", "https://visio.example/a"),
    *("%(longest)s %s {}", "{{ 7*7 }}</textarea><script>alert(1)</script>", "&amp;", "<b>"),
    *("on", "yes", "no", "monthly", "weekly", "free", "postpone", "cancel", "maintain", "extra"),
    *("practice_analysis_group", "peer_supervision", "individual_supervision", "co_optation"),
)
TYPED = ("text", "textarea", "url", "number", "date", "time")
"""Kinds of fields in which people type."""

FILES = ("application/pdf", "text/csv", "text/calendar", "text/html", "text/plain")

T = TypeVar("T")
Pairs = list[tuple[str, str]]


def booking(app: Litestar) -> list[Route]:
    """Every route of groups and supervision."""
    own = {re.sub(r":[a-z]+}", "}", path) for one in handlers for path in one.paths}
    return [route for route in routes(app) if route.path in own]


def some(chance: Random, found: Iterable[T], most: int) -> list[T]:
    found = list(found)
    return found if len(found) <= most else chance.sample(found, most)


class Field(NamedTuple):
    name: str
    value: str
    kind: str
    sent: bool
    """As the page stands."""


class _Forms(HTMLParser):
    """The forms of a page that are posted."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, list[Field]]] = []
        self.fields: list[Field] | None = None
        self.name = ""
        self.written: list[str] | None = None
        self.options: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.fields = []
            if has.get("method") == "post":
                self.forms.append((has["action"].partition("#")[0], self.fields))
        elif tag == "input" and "name" in has:
            kind = has.get("type", "text")
            self._add(has, kind, sent=kind not in ("radio", "checkbox") or "checked" in has)
        elif tag == "button" and "name" in has:
            self._add(has, "button", sent=False)
        elif tag in ("select", "textarea"):
            self.name, self.written, self.options = has.get("name", ""), [], []
        elif tag == "option":
            self.options.append((has.get("value", ""), "selected" in has))

    def _add(self, has: dict[str, str], kind: str, *, sent: bool) -> None:
        if self.fields is not None:
            self.fields.append(Field(has["name"], has.get("value", ""), kind, sent))

    def handle_data(self, data: str) -> None:
        if self.written is not None:
            self.written.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("textarea", "select") and self.fields is not None and self.written is not None:
            chosen = [value for value, selected in self.options if selected]
            first = [value for value, _ in self.options[:1]]
            text = "".join(self.written).removeprefix("\n")
            value = text if tag == "textarea" else (chosen + first + [""])[0]
            self.fields.append(Field(self.name, value, tag, True))
            self.written = None
        elif tag == "form":
            self.fields = None


def forms(page: httpx.Response) -> dict[str, list[Field]]:
    """By their addresses; of several with the same one, the first."""
    if not page.headers.get("content-type", "").startswith("text/html"):
        return {}
    reader = _Forms()
    reader.feed(page.text)
    return dict(reversed(reader.forms))


def as_it_stands(fields: list[Field]) -> Pairs:
    return [(one.name, one.value) for one in fields if one.sent and one.name != TOKEN_FIELD]


def assert_answered(answer: httpx.Response, about: object) -> None:
    """A page, a file, or a way elsewhere within the house."""
    assert answer.status_code < 500, about
    if answer.is_redirect:
        assert answer.headers["location"].startswith("/"), about
        assert not answer.headers["location"].startswith(("//", "/\\")), about
    else:
        assert answer.headers["content-type"].startswith(FILES), about
        assert "<script>alert" not in answer.text, about


def assert_kept(answer: httpx.Response, action: str, fields: list[Field], sent: Pairs) -> None:
    """A form that comes back holds what was typed into it, unless what cannot be seen was altered:
    then it may be the form before it that comes."""
    kinds = {one.name: one.kind for one in fields}
    hidden = {(one.name, one.value) for one in fields if one.kind == "hidden"}
    altered = {pair for pair in hidden if pair[0] != TOKEN_FIELD} - set(sent)
    if answer.status_code != 422 or altered:
        return
    shown = forms(answer).get(action, [])
    held = {(one.name, _seen(one.value)) for one in shown}
    typed = {name: value for name, value in sent if kinds.get(name) in TYPED}
    lost = {(name, _seen(value)) for name, value in typed.items() if _seen(value)} - held
    assert not lost, (action, sent)


def _seen(value: str) -> str:
    """As the server reads a field: what is no character is replaced."""
    return clean(value.encode("utf-8", "surrogatepass").decode("utf-8", "replace")).strip()


class Undo(Exception):
    """Ends a trial: nothing of it stays."""


@asynccontextmanager
async def undone(visitor: Visitor) -> AsyncIterator[None]:
    kept = httpx.Cookies(visitor.client.cookies)
    try:
        async with write_transaction():
            yield
            raise Undo
    except Undo:
        visitor.client.cookies = kept
