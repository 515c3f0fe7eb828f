"""The texts of the demo's journal, read from `scenes.txt`."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

LIGHT, HEAVY = 5, 8
SLOTS = ("morning", "noon", "afternoon", "evening")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What was written once, and when it may have been: no months or days means any."""

    template: str
    workload: int | None
    emotional_load: int | None
    recovery: int | None
    support: int | None
    feelings: tuple[str, ...]
    contexts: tuple[str, ...]
    sections: tuple[tuple[str, str], ...]
    small_win: bool
    slots: tuple[str, ...]
    months: tuple[int, ...]
    days: tuple[int, ...]
    follows: int | None
    """Days after the scene before it in the file; None for a scene of its own."""

    @property
    def mood(self) -> str:
        """ "light", "usual" or "heavy"."""
        load = (self.workload or 0) + (self.emotional_load or 0)
        return "light" if load <= LIGHT else "heavy" if load >= HEAVY else "usual"


@cache
def scenes() -> tuple[Scene, ...]:
    text = Path(__file__).with_name("scenes.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    blocks = re.split(r"^== ", "\n".join(lines), flags=re.MULTILINE)
    return tuple(_scene(block.strip()) for block in blocks[1:])


def _scene(block: str) -> Scene:
    header, _, body = block.partition("\n")
    about, feelings, contexts, options = (part.strip() for part in header.split("|"))
    template, workload, emotional_load = about.split()
    chosen = options.split()
    return Scene(
        template=template,
        workload=_step(workload),
        emotional_load=_step(emotional_load),
        recovery=_number("r", chosen),
        support=_number("s", chosen),
        feelings=_list(feelings),
        contexts=_list(contexts),
        sections=_sections(template, body),
        small_win="win" in chosen,
        slots=tuple(slot for slot in SLOTS if slot in chosen) or SLOTS,
        months=_numbers("m", chosen),
        days=_numbers("d", chosen),
        follows=_number("follows", chosen),
    )


def _sections(template: str, body: str) -> tuple[tuple[str, str], ...]:
    if template == "line":
        return (("line", body),)
    pairs = (line.partition(": ") for line in body.splitlines())
    return tuple((key, text) for key, _, text in pairs)


def _list(written: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in written.split(",") if word.strip())


def _step(written: str) -> int | None:
    return None if written == "-" else int(written)


def _numbers(letter: str, options: list[str]) -> tuple[int, ...]:
    """ "m9,10" as (9, 10)."""
    for option in options:
        if re.fullmatch(rf"{letter}[0-9,]+", option):
            return tuple(int(number) for number in option.removeprefix(letter).split(","))
    return ()


def _number(letter: str, options: list[str]) -> int | None:
    found = _numbers(letter, options)
    return found[0] if found else None
