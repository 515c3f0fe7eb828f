"""Programs of the system that tests start: where they are, and how they get here.

`make test` runs `python -m tests.programs` before the tests, as it does for the browser.
"""

import os
import shutil
import subprocess

import pytest

PACKAGES = {
    "caddy": "caddy",
    "curl": "curl",
    "git": "git",
    "ip": "iproute2",
    "nginx": "nginx",
    "openssl": "openssl",
    "pg_ctlcluster": "postgresql",
    "pkill": "procps",
}
"""The Debian package of each program."""
PLACES = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"


def found(program: str) -> str | None:
    return shutil.which(program, path=PLACES)


def needed(program: str) -> str:
    """Its path; skips the test where there is none, which fails it in CI."""
    path = found(program)
    if path is None:
        pytest.skip(f"no {program}: `apt-get install {PACKAGES[program]}`")
    return path


def install() -> None:
    missing = [package for program, package in PACKAGES.items() if found(program) is None]
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        for words in (("update",), ("install", "--yes", "--no-install-recommends", *missing)):
            print("$ apt-get", *words, flush=True)
            env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
            subprocess.run(["apt-get", "-qq", *words], check=False, env=env)


if __name__ == "__main__":
    install()
