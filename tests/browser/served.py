"""The instance that the browser tests visit: a process of its own, its clock stopped.

    python -m tests.browser.served demo|young

It fills its database with the demo world of that day, or with a structure whose trends are young,
prints one line of JSON (its address, and codes that the tests use up), and answers requests until
a signal stops it. A request that says when it comes (`X-Now`) is answered as of then. No job is
done by itself: one that a request asks for (`X-Work`) is done before it is answered.
"""

import asyncio
import json
import os
import socket
import sys
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import uvicorn
from tests.browser import young

from recul import clock, database, jobs, settings, wiring
from recul.accounts.actions import invitations
from recul.app import create_app
from recul.demo import world
from recul.settings import Settings

NOW = datetime(2026, 11, 20, 17, 40, tzinfo=ZoneInfo("Europe/Paris"))
"""A Friday, at the end of the day."""
FORGETFUL = tuple(f"{name}@recul.example" for name in ("cheffe", "collegue", "animateur"))


async def _filled(config: Settings) -> dict[str, object]:
    wiring.connect(config)
    database.bind(database.engine_for(config.database_url))
    await database.open_database()
    try:
        await database.migrate()
        return await WORLDS[sys.argv[1]](config)
    finally:
        await database.close_database()


async def _demo(config: Settings) -> dict[str, object]:
    await world.seed(config, reset=False)
    return {
        "seen_only": await invitations.invite("lectrice@exemple.fr"),
        "resets": {email: await invitations.offer_reset(email) for email in FORGETFUL},
    }


async def _young(config: Settings) -> dict[str, object]:
    await young.settle(config)
    return {}


WORLDS = {"demo": _demo, "young": _young}


def as_of(app: Any, config: Settings) -> Any:
    """The same application, told by each request what time it is, and what is to be done first."""

    async def answer(scope: Any, receive: Any, send: Any) -> None:
        said = dict(scope.get("headers", ()))
        now = said.get(b"x-now")
        with clock.set_to(datetime.fromisoformat(now.decode()) if now else NOW):
            for job in jobs.JOBS:
                if job.name.encode() == said.get(b"x-work"):
                    await job.work(config)
            await app(scope, receive, send)

    return answer


def main() -> None:
    listening = socket.create_server(("127.0.0.1", 0))
    port = str(listening.getsockname()[1])
    # By its name: browsers make no passkeys for an address of numbers.
    config = settings.load(os.environ | {"PORT": port, "RECUL_URL": f"http://localhost:{port}"})
    with clock.set_to(NOW):
        codes = asyncio.run(_filled(config))
        print(json.dumps({"url": config.url} | codes), flush=True)
        server = uvicorn.Config(
            as_of(create_app(config), config),
            log_level="warning",
            access_log=False,
            proxy_headers=True,
            forwarded_allow_ips="*",
        )
        uvicorn.Server(server).run(sockets=[listening])


if __name__ == "__main__":
    main()
