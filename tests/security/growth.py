"""How work grows with its input, told without a clock's figure being asserted.

Times of the processor, which waiting for others does not count in, are only ever compared with
one another: eight times the text may take eight times as long, and four times that for whatever
else there is. Work in proportion to the square of its input takes sixty-four times as long, and
worse work does not end.
"""

import gc
import time
from collections.abc import Callable

SHORT, TIMES, GENEROUS = 1000, 8, 4
UNREMARKABLE = 0.004
"""Seconds for the long text below which nothing grows too fast: the square of 8,000 takes more."""


def grows_too_fast(work: Callable[[str], object], unit: str, tail: str = "") -> bool:
    short, long = _text(unit, tail, SHORT), _text(unit, tail, SHORT * TIMES)
    if _seconds(work, long) < UNREMARKABLE:
        return False
    gc.disable()
    try:
        # Once more before a word is said: a busy neighbour may have emptied the caches.
        return all(_ratio(work, short, long) > TIMES * GENEROUS for _ in range(3))
    finally:
        gc.enable()


def _ratio(work: Callable[[str], object], short: str, long: str) -> float:
    least = min(_seconds(work, short) for _ in range(5))
    return min(_seconds(work, long) for _ in range(3)) / least


def _text(unit: str, tail: str, size: int) -> str:
    return (unit * (size // len(unit) + 1))[:size] + tail


def _seconds(work: Callable[[str], object], text: str) -> float:
    started = time.thread_time()
    work(text)
    return time.thread_time() - started
