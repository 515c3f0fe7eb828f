"""Tables for spreadsheets, as French ones read them."""

import csv
import io
from collections.abc import Iterable, Sequence

# French spreadsheets take the comma for the decimal mark and expect semicolons between cells;
# without the mark at the start they would read UTF-8 as an old Windows code page.
SEPARATOR = ";"
START = "\ufeff"
MEDIA_TYPE = "text/csv"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def table(rows: Iterable[Sequence[str]]) -> bytes:
    """The file: its rows, nothing in them run as a formula."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=SEPARATOR, quoting=csv.QUOTE_ALL)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return (START + text.getvalue()).encode("utf-8", "replace")


def harmless(cell: str) -> str:
    """The cell with an apostrophe in front where a spreadsheet would run it as a formula."""
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell
