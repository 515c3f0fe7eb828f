"""A real process that works on trends, and may be killed between two of its steps.

``python -m tests.trends.worker`` reads one line of JSON: where database and keys are, what to do,
and at which occurrence of which step to die by SIGKILL.
"""

import asyncio
import json
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from tests.trends.people import CYCLE, Town, moment, viewer
from tests.visitors import TEST_ENVIRONMENT

from recul import clock, database, wiring
from recul.journal.actions import entries
from recul.settings import load
from recul.trends import steps
from recul.trends.actions import opening, rekeying, turning, votes
from recul.vault.opened import OpenVault

Asked = dict[str, Any]


def packed(vault: OpenVault) -> dict[str, str]:
    return {
        "id": str(vault.id),
        "owner": str(vault.owner),
        "public_key": vault.public_key.hex(),
        "data_key": vault.data_key.hex(),
        "private_box": vault.private_box.hex(),
    }


def unpacked(stored: dict[str, str]) -> OpenVault:
    return OpenVault(
        UUID(stored["id"]),
        UUID(stored["owner"]),
        bytes.fromhex(stored["public_key"]),
        bytes.fromhex(stored["data_key"]),
        bytes.fromhex(stored["private_box"]),
    )


def town_of(asked: Asked) -> Town:
    homes = [(UUID(a), UUID(t), UUID(u)) for a, t, u in asked["homes"]]
    return Town(homes, UUID(asked["organisation"]))


async def save(asked: Asked) -> None:
    """Everybody's moments at once; the same moment is sent again after a crash."""
    saves = [
        entries.write(viewer(unpacked(vault)), nonce, b"", moment(day, workload=workload))
        for vault, nonce, day, workload in asked["saves"]
    ]
    await asyncio.gather(*saves)


async def rekey(_asked: Asked) -> None:
    await rekeying.rekey()


async def open_cycle(asked: Asked) -> None:
    await opening.open_cycle(CYCLE, town_of(asked))


async def turn(asked: Asked) -> None:
    await turning.turn(town_of(asked))


async def vote(asked: Asked) -> None:
    """Everybody's voice at once."""
    team = UUID(asked["team"])
    voices = asked["voices"]
    await asyncio.gather(*(votes.vote(UUID(v), team, CYCLE, yes=yes) for v, yes in voices))


WORK: dict[str, Callable[[Asked], Awaitable[None]]] = {
    "save": save,
    "rekey": rekey,
    "open": open_cycle,
    "turn": turn,
    "vote": vote,
}


def die_at(step: str, occurrence: int) -> None:
    left = [occurrence]

    def listener(name: str) -> None:
        if name == step:
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    steps.listen(listener)


async def main(asked: Asked) -> None:
    wiring.connect(load(TEST_ENVIRONMENT | {"RECUL_KEYS": asked["keys"]}))
    database.bind(database.engine_for(asked["url"]))
    await database.open_database()
    print("ready", flush=True)
    sys.stdin.readline()
    with clock.set_to(moment(asked["day"]).at):
        await WORK[asked["work"]](asked)
    await database.close_database()
    print("done", flush=True)


if __name__ == "__main__":
    told = json.loads(sys.stdin.readline())
    if told.get("die_at"):
        die_at(*told["die_at"])
    asyncio.run(main(told))
