"""Attack: passwords, recovery codes and links are tried by many requests at the same moment, at
several processes of the server, so that each of them counts from the same figure.

A counter that is read before it is written would let through as many guesses as there are
connections: an eight-letter password falls in days instead of never. Counting from one process
only would multiply the limit by the number of workers. Trusting `X-Forwarded-For` from anybody
would give each guess an address of its own. `tests/accounts/test_throttle.py` has the limits
themselves, one guess after the other.
"""

import asyncio
import re
from collections import Counter
from collections.abc import Awaitable
from pathlib import Path

import httpx
import pytest
from litestar import Litestar
from tests.processes import RemoteVisitor, Served, serving, visiting
from tests.visitors import PASSWORD, Visitor, newcomer, settings

from recul.accounts import throttle
from recul.accounts.actions import mailed
from recul.app import create_app
from recul.database import Database
from recul.notifications.tables import OutboxMail

WRONG = "pas le bon mot de passe"
EMAIL = "ana@exemple.fr"
LIMIT = throttle.PER_ACCOUNT_AND_ADDRESS
CODE = "7K3M-0VQ2-WX9A-4HTD-ZP6C"
GUESSES = 40


async def together(*requests: Awaitable[httpx.Response]) -> Counter[int]:
    return Counter(answer.status_code for answer in await asyncio.gather(*requests))


@pytest.mark.slow
async def test_guesses_at_two_processes_at_once(live_url: str, tmp_path: Path):
    with (
        serving(tmp_path / "one", tmp_path / "one.log", live_url) as one,
        serving(tmp_path / "two", tmp_path / "two.log", live_url) as two,
    ):
        ana = RemoteVisitor(one.url)
        fields = {"email": EMAIL, "display_name": "Ana", "new_password": PASSWORD}
        async with visiting(ana):
            assert (await ana.post(two.invitation(), fields)).status_code == 303
            await _passwords(one, two)
            await _codes(one, two)
            # Her own window goes on; only guessing from here has ended, the right one included.
            assert (await ana.get("/carnet")).status_code == 200
            late = RemoteVisitor(two.url)
            async with visiting(late):
                assert (await late.sign_in(EMAIL)).status_code == 429
    assert "Error" not in one.log.read_text() + two.log.read_text()


async def _passwords(one: Served, two: Served) -> None:
    """Each guess claims another address of its own, that nobody asked a proxy about."""
    windows = [RemoteVisitor((one, two)[n % 2].url) for n in range(GUESSES)]
    async with visiting(*windows):
        await asyncio.gather(*(window.token() for window in windows))
        guesses = (
            window.post(
                "/connexion",
                {"email": EMAIL, "password": WRONG},
                X_Forwarded_For=f"203.0.113.{n}",
                Forwarded=f"for=203.0.113.{n}",
                X_Real_IP=f"203.0.113.{n}",
            )
            for n, window in enumerate(windows)
        )
        assert await together(*guesses) == {422: LIMIT, 429: GUESSES - LIMIT}


async def _codes(one: Served, two: Served) -> None:
    """Recovery codes share the count of passwords: there is one secret less to guess, not more."""
    windows = [RemoteVisitor((one, two)[n % 2].url) for n in range(10)]
    async with visiting(*windows):
        await asyncio.gather(*(window.token() for window in windows))
        fields = {"email": EMAIL, "code": CODE, "new_password": "une autre phrase de passe"}
        guesses = (window.post("/mot-de-passe-oublie", fields) for window in windows)
        assert await together(*guesses) == {429: 10}


async def test_codes_of_many_sheets_at_once(live_db: Database, app: Litestar):
    ana = await newcomer(app)
    windows = [Visitor(app) for _ in range(GUESSES)]
    fields = {"email": ana.email, "code": CODE, "new_password": "une autre phrase de passe"}
    answers = await together(*(one.post("/mot-de-passe-oublie", fields) for one in windows))
    assert answers == {422: LIMIT, 429: GUESSES - LIMIT}


async def test_passwords_asked_back_behind_the_door_count_too(live_db: Database, app: Litestar):
    """Whoever finds an unlocked phone guesses no faster at the pages that ask again."""
    ana = await newcomer(app)
    asks = ("/compte/confirmer", "/carnet/ouvrir", "/compte/mot-de-passe")
    fields = {"password": WRONG, "new_password": "une autre phrase de passe"}
    guesses = (ana.post(asks[n % 3], fields) for n in range(30))
    assert await together(*guesses) == {422: LIMIT, 429: 30 - LIMIT}


async def test_links_asked_for_at_once_are_one_mail(
    live_db: Database, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(mailed, "SECONDS", 0.05)
    mail = {"RECUL_SMTP_URL": "smtp://127.0.0.1:9?tls=none", "RECUL_MAIL_FROM": "r@exemple.org"}
    app = create_app(settings(**mail))
    ana = await newcomer(app)
    windows = [Visitor(app) for _ in range(30)]
    asks = (one.post("/mot-de-passe-oublie/lien", {"link_email": ana.email}) for one in windows)
    answers = await together(*asks)
    assert answers == {200: mailed.PER_ADDRESS, 429: 30 - mailed.PER_ADDRESS}
    assert await OutboxMail.count() == 1


async def test_codes_of_invitations_are_out_of_reach(app: Litestar, nobody: Visitor):
    """No throttle stands before a link's code: it has 100 random bits, and is found by its hash."""
    codes = {re.sub("[^0-9A-Z]", "", CODE)} | {"0" * 20, "Z" * 20}
    for code in codes:
        assert (await nobody.get(f"/invitation/{code}")).status_code == 404
    assert len(CODE.replace("-", "")) * 5 == 100
