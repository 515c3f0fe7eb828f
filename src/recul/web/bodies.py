"""The fields of a form, read from its body without leaving anything behind.

Litestar's own readers keep the last thousand bodies and query strings in a cache, journal texts
and passwords among them, and put a file of more than a megabyte into the temporary folder,
unsealed. What is read here lives as long as its request.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from litestar.enums import RequestEncodingType
from litestar.exceptions import ClientException
from multipart import MultipartError, PushMultipartParser  # type: ignore[import-untyped]

MOST_FIELDS = 1000


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was sent."""

    content: bytes = field(repr=False)


Fields = dict[str, Any]
"""By name, a list of texts and of files (`Upload`)."""


def read_fields(content_type: tuple[str, dict[str, str]], body: bytes) -> Fields:
    """Fields in the order they were sent; none for a body of another type.

    Raises ClientException (400) when the body is broken or has too many fields.
    """
    kind, options = content_type
    try:
        if kind == RequestEncodingType.URL_ENCODED:
            pairs: Iterator[tuple[str, Any]] = iter(_pairs(body.decode("utf-8", "replace")))
        elif kind == RequestEncodingType.MULTI_PART:
            pairs = _parts(options.get("boundary", ""), body)
        else:
            pairs = iter(())
        fields: Fields = {}
        for name, value in pairs:
            fields.setdefault(name, []).append(value)
    except (MultipartError, ValueError, LookupError):
        raise ClientException("the form cannot be read") from None
    return fields


def read_query(query: bytes) -> list[tuple[str, str]]:
    """Raises ClientException (400) when there are too many fields."""
    try:
        return _pairs(query.decode("latin-1"))
    except ValueError:
        raise ClientException("the address cannot be read") from None


def _pairs(text: str) -> list[tuple[str, str]]:
    return parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_FIELDS)


def _parts(boundary: str, body: bytes) -> Iterator[tuple[str, Any]]:
    with PushMultipartParser(boundary, max_segment_count=MOST_FIELDS) as parser:
        part, content = None, bytearray()
        for event in parser.parse(body):
            if isinstance(event, bytes | bytearray):
                content += event
            elif event is not None:
                part, content = event, bytearray()
            elif part is not None:
                yield part.name, _value(part, bytes(content))


def _value(part: Any, content: bytes) -> str | Upload:
    return Upload(content) if part.filename else content.decode("utf-8", "replace")
