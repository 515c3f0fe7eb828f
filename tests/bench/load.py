"""The load: a process of its own that asks as fast as it is answered, over kept connections.

Reads a JSON list of loads from its input, applies them together, prints a list of results.
A load with `times` ends by itself and ends the others; without one, `seconds` count. Loads that
are compared may ask in turns, one of them after the answer to the other, or in shifts, all their
connections for a moment each: whatever else the machine does hits them alike.
"""

import asyncio
import json
import subprocess
import sys
from dataclasses import asdict
from functools import partial
from time import perf_counter

import uvloop
from tests.bench.asking import Connection, Load, OfAShift, OneOfSeveral, Result

SHIFT = 0.12
"""Seconds."""


async def apply(load: Load, result: Result) -> None:
    """Until its time is over, or each connection has had its answers."""
    begin = perf_counter() + load.warm_up
    loop = asyncio.get_running_loop()
    made = [
        await loop.create_connection(
            lambda: Connection(load, result, begin), "127.0.0.1", load.port
        )
        for _ in range(load.connections)
    ]
    for _, connection in made:
        connection.ask()
    ends = [connection.done for _, connection in made]
    wait = None if load.times else load.warm_up + load.seconds
    done, _ = await asyncio.wait(ends, timeout=wait, return_when=asyncio.FIRST_EXCEPTION)
    result.seconds = perf_counter() - begin
    for transport, connection in made:
        connection.done.cancel()
        transport.abort()
    for ended in done:
        ended.result()


async def apply_all(loads: list[Load]) -> list[Result]:
    results = [Result() for _ in loads]
    tasks = [asyncio.create_task(apply(*pair)) for pair in zip(loads, results, strict=True)]
    finite = [task for task, load in zip(tasks, loads, strict=True) if load.times]
    await asyncio.gather(*(finite or tasks))
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return results


async def apply_in_turns(loads: list[Load]) -> list[Result]:
    """Each over one connection, for as long as the first of them says."""
    results = [Result() for _ in loads]
    begin = perf_counter() + loads[0].warm_up
    loop = asyncio.get_running_loop()
    made = [
        await loop.create_connection(partial(OneOfSeveral, *pair, begin), "127.0.0.1", pair[0].port)
        for pair in zip(loads, results, strict=True)
    ]
    while perf_counter() < begin + loads[0].seconds:
        for _, connection in made:
            await connection.turn()
    for transport, _ in made:
        transport.abort()
    return results


async def apply_in_shifts(loads: list[Load]) -> list[Result]:
    """Each load as long as the first says, shift by shift; the first of each is to warm up."""
    results = [Result() for _ in loads]
    teams = [await _team(*pair) for pair in zip(loads, results, strict=True)]
    shifts = max(1, round(loads[0].seconds / SHIFT))
    for number in range(shifts + 1):
        for team, result in zip(teams, results, strict=True):
            if number == 1:
                result.latencies, result.seconds = [], 0.0
            result.seconds += await _shift(team)
    for team in teams:
        for connection in team:
            connection.transport.abort()
    return results


async def _team(load: Load, result: Result) -> list[OfAShift]:
    loop = asyncio.get_running_loop()
    made = partial(OfAShift, load, result, 0.0)
    return [
        (await loop.create_connection(made, "127.0.0.1", load.port))[1]
        for _ in range(load.connections)
    ]


async def _shift(team: list[OfAShift]) -> float:
    """How long it was until the last of them had rested."""
    started = perf_counter()
    for connection in team:
        connection.start()
    await asyncio.sleep(SHIFT)
    for connection in team:
        connection.working = False
    await asyncio.gather(*(connection.rested for connection in team))
    return perf_counter() - started


def applied(*loads: Load, how: str = "together") -> list[Result]:
    """The results of loads applied by a process of their own: together, in turns or in shifts."""
    ran = subprocess.run(
        [sys.executable, "-m", "tests.bench.load", how],
        input=json.dumps([asdict(load) for load in loads]),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return [Result(**fields) for fields in json.loads(ran.stdout)]


def main() -> None:
    loads = [Load(**fields) for fields in json.load(sys.stdin)]
    work = {"together": apply_all, "turns": apply_in_turns, "shifts": apply_in_shifts}
    results = uvloop.run(work[sys.argv[1]](loads))
    json.dump([asdict(result) for result in results], sys.stdout)


if __name__ == "__main__":
    main()
