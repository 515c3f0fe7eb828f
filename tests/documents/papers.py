"""PDF as tests read it: its words, its tags, its promises."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from recul.documents import render

SPACES = dict.fromkeys(map(ord, "\u00a0\u202f"), " ") | {ord("\u200b"): None}


async def made(rows: list[str], over: str = "Val-Clair", language: str = "fr") -> bytes:
    """The template `try` of these tests."""
    data = {"rows": rows, "over": over, "under": "24 novembre"}
    return await render("try", data, title="Émargement", language=language)


def opened(content: bytes) -> PdfReader:
    return PdfReader(BytesIO(content))


def words(content: bytes) -> str:
    """What a reader copies, on one line and with plain spaces."""
    shown = " ".join(page.extract_text() for page in opened(content).pages)
    return " ".join(shown.translate(SPACES).split())


def joined(content: bytes) -> str:
    """What a reader copies, without any space: lines may break anywhere in it."""
    return words(content).replace(" ", "")


def drawn(content: bytes) -> bytes:
    """The instructions that draw the pages, with what stands beneath each box."""
    pages = (page.get_contents() for page in opened(content).pages)
    return b"".join(page.get_data() for page in pages if page is not None)


def root(content: bytes) -> DictionaryObject:
    found = opened(content).trailer["/Root"].get_object()
    assert isinstance(found, DictionaryObject)
    return found


def tags(content: bytes) -> list[str]:
    """The names of the tags, in the order of reading."""
    return list(_tags(root(content)["/StructTreeRoot"].get_object()["/K"]))  # type: ignore[index]


def _tags(node: Any) -> Iterator[str]:
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, ArrayObject):
        for child in node:
            yield from _tags(child)
    elif isinstance(node, DictionaryObject) and "/S" in node:
        yield str(node["/S"])
        yield from _tags(node.get("/K", []))


def promises(content: bytes) -> dict[str, Any]:
    """What PDF/UA asks a document to say of itself."""
    of = root(content)
    metadata = of["/Metadata"].get_object().get_data().decode()  # type: ignore[union-attr]
    told = opened(content).metadata
    return {
        "marked": of["/MarkInfo"]["/Marked"].value,  # type: ignore[index]
        "language": of["/Lang"],
        "title shown": of["/ViewerPreferences"]["/DisplayDocTitle"].value,  # type: ignore[index]
        "title": told and told.title,
        "pdf/ua": "<pdfuaid:part>1</pdfuaid:part>" in metadata,
    }
