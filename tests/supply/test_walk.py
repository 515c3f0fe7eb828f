"""The walk through ASVS 5.0 level 2 in `docs/security.md` is whole, and names tests that exist."""

import re
from collections import Counter

from tests.supply.materials import ROOT

TEXT = (ROOT / "docs/security.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| (\d+(?:\.\d+)*(?:\.\*)?) \| ([a-z/ ]+) \| (.+) \|$", TEXT, re.MULTILINE)
WHOLE = {"10.*": 29, "17.*": 7}
"""Chapters that do not apply: how many requirements of levels 1 and 2 they have."""
ASKED = """
1.1:1-2 1.2:1-9 1.3:1-11 1.4:1-3 1.5:1-2 2.1:1-3 2.2:1-3 2.3:1-4 2.4:1 3.2:1-2 3.3:1-4 3.4:1-6
3.5:1-5 3.7:1-2 4.1:1-3 4.2:1 4.3:1-2 4.4:1-4 5.1:1 5.2:1-3 5.3:1-2 5.4:1-3 6.1:1-3 6.2:1-12
6.3:1-4 6.4:1-4 6.5:1-5 6.6:1-3 6.8:1-4 7.1:1-3 7.2:1-4 7.3:1-2 7.4:1-5 7.5:1-2 7.6:1-2 8.1:1-2
8.2:1-3 8.3:1 8.4:1 9.1:1-3 9.2:1-4 11.1:1-2 11.2:1-3 11.3:1-3 11.4:1-4 11.5:1 11.6:1 12.1:1-3
12.2:1-2 12.3:1-4 13.1:1 13.2:1-5 13.3:1-2 13.4:1-5 14.1:1-2 14.2:1-4 14.3:1-3 15.1:1-3 15.2:1-3
15.3:1-7 16.1:1 16.2:1-5 16.3:1-4 16.4:1-3 16.5:1-3
"""
"""Section: numbers of its requirements of levels 1 and 2, without the chapters above."""


def _asked() -> list[str]:
    found = []
    for section, numbers in (part.split(":") for part in ASKED.split()):
        for span in numbers.split(","):
            first, _, last = span.partition("-")
            found += [f"{section}.{n}" for n in range(int(first), int(last or first) + 1)]
    return found


def test_every_requirement_of_levels_1_and_2_has_one_row():
    rows = [number for number, _, _ in ROWS]
    assert sorted(rows) == sorted(_asked() + list(WHOLE))
    assert len(_asked()) + sum(WHOLE.values()) == 253


def test_the_summary_counts_the_rows():
    counted: Counter[str] = Counter()
    for number, state, _ in ROWS:
        counted[state] += WHOLE.get(number, 1)
    summed = " | ".join(str(counted[s]) for s in ("met", "partly", "not met", "n/a"))
    assert f"| {summed} |" in TEXT


def test_the_tests_that_are_named_exist():
    named = set(re.findall(r"`(tests/[\w/.]+?)(?:::(\w+))?`", TEXT))
    missing = [
        f"{path}::{name}"
        for path, name in named
        if not (ROOT / path).exists()
        or (name and f"def {name}(" not in (ROOT / path).read_text(encoding="utf-8"))
    ]
    assert sorted(missing) == []
