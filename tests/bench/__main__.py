"""Measure Recul on both databases: a table, and the same as a page. Ends with status 0."""

import argparse
import os
import platform
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

from tests.bench import databases, run
from tests.bench.table import Figure, Row, as_page, printed, printed_rows
from tests.bench.thoroughness import NORMAL, QUICK

PAGE = Path("build/bench.html")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="rougher figures, in three minutes")
    parser.add_argument("--only", choices=("sqlite", "postgresql"), help="one database only")
    parser.add_argument("--page", type=Path, default=PAGE, help=f"written there ({PAGE})")
    asked = parser.parse_args()
    started = time.monotonic()
    found: list[Figure | Row] = []
    with tempfile.TemporaryDirectory(prefix="recul-bench-") as folder:
        for kind in databases.each(Path(folder), asked.only):
            say = partial(_progress, kind.name, started)
            found += run.on(kind, Path(folder), QUICK if asked.quick else NORMAL, say)
    print(file=sys.stderr)
    figures = [one for one in found if isinstance(one, Figure)]
    rows = [one for one in found if isinstance(one, Row)]
    told = _conditions(time.monotonic() - started)
    print(told, printed_rows(rows), printed(figures), sep="\n\n")
    asked.page.parent.mkdir(parents=True, exist_ok=True)
    asked.page.write_text(as_page(told, figures, rows), encoding="utf-8")
    print(f"\nThe same as a page: {asked.page}")


def _progress(database: str, started: float, what: str) -> None:
    """One line that changes, where somebody looks; a line each in a file."""
    line = f"{time.monotonic() - started:4.0f} s  {database}: {what}"
    end = "" if sys.stderr.isatty() else "\n"
    print(f"\r\x1b[K{line}" if not end else line, end=end, file=sys.stderr, flush=True)


def _conditions(seconds: float) -> str:
    told = (
        f"Recul on {os.cpu_count()} cores, Python {platform.python_version()}, "
        f"{platform.system()} {platform.machine()}, measured in {seconds:.0f} s. One server "
        "process; shares of the floor with 8 connections, in shifts with it; p50 to p99 with 32."
    )
    if (waiting := os.getloadavg()[1]) > (os.cpu_count() or 1) + 0.5:
        told += (
            f" Other programs were at work (load {waiting:.1f}): what is counted by the clock is "
            "too slow, ratios and processor time hold."
        )
    return told


if __name__ == "__main__":
    main()
