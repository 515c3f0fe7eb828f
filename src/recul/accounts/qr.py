"""A text as an image that a phone reads: the path of an SVG, drawn by the page."""

from dataclasses import dataclass

import segno

_BORDER = 4
"""Light modules around, as the standard asks."""


@dataclass(frozen=True, slots=True)
class Drawing:
    size: int
    """Modules across, with the border."""
    path: str
    """The dark modules."""


def drawing(text: str) -> Drawing:
    rows = [bytes(row) for row in segno.make_qr(text, error="m").matrix]
    runs = (run for y, row in enumerate(rows, _BORDER) for run in _runs(row, y))
    return Drawing(len(rows) + 2 * _BORDER, "".join(runs))


def _runs(row: bytes, y: int) -> list[str]:
    """Neighbouring dark modules as one stroke each."""
    found, x = [], 0
    while x < len(row):
        width = len(row[x:]) - len(row[x:].lstrip(b"\1"))
        if width:
            found.append(f"M{x + _BORDER} {y}h{width}v1h-{width}z")
        x += width or 1
    return found
