"""What one piece of work costs the process that does it."""

import asyncio
from collections.abc import Awaitable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

OWN = Path("/proc/self")
LOOK_EVERY = 0.001


@dataclass(frozen=True, slots=True)
class Cost:
    """Memory is resident, in MB. `pause`: how long others in the same process waited at most."""

    seconds: float
    before: float
    peak: float
    after: float
    pause: float


async def weighed(work: Awaitable[object]) -> Cost:
    before = _resident("VmRSS")
    _forget_peak()
    pauses: list[float] = []
    looking = asyncio.create_task(_look(pauses))
    await asyncio.sleep(0)
    started = perf_counter()
    await work
    seconds = perf_counter() - started
    await asyncio.sleep(LOOK_EVERY)
    looking.cancel()
    return Cost(
        seconds=seconds,
        before=before,
        peak=_resident("VmHWM"),
        after=_resident("VmRSS"),
        pause=max(pauses, default=0.0),
    )


async def _look(pauses: list[float]) -> None:
    while True:
        started = perf_counter()
        await asyncio.sleep(LOOK_EVERY)
        pauses.append(perf_counter() - started - LOOK_EVERY)


def _forget_peak() -> None:
    """Where the kernel does not allow it, the peak is that of the whole life of the process."""
    with suppress(OSError):
        (OWN / "clear_refs").write_text("5", encoding="ascii")


def _resident(which: str) -> float:
    status = (OWN / "status").read_text(encoding="ascii")
    [line] = [line for line in status.splitlines() if line.startswith(f"{which}:")]
    return int(line.split()[1]) * 1024 / 1e6
