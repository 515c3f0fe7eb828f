"""What the person herself is shown of her sharing: her weeks, and what would be sent of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from recul.journal import door
from recul.trends import cycles, queries
from recul.trends.contribution import (
    DIMENSIONS,
    Answers,
    contribution,
    cycle_mean,
    rounded,
    week_mean,
)
from recul.trends.receipt import Receipt, Sharing
from recul.vault.opened import OpenVault


@dataclass(frozen=True, slots=True)
class Week:
    """One week of the cycle; `means` are tenths of a point, for the questions it answers."""

    number: int
    monday: date
    left_out: bool
    means: dict[str, int]


@dataclass(frozen=True, slots=True)
class Line:
    """One question: the number that would be sent, in tenths; none when there is nothing to send.

    `held_back`: the mean is further from the centre than anybody may count.
    """

    dimension: str
    left_out: bool
    sent: int | None
    held_back: bool


@dataclass(frozen=True, slots=True)
class Outlook:
    """`cycle` is none where none is open; `at_home`: the viewer is on a roster of it."""

    sharing: Sharing
    cycle: int | None
    at_home: bool
    waits: bool
    weeks: list[Week]
    lines: list[Line]

    @property
    def counts(self) -> bool:
        """Something of the viewer goes into the open cycle."""
        return self.sharing is Sharing.YES and self.at_home and not self.waits

    @property
    def first(self) -> date | None:
        return cycles.first_day(self.cycle) if self.cycle else None

    @property
    def last(self) -> date | None:
        return cycles.last_day(self.cycle) if self.cycle else None


async def outlook(vault: OpenVault) -> Outlook:
    row = await queries.sharing_row(vault.owner, vault.id, lock=False)
    cycle = row["cycle"] if row else None
    receipt = Receipt.opened(vault, row["box"], cycle) if row else Receipt()
    weeks: list[Week] = []
    lines: list[Line] = []
    if row and cycle and row["cell"]:
        first, last = cycles.first_day(cycle), cycles.last_day(cycle)
        answers = await door.weekly_answers(vault, first, last)
        centres = await queries.centres_of(row["cell"])
        weeks = _weeks(receipt, cycle, answers)
        lines = _lines(receipt, cycle, answers, centres)
    return Outlook(
        receipt.sharing,
        cycle,
        bool(row and row["cell"]),
        cycle is not None and receipt.from_cycle > cycle,
        weeks,
        lines,
    )


def _weeks(receipt: Receipt, cycle: int, answers: Answers) -> list[Week]:
    out = receipt.mondays_out(cycle)
    return [
        Week(number, monday, monday in out, _means(answers, monday))
        for number, monday in enumerate(cycles.mondays(cycle))
    ]


def _means(answers: Answers, monday: date) -> dict[str, int]:
    found = {dimension: answers[dimension].get(monday) for dimension in DIMENSIONS}
    return {dimension: rounded(week_mean(each)) for dimension, each in found.items() if each}


def _lines(
    receipt: Receipt, cycle: int, answers: Answers, centres: Mapping[str, int]
) -> list[Line]:
    out = receipt.mondays_out(cycle)
    left = receipt.dimensions_out
    sent = contribution(answers, centres, weeks_out=out, dimensions_out=left)
    means = {dimension: cycle_mean(answers[dimension], out) for dimension in DIMENSIONS}
    return [Line(d, d in left, sent.get(d), d in sent and sent[d] != means[d]) for d in DIMENSIONS]
