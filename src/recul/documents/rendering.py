"""Typst, away from the event loop and from everything but our own templates and fonts."""

import json
import re
import warnings
from collections.abc import Mapping
from datetime import UTC, datetime, time
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import anyio
import anyio.to_thread

from recul import clock, paths
from recul.documents.plain import plain

if TYPE_CHECKING:
    import typst

AT_ONCE = 2
"""Documents in the making; each takes some hundredths of a second."""
STANDARD: Final = "ua-1"
"""PDF/UA-1: tagged, titled, its language told."""
QUOTED = re.compile(r"`.*`|\".*\"", re.DOTALL)
LINE = re.compile(r"─ \S*?([\w-]+\.typ:\d+)")


class DocumentError(Exception):
    """A template or its data is wrong. Says where, never what people wrote."""


async def render(name: str, data: Mapping[str, Any], *, title: str, language: str) -> bytes:
    """The PDF of a template of `templates/documents`, the same bytes for the same data and day.

    `data`: texts, numbers, lists, dictionaries. `title` is the document's, `language` that of
    our words in it. Raises DocumentError.
    """
    told = json.dumps(plain({**data, "title": title, "language": language}), ensure_ascii=False)
    midnight = datetime.combine(clock.today(), time(), UTC)
    return await anyio.to_thread.run_sync(_typeset, name, told, midnight, limiter=_limiter())


@cache
def _limiter() -> anyio.CapacityLimiter:
    return anyio.CapacityLimiter(AT_ONCE)


def _typeset(name: str, told: str, made: datetime) -> bytes:
    import typst  # noqa: PLC0415 - its memory is for those who print

    template = paths.templates() / "documents" / f"{name}.typ"
    try:
        content, warned = typst.compile_with_warnings(
            template,
            root=template.parent,
            font_paths=_fonts(),
            sys_inputs={"data": told},
            pdf_standards=[STANDARD],
            timestamp=made,
        )
    except typst.TypstError as error:
        raise DocumentError(_where(error)) from None
    for warning in warned:
        warnings.warn(warning, stacklevel=2)
    return content


def _where(error: "typst.TypstError") -> str:
    """The lines of templates that an error names. What it quotes may be people's words."""
    lines = " in ".join(LINE.findall(error.diagnostic))
    return f"{QUOTED.sub('…', error.message)} ({lines})"


@cache
def _fonts() -> "typst.Fonts":
    """Ours and typst's own, never the machine's: the same paper everywhere."""
    import typst  # noqa: PLC0415

    ours = str(paths.templates() / "documents" / "fonts")
    return typst.Fonts(include_system_fonts=False, font_paths=[ours])
