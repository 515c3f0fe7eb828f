"""What happens at the same time: nothing is lost, nothing happens twice, no limit is passed."""

import asyncio
import re
from collections import Counter
from collections.abc import Awaitable
from pathlib import Path

import httpx
import pytest
from litestar import Litestar
from tests.journal.pages import ids, lock, texts, unlock, value, write
from tests.processes import RemoteVisitor, serving, visiting
from tests.visitors import PASSWORD, Visitor, newcomer

from recul.accounts import throttle
from recul.accounts.actions import invitations
from recul.accounts.tables import Account, KeySlot, SignIn, Vault
from recul.database import Database
from recul.journal.tables import Entry

NEW = "une autre phrase de passe"


async def together(*requests: Awaitable[httpx.Response]) -> Counter[int]:
    """How often each status was answered."""
    return Counter(answer.status_code for answer in await asyncio.gather(*requests))


def a_line(n: int, **more: object) -> dict[str, object]:
    return {"nonce": f"nonce {n}", "text-line": f"ligne {n}"} | more


@pytest.mark.parametrize("locked", [False, True])
async def test_twenty_saves(live_db: Database, app: Litestar, locked: bool):
    ana = await newcomer(app)
    if locked:
        await lock(ana)
    assert await together(*(ana.post("/carnet/vite", a_line(n)) for n in range(20))) == {303: 20}
    await unlock(ana)
    assert set(texts(await ana.get("/carnet"))) == {f"ligne {n}" for n in range(20)}


async def test_twenty_sendings_of_the_same_form(live_db: Database, app: Litestar):
    ana = await newcomer(app)
    same = a_line(1, workload="3", own_feeling="cotonneuse")
    assert await together(*(ana.post("/carnet/vite", same) for _ in range(20))) == {303: 20}
    assert await Entry.count() == 1


async def test_thirty_own_words(live_db: Database, app: Litestar):
    ana = await newcomer(app)
    saves = (ana.post("/carnet/vite", a_line(n, own_feeling=f"mot {n}")) for n in range(30))
    assert await together(*saves) == {303: 30}
    settings = (await ana.get("/carnet/reglages")).text
    assert set(re.findall(r"<span>(mot \d+)</span>", settings)) == {f"mot {n}" for n in range(30)}


async def test_twenty_people_sign_in(live_db: Database, app: Litestar):
    people = [await newcomer(app, f"personne{n}") for n in range(20)]
    windows = [Visitor(app) for _ in people]
    pairs = zip(windows, people, strict=True)
    assert await together(*(w.sign_in(person.email) for w, person in pairs)) == {303: 20}
    assert await together(*(window.get("/carnet") for window in windows)) == {200: 20}


async def test_one_person_signs_in_from_ten_windows(live_db: Database, app: Litestar):
    ana = await newcomer(app)
    windows = [Visitor(app) for _ in range(10)]
    assert await together(*(window.sign_in(ana.email) for window in windows)) == {303: 10}
    assert await SignIn.count() == 11


async def test_thirty_wrong_passwords(live_db: Database, app: Litestar):
    ana = await newcomer(app)
    windows = [Visitor(app) for _ in range(30)]
    tries = (window.sign_in(ana.email, "mauvais mot de passe") for window in windows)
    limit = throttle.PER_ACCOUNT_AND_ADDRESS
    assert await together(*tries) == {422: limit, 429: 30 - limit}


async def test_an_invitation_accepted_five_times(live_db: Database, app: Litestar):
    code = await invitations.invite("ana@exemple.fr")
    fields = {"display_name": "Ana", "new_password": PASSWORD}
    windows = [Visitor(app) for _ in range(5)]
    answers = await together(*(w.post(f"/invitation/{code}", fields) for w in windows))
    assert (answers[303], answers.total()) == (1, 5)
    assert set(answers) <= {303, 404, 422}
    assert (await Account.count(), await Vault.count(), await SignIn.count()) == (1, 1, 1)


async def test_a_recovery_code_used_five_times(live_db: Database, app: Litestar):
    ana = await newcomer(app)
    sheet = (await ana.post("/carnet/codes", {"password": PASSWORD})).text
    code = re.findall(r"\b(?:[0-9A-Z]{4}-){4}[0-9A-Z]{4}\b", sheet)[0]
    fields = {"email": ana.email, "code": code, "new_password": NEW}
    windows = [Visitor(app) for _ in range(5)]
    answers = await together(*(w.post("/mot-de-passe-oublie", fields) for w in windows))
    assert answers == {303: 1, 422: 4}
    kinds = Counter(await KeySlot.select(KeySlot.kind).output(as_list=True))
    assert kinds == {"recovery": 7, "password": 1}


async def test_secrets_changed_five_times_at_once(live_db: Database, app: Litestar):
    ana = await newcomer(app)
    token = {"_csrf_token": await ana.token()}
    change = token | {"password": PASSWORD, "new_password": NEW}
    await together(*(ana.client.post("/compte/mot-de-passe", data=change) for _ in range(5)))
    await together(*(ana.client.post("/carnet/codes", data=token) for _ in range(5)))
    kinds = Counter(await KeySlot.select(KeySlot.kind).output(as_list=True))
    assert kinds == {"recovery": 8, "password": 1}


async def test_a_reset_link_used_five_times(live_db: Database, app: Litestar):
    ana = await newcomer(app)
    link = f"/reinitialisation/{await invitations.offer_reset(ana.email)}"
    windows = [Visitor(app) for _ in range(5)]
    answers = await together(*(w.post(link, {"new_password": NEW}) for w in windows))
    assert answers == {303: 1, 404: 4}
    assert sorted(await Vault.select(Vault.closed).output(as_list=True)) == [False, True]


async def test_one_moment_changed_in_ten_tabs(live_db: Database, app: Litestar):
    ana = await newcomer(app)
    await write(ana, "Avant.")
    address = f"/carnet/moments/{ids(await ana.get('/carnet'))[0]}/modifier"
    form = await ana.get(address)
    typed = {n: value(form, n) for n in ("seen", "template", "when", "date", "time")}
    changes = (ana.post(address, typed | {"text-line": f"Onglet {n}."}) for n in range(10))
    assert await together(*changes) == {303: 1, 422: 9}


async def test_deposits_are_filed_once_by_ten_pages(live_db: Database, app: Litestar):
    ana = await newcomer(app)
    await lock(ana)
    for n in range(5):
        await write(ana, f"dépôt {n}", own_feeling=f"mot {n}")
    await unlock(ana)
    search = (await ana.post("/carnet/recherche", {"mots": "x"})).headers["location"]
    pages = ["/carnet", "/", search, "/carnet/victoires"] * 3
    assert await together(*(ana.get(path) for path in pages)) == {200: 12}
    assert sorted(texts(await ana.get("/carnet"))) == [f"dépôt {n}" for n in range(5)]


async def test_locking_while_pages_are_read(live_db: Database, app: Litestar):
    """A page that was asked before the lock never opens the vault again."""
    ana = await newcomer(app)
    reads = [ana.get("/carnet") for _ in range(10)]
    answers = await together(
        *reads, ana.post("/carnet/verrou"), *(ana.get("/carnet") for _ in "ab")
    )
    assert set(answers) <= {200, 303}
    assert (await ana.get("/carnet")).headers["location"].startswith("/carnet/ouvrir")
    assert await SignIn.count().where(SignIn.key_box.is_not_null()) == 0


async def test_two_processes_on_one_database(live_url: str, tmp_path: Path):
    with (
        serving(tmp_path / "one", tmp_path / "one.log", live_url) as one,
        serving(tmp_path / "two", tmp_path / "two.log", live_url) as two,
    ):
        ana = RemoteVisitor(one.url)
        fields = {"email": "a@exemple.fr", "display_name": "Ana", "new_password": PASSWORD}
        # The second link that was said ended the first.
        assert (await ana.post(two.invitation(), fields)).status_code == 303
        twin = ana.moved(two.url)
        async with visiting(ana, twin):
            both = (ana, twin)
            saves = (both[n % 2].post("/carnet/vite", a_line(n)) for n in range(20))
            assert await together(*saves) == {303: 20}
            same = (both[n % 2].post("/carnet/vite", a_line(99)) for n in range(10))
            assert await together(*same) == {303: 10}
            pages = [texts(await visitor.get("/carnet")) for visitor in both]
            assert [len(page) for page in pages] == [21, 21]
            await lock(twin)
            assert (await ana.get("/carnet")).status_code == 303
    assert "Error" not in one.log.read_text() + two.log.read_text()
