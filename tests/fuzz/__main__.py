"""Send many odd requests on both databases and count what went wrong. Ends with 1 if any did."""

import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path

from tests.bench import databases
from tests.bench.databases import Kind
from tests.booking.world import NOON
from tests.fuzz.plans import drawn
from tests.fuzz.run import A_WORLD, Report, Run
from tests.visitors import settings

from recul import clock, database
from recul.accounts.actions import mailed
from recul.app import create_app


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--requests", type=int, default=20_000, help="in all; default 20000")
    parser.add_argument("--seed", type=int, default=1, help="the same seed, the same requests")
    parser.add_argument("--only", choices=("sqlite", "postgresql"), help="one database only")
    asked = parser.parse_args()
    share, found = asked.requests // (1 if asked.only else 2), 0
    mailed.SECONDS = 0.0  # What hides whether somebody is known takes time; here it is not asked.
    with tempfile.TemporaryDirectory(prefix="recul-fuzz-") as folder:
        for number, kind in enumerate(databases.each(Path(folder), asked.only)):
            report, started = Report(), time.monotonic()
            with clock.set_to(NOON):
                seed = asked.seed * 1_000_000 + number * 500_000
                asyncio.run(_on(kind, Path(folder), share, seed, report))
            _print(kind.name, report, time.monotonic() - started)
            found += len(report.faults)
    return 1 if found else 0


async def _on(kind: Kind, folder: Path, count: int, seed: int, report: Report) -> None:
    url = kind.made("recul_fuzz")
    await _migrated(url)
    mail = {"RECUL_SMTP_URL": "smtp://127.0.0.1:9?tls=none", "RECUL_MAIL_FROM": "r@exemple.org"}
    app = create_app(settings(RECUL_VAR=str(folder), RECUL_DATABASE_URL=url, **mail))
    done = 0

    def tell(more: int) -> None:
        nonlocal done
        done += more
        line = f"\r{kind.name}: {done} of {count} requests, {len(report.faults)} faults"
        print(line, end="", file=sys.stderr, flush=True)

    for number, start in enumerate(range(0, count, A_WORLD)):
        engine = database.engine_for(kind.copied("recul_fuzz", f"recul_fuzz_{number}"))
        database.bind(engine)
        await engine.open()
        try:
            plans = drawn(min(A_WORLD, count - start), seed + start)
            await Run(app, report).house(plans, tell)
        finally:
            await engine.close()
    print(file=sys.stderr)


async def _migrated(url: str) -> None:
    engine = database.engine_for(url)
    database.bind(engine)
    await engine.open()
    await database.migrate()
    await engine.close()


def _print(name: str, report: Report, seconds: float) -> None:
    statuses = ", ".join(f"{code}: {often}" for code, often in sorted(report.statuses.items()))
    print(f"{name}: {report.asked} requests in {seconds:.0f} s ({statuses})")
    for slow, about in report.slowest:
        print(f"  {slow:.2f} s  {about}")
    print(f"{name}: {len(report.faults)} kinds of fault")
    for fault, first in report.faults.items():
        print(f"- {fault} ({report.often[fault]} times)\n    {first}")


if __name__ == "__main__":
    sys.exit(main())
