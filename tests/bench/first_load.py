"""What a first visit transfers: the page, and all that it and its parts ask for."""

import gzip
import re
from http.client import HTTPResponse
from posixpath import dirname, normpath

from tests.bench.browser import Browser
from tests.bench.table import Figure

IN_PAGE = re.compile(rb'<(?:link|script)[^>]*(?:href|src)="([^"]+)"')
IN_SCRIPT = re.compile(rb'(?:from|import)\s*\(?["\'](\.[^"\']+)["\']')
NOTHING = re.compile(rb"(?!)")
IN_STYLE = re.compile(rb'url\(["\']?([^"\')]+)["\']?\)')


def figure(name: str, stranger: Browser, reader: Browser) -> Figure:
    """Of the sign-in page with an empty cache; headers of the answers included."""
    page, *files = _fetched(stranger, "/connexion")
    home = sum(map(len, _whole(*reader.get("/"))))
    return Figure(
        database=name,
        measure="first load",
        value=(page + sum(files)) / 1000,
        unit="kB",
        below=100,
        detail=f"sign-in page {page / 1000:.1f} kB, {len(files)} files {sum(files) / 1000:.1f} kB; "
        f"the home page is {home / 1000:.1f} kB",
    )


def _fetched(browser: Browser, page: str) -> list[int]:
    """Bytes of the page, then of each file that it or another file names."""
    sizes: dict[str, int] = {}
    waiting = [page]
    while waiting:
        path = waiting.pop()
        if path in sizes:
            continue
        head, content = _whole(*browser.get(path))
        sizes[path] = len(head) + len(content)
        plain = gzip.decompress(content) if b"content-encoding: gzip" in head else content
        waiting += [_absolute(found, path) for found in _named(path, plain)]
    return list(sizes.values())


def _whole(answer: HTTPResponse, content: bytes) -> tuple[bytes, bytes]:
    """The head and the body, as they were transferred."""
    return b"HTTP/1.1 200 OK\r\n" + str(answer.headers).encode(), content


def _named(path: str, content: bytes) -> list[str]:
    kinds = {".js": IN_SCRIPT, ".css": IN_STYLE, "connexion": IN_PAGE}
    patterns = (pattern for end, pattern in kinds.items() if path.endswith(end))
    found = next(patterns, NOTHING).findall(content)
    return [name.decode() for name in found if not name.startswith((b"data:", b"http", b"#"))]


def _absolute(name: str, path: str) -> str:
    return name if name.startswith("/") else normpath(f"{dirname(path)}/{name}")
