"""``make attack``: the long form. ``--write`` keeps the table in ``docs/attack.md``."""

import argparse
import time
from pathlib import Path
from random import Random

from tests.trends.attack.table import PARTS, attacked, used

from recul.progress import Progress

PAGE = Path(__file__).parents[3] / "docs" / "attack.md"
BEGIN, END = "<!-- made by make attack -->", "<!-- end -->"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.trends.attack")
    parser.add_argument("--trials", type=int, default=6000)
    parser.add_argument("--seed", type=int, default=20261124)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    started, chance = time.monotonic(), Random(asked.seed)
    with Progress().of("Attacking", PARTS) as done:
        tables = [attacked(asked.trials, chance, done), used(asked.trials, chance, done)]
    text = "\n\n".join("\n".join(lines) for lines in tables)
    print(text)
    print(f"\n{asked.trials} teams a cell, {time.monotonic() - started:.0f} s.")
    if asked.write:
        page = PAGE.read_text(encoding="utf-8")
        before, after = page.split(BEGIN)[0], page.split(END)[1]
        PAGE.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
