"""Measure what an answer at the sign-in page tells of whoever is known: `python -m
tests.security.timing`. Medians and spreads of a real server's answers; nothing is asserted."""

import argparse
import asyncio
import statistics
import tempfile
import time
from pathlib import Path

from tests.processes import RemoteVisitor, serving, visiting
from tests.visitors import PASSWORD

WRONG = "pas le bon mot de passe"
FORMS = {
    "wrong password": ("/connexion", {"password": WRONG}),
    "wrong code": (
        "/mot-de-passe-oublie",
        {"code": "7K3M-0VQ2-WX9A-4HTD-ZP6C", "new_password": "une autre phrase de passe"},
    ),
}
KNOWN = "ana@exemple.fr"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.security.timing", description=__doc__)
    parser.add_argument("--answers", type=int, default=50, help="of each kind; default 50")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="recul-timing-") as folder:
        var = Path(folder) / "var"
        with serving(var, Path(folder) / "log") as served:
            asyncio.run(_measured(served.url, served.invitation(), var, asked.answers))


async def _measured(url: str, invitation: str, var: Path, answers: int) -> None:
    ana = RemoteVisitor(url)
    async with visiting(ana):
        fields = {"email": KNOWN, "display_name": "Ana", "new_password": PASSWORD}
        assert (await ana.post(invitation, fields)).status_code == 303
        await ana.post("/carnet/codes")
    guest = RemoteVisitor(url)
    async with visiting(guest):
        for name, (path, fields) in FORMS.items():
            taken: dict[str, list[float]] = {"known": [], "unknown": []}
            for number in range(answers):
                for who in sorted(taken, reverse=bool(number % 2)):
                    email = KNOWN if who == "known" else f"personne{number}@exemple.fr"
                    _forget(var)  # the throttle would answer instead
                    taken[who].append(await _seconds(guest, path, fields | {"email": email}))
            _print(name, taken)


async def _seconds(guest: RemoteVisitor, path: str, fields: dict[str, str]) -> float:
    await guest.token()
    started = time.perf_counter()
    answer = await guest.post(path, fields)
    assert answer.status_code == 422
    return time.perf_counter() - started


def _forget(var: Path) -> None:
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(var / "recul.sqlite", timeout=10)) as connection, connection:
        connection.execute("DELETE FROM throttle")


def _print(name: str, taken: dict[str, list[float]]) -> None:
    for who, seconds in sorted(taken.items()):
        cuts = statistics.quantiles(seconds, n=10)
        print(
            f"{name}, {who}: median {statistics.median(seconds) * 1000:.2f} ms, "
            f"80 % within {cuts[0] * 1000:.2f}–{cuts[-1] * 1000:.2f} ms ({len(seconds)} answers)"
        )


if __name__ == "__main__":
    main()
