"""Static files: read once, addressed by the hash of them all, kept by browsers for good.

One hash in the folder part of the address (`/static/<hash>/js/app.js`) lets style sheets and
scripts name their neighbours by relative paths.
"""

import gzip
import hashlib
import mimetypes
import re
from dataclasses import dataclass, field
from pathlib import Path

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from recul.web.reach import Reach
from recul.web.viewer import WebRequest

SQUEEZED = {".css", ".js", ".svg", ".txt"}
SERVED = SQUEEZED | {".woff2", ".png", ".ico", ".webmanifest"}
REMARKS = {
    ".css": re.compile(rb"/\*.*?\*/", re.DOTALL),
    ".js": re.compile(rb"^ *//[^\n]*|^ */\*\*.*?\*/", re.DOTALL | re.MULTILINE),
}
HEAD_OF_LINE = re.compile(rb"\n\s+")
FOR_GOOD = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Asset:
    content: bytes
    gzipped: bytes | None
    media_type: str


@dataclass(frozen=True)
class Assets:
    """All static files of the application, in memory (about 250 kB)."""

    root: Path
    files: dict[str, Asset] = field(init=False, default_factory=dict)
    version: str = field(init=False, default="")

    def __post_init__(self) -> None:
        contents = {
            path.relative_to(self.root).as_posix(): _lean(path)
            for path in sorted(self.root.rglob("*"))
            if path.suffix in SERVED
        }
        contents["css/app.css"] = self._style_sheet(contents)
        digest = hashlib.sha256()
        for name, content in sorted(contents.items()):
            digest.update(name.encode() + b"\0" + content)
            self.files[name] = _asset(name, content)
        object.__setattr__(self, "version", digest.hexdigest()[:12])

    def _style_sheet(self, contents: dict[str, bytes]) -> bytes:
        """One style sheet of all, in the order that `css/order.txt` gives."""
        names = (self.root / "css" / "order.txt").read_text(encoding="utf-8").split()
        sheets = b"\n".join(contents[f"css/{name}"] for name in names)
        return sheets.replace(b"/static/fonts/", b"../fonts/")

    def url(self, name: str) -> str:
        """The address of a file. Raises KeyError when there is none of that name."""
        self.files[name]
        return f"/static/{self.version}/{name}"


def _lean(path: Path) -> bytes:
    """A file without what only its authors read: remarks, and spaces at the head of a line."""
    content = path.read_bytes()
    if path.suffix in REMARKS and path.parent.name != "vendor":
        content = HEAD_OF_LINE.sub(b"\n", REMARKS[path.suffix].sub(b"", content))
    return content


def _asset(name: str, content: bytes) -> Asset:
    squeezed = Path(name).suffix in SQUEEZED
    media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Asset(content, gzip.compress(content, 9) if squeezed else None, media_type)


@get("/static/{version:str}/{name:path}", reach=Reach.PUBLIC, thing="server", sync_to_thread=False)
def static(request: WebRequest, version: FromPath[str], name: FromPath[str]) -> Response[bytes]:
    assets: Assets = request.app.state.assets
    asset = assets.files.get(str(name).lstrip("/"))
    if asset is None:
        raise NotFoundException
    # An address of an older release still finds the file, but must not be kept for good.
    kept = FOR_GOOD if version == assets.version else "no-cache"
    headers = {"Cache-Control": kept, "Vary": "Accept-Encoding"}
    content = asset.content
    if asset.gzipped is not None and "gzip" in request.headers.get("accept-encoding", ""):
        content, headers["Content-Encoding"] = asset.gzipped, "gzip"
    return Response(content, media_type=asset.media_type, headers=headers)
