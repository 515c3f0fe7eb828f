"""`recul`, with somebody who looks how long its event loop makes others wait.

``python -m tests.bench.watched serve --port N`` writes a line to the file that BENCH_WAITS names
for each wait that is worth telling: when it ended, by the clock that processes share, how long it
was, and for how much of it the thread of the loop had a processor, all in milliseconds.
"""

import asyncio
import os
from time import monotonic, thread_time

from litestar import Litestar

from recul import app, cli, serving
from recul.settings import Settings

FILE = "BENCH_WAITS"
LOOK_EVERY = 0.005
WORTH_TELLING = 0.01
_create_app = app.create_app


async def watch() -> None:
    file = os.open(os.environ[FILE], os.O_WRONLY | os.O_APPEND)
    while True:
        started, worked = monotonic(), thread_time()
        await asyncio.sleep(LOOK_EVERY)
        waited, worked = monotonic() - started - LOOK_EVERY, thread_time() - worked
        if waited > WORTH_TELLING:
            told = (1000 * each for each in (monotonic(), waited, worked))
            os.write(file, "{:.1f} {:.1f} {:.1f}\n".format(*told).encode())


def create_app(config: Settings | None = None, *, worker: bool = True) -> Litestar:
    made, tasks = _create_app(config, worker=worker), set[asyncio.Task[None]]()
    made.on_startup.append(lambda: tasks.add(asyncio.ensure_future(watch())))
    return made


if __name__ == "__main__":
    serving.create_app = create_app  # type: ignore[attr-defined]
    cli.main()
