"""The browser of the browser tests: where it is, how it is started, how it gets here.

The system's Chromium comes first, then one that Playwright brought. `make test` runs
`python -m tests.browsers install` before the tests and `... report` after them.
"""

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
# Keeps Chromium from calling home; a closed network would only make it wait.
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)
MISSING = "No Chromium: `apt-get install chromium`, or RECUL_CHROMIUM=/path/to/it."


@cache
def executable() -> str | None:
    """Path of the browser, or None when there is none on this machine."""
    named = os.environ.get("RECUL_CHROMIUM")
    if named:
        return named
    on_path = next(filter(None, map(shutil.which, NAMES)), None)
    return on_path or _of_playwright()


def launch_options() -> dict[str, Any]:
    """Arguments for Playwright's `chromium.launch`; skips the test when there is no browser."""
    path = executable()
    if path is None:
        pytest.skip(MISSING)
    # Chromium's own sandbox does not start as root, which is what containers are.
    root = os.geteuid() == 0
    return {"executable_path": path, "args": [*QUIET, *(["--no-sandbox"] if root else [])]}


def _of_playwright() -> str | None:
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).is_file() else None


def _tried(*command: str) -> None:
    print("$", *command, flush=True)
    subprocess.run(command, check=False, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})
    executable.cache_clear()


def install() -> None:
    """Bring a browser when there is none: Debian's if that is possible, else Playwright's."""
    if executable() is None and os.geteuid() == 0 and shutil.which("apt-get"):
        _tried("apt-get", "-qq", "update")
        _tried("apt-get", "-qq", "install", "--yes", "--no-install-recommends", "chromium")
    if executable() is None:
        _tried(sys.executable, "-m", "playwright", "install", "chromium")


def report() -> int:
    """Say loudly that the browser tests did not run; 1 where that may not be."""
    if executable() is not None:
        return 0
    print("=" * 80, "THE BROWSER TESTS DID NOT RUN.", MISSING, "=" * 80, sep="\n", file=sys.stderr)
    return int(bool(os.environ.get("CI") or os.environ.get("RECUL_NO_SKIPS")))


if __name__ == "__main__":
    if sys.argv[1:] == ["install"]:
        install()
    sys.exit(report())
