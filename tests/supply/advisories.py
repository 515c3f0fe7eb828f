"""`python -m tests.supply.advisories`: what is known against the locked packages.

It fails on a known weakness. Where the place that keeps the advisories cannot be reached, it says
how many packages nobody looked at, and passes: a machine without a network still checks the rest.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

LOCK = Path(__file__).parents[2] / "requirements-dev.lock"


def weak(report: dict[str, Any]) -> list[str]:
    """A line for each known weakness of a `pip-audit` report."""
    return [
        f"{package['name']} {package['version']}: {known['id']}, mended in "
        + (", ".join(known["fix_versions"]) or "no version yet")
        for package in report["dependencies"]
        for known in package.get("vulns", [])
    ]


def unseen(report: dict[str, Any]) -> int:
    """How many packages could not be looked up."""
    return sum("skip_reason" in package for package in report["dependencies"])


def main() -> int:
    command = [sys.executable, "-m", "pip_audit", "--requirement", str(LOCK), "--require-hashes"]
    options = ["--disable-pip", "--format", "json", "--progress-spinner", "off"]
    done = subprocess.run([*command, *options], capture_output=True, text=True, check=False)
    try:
        report = json.loads(done.stdout)
    except ValueError:
        last = (done.stderr.strip().splitlines() or ["no answer"])[-1]
        print(f"Advisories: none could be asked for ({last[:200]}). Nothing was audited.")
        return 0
    for line in (found := weak(report)):
        print(line)
    total, missed = len(report["dependencies"]), unseen(report)
    print(f"Advisories: {total - missed} of {total} packages looked up, {len(found)} weaknesses.")
    if missed:
        print(f"{missed} could not be looked up: the advisories cannot be reached from here.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
