"""The instance that the browser tests visit: a process of its own, its clock stopped.

    python tests/browser/served.py

It fills its database with the demo world of that day, prints one line of JSON (its address, and
codes that the tests use up), and answers requests until a signal stops it.
"""

import asyncio
import json
import os
import socket
from datetime import datetime
from zoneinfo import ZoneInfo

import uvicorn

from recul import clock, database, settings, wiring
from recul.accounts.actions import invitations
from recul.app import create_app
from recul.demo import world
from recul.settings import Settings

NOW = datetime(2026, 11, 20, 17, 40, tzinfo=ZoneInfo("Europe/Paris"))
"""A Friday, at the end of the day."""
FORGETFUL = tuple(f"{name}@recul.example" for name in ("cheffe", "collegue", "superviseure"))


async def _filled(config: Settings) -> dict[str, object]:
    wiring.connect(config)
    database.bind(database.engine_for(config.database_url))
    await database.open_database()
    try:
        await database.migrate()
        await world.seed(config, reset=False)
        return await _codes()
    finally:
        await database.close_database()


async def _codes() -> dict[str, object]:
    return {
        "seen_only": await invitations.invite("lectrice@exemple.fr"),
        "resets": {email: await invitations.offer_reset(email) for email in FORGETFUL},
    }


def main() -> None:
    listening = socket.create_server(("127.0.0.1", 0))
    config = settings.load(os.environ | {"PORT": str(listening.getsockname()[1])})
    with clock.set_to(NOW):
        codes = asyncio.run(_filled(config))
        print(json.dumps({"url": config.url} | codes), flush=True)
        server = uvicorn.Config(
            create_app(config),
            log_level="warning",
            access_log=False,
            proxy_headers=True,
            forwarded_allow_ips="*",
        )
        uvicorn.Server(server).run(sockets=[listening])


if __name__ == "__main__":
    main()
