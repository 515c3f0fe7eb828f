"""Measure Recul on both databases and print one table. Always ends with status 0."""

import argparse
import os
import platform
import sys
import tempfile
import time
from pathlib import Path

from tests.bench import databases, run
from tests.bench.table import Figure, printed
from tests.bench.thoroughness import NORMAL, QUICK


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="rougher figures, within two minutes")
    parser.add_argument("--only", choices=("sqlite", "postgresql"), help="one database only")
    asked = parser.parse_args()
    started = time.monotonic()
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="recul-bench-") as folder:
        for kind in databases.each(Path(folder), asked.only):
            print(f"Measuring on {kind.name}…", file=sys.stderr, flush=True)
            figures += run.on(kind, Path(folder), QUICK if asked.quick else NORMAL)
    print(
        f"Recul on {os.cpu_count()} cores, Python {platform.python_version()}, "
        f"{platform.system()} {platform.machine()}; one server process, 8 connections"
    )
    print(printed(figures))
    print(f"Measured in {time.monotonic() - started:.0f} s.")
    if (waiting := os.getloadavg()[1]) > (os.cpu_count() or 1) + 0.5:
        print(
            f"Other programs were at work (load {waiting:.1f}): what is counted by the clock is "
            "too slow, shares by processor time hold."
        )


if __name__ == "__main__":
    main()
