"""What happened to an account: written for its person, and for nobody else."""

import logging
import re
from collections import Counter
from datetime import date, timedelta
from html import unescape

import pytest
from litestar import Litestar
from tests.accounts.phones import SECOND, half_way, turn_on
from tests.accounts.test_recovery import NEW, reset_link
from tests.visitors import PASSWORD, Visitor, settings

from recul import clock, jobs
from recul.accounts import accesses
from recul.accounts.accesses import WORDS, Access, Kind
from recul.accounts.actions import access_log
from recul.accounts.queries import account_by_email
from recul.accounts.tables import AccessEvent, Account
from recul.database import recorded_statements
from recul.vault.boxes import DEPOSIT_OVERHEAD

LOG = "/compte/acces"


async def account_of(visitor: Visitor) -> Account:
    account = await account_by_email(visitor.email)
    assert isinstance(account, Account)
    return account


async def said(visitor: Visitor) -> Counter[Kind]:
    """Which kinds the page tells, and how often."""
    page = unescape((await visitor.get(LOG)).text)
    kinds = {words: kind for kind, words in WORDS.items()}
    found: Counter[Kind] = Counter()
    for item in re.findall(r"<li>(.+)</li>", page):
        told, *more = (" ".join(part.split()) for part in re.sub("<.*?>", "", item).split("·"))
        if told in kinds:
            times = [part.split()[0] for part in more if part.endswith(" fois")]
            found[kinds[told]] += int(times[0]) if times else 1
    return found


def test_every_kind_has_its_words():
    assert set(WORDS) == set(Kind)
    assert len(set(WORDS.values())) == len(Kind)


async def test_what_she_does_is_told_on_her_page(ana: Visitor, app: Litestar):
    assert await said(ana) == {Kind.SIGNED_IN: 1}
    phone = await turn_on(ana)
    await ana.get("/carnet/export/carnet.json")
    await ana.get("/carnet/export/carnet.csv")
    await ana.post("/carnet/ouvrir", {"password": "un mauvais mot de passe"})
    half = await half_way(app, ana.email)
    await half.post(SECOND, {"code": "000000"})
    await half.post(SECOND, {"code": phone.code()})
    other = await half_way(app, ana.email)
    await other.post(f"{SECOND}/cle", {"recovery_code": phone.keys[0]})
    await ana.post("/compte/securite/code/fin")
    fields = {"password": PASSWORD, "new_password": NEW}
    await ana.post("/compte/mot-de-passe", fields)
    assert await said(ana) == {
        Kind.SIGNED_IN: 3,
        Kind.CODES_MADE: 1,
        Kind.TOTP_ON: 1,
        Kind.EXPORTED: 2,
        Kind.UNLOCK_FAILED: 1,
        Kind.SECOND_STEP_FAILED: 1,
        Kind.RECOVERY_CODE_USED: 1,
        Kind.TOTP_OFF: 1,
        Kind.PASSWORD_CHANGED: 1,
    }


async def test_a_device_sent_away_and_a_link_prepared_are_told(ana: Visitor, app: Litestar):
    other = Visitor(app)
    await other.sign_in(ana.email)
    listed = (await ana.get("/compte/appareils")).text.split('<li class="thing">')[1:]
    [there] = (each.split("/fin")[0][-36:] for each in listed if "cet appareil" not in each)
    assert (await ana.post(f"/compte/appareils/{there}/fin")).status_code == 303
    assert (await ana.post(f"/compte/appareils/{there}/fin")).status_code == 404
    await reset_link(ana)
    found = await said(ana)
    assert (found[Kind.SIGN_INS_ENDED], found[Kind.LINK_ASKED]) == (1, 1)


async def test_it_is_for_her_alone(ana: Visitor, boris: Visitor, admin: Visitor, app: Litestar):
    await ana.get("/carnet/export/carnet.json")
    assert (await said(ana))[Kind.EXPORTED] == 1
    for other in (boris, admin):
        assert await said(other) == {Kind.SIGNED_IN: 1}
    await ana.post("/carnet/verrou")
    assert (await ana.get(LOG)).headers["location"] == f"/carnet/ouvrir?suite={LOG}"
    assert (await Visitor(app).get(LOG)).headers["location"] == f"/connexion?suite={LOG}"


async def test_neither_rows_nor_statements_nor_logs_tell_kinds(
    ana: Visitor, caplog: pytest.LogCaptureFixture
):
    account = await account_of(ana)
    await AccessEvent.delete(force=True)
    ran = set()
    with caplog.at_level(logging.DEBUG, logger="recul"):
        for kind in Kind:
            with recorded_statements() as statements:
                await access_log.note(account.id, kind, "Firefox sur Android")
            ran.add(tuple(statements))
    assert (len(ran), caplog.text) == (1, "")
    rows = await AccessEvent.select()
    assert {len(row["box"]) for row in rows} == {512 + DEPOSIT_OVERHEAD}
    assert {row["forget_on"] for row in rows} == {accesses.forget_on(clock.today())}
    assert {key for row in rows for key in row} == {"id", "account", "box", "forget_on"}
    assert len({row["box"][:40] for row in rows}) == len(Kind)


async def test_the_newest_day_comes_first_and_a_day_is_told_once(ana: Visitor):
    account, start = await account_of(ana), clock.now()
    for later in (3, 1, 3, 2, 3):
        with clock.set_to(start + timedelta(days=later)):
            await access_log.note(account.id, Kind.EXPORTED, "carnet.json")
    page = unescape((await ana.get(LOG)).text)
    days = [part.split("</dt>")[0] for part in page.split("<dt>")[1:]]
    assert len(days) == 4
    assert page.index(days[0]) < page.index(days[3])
    assert "3 fois" in page.split(days[0])[1].split("<dt>")[0]


async def test_a_failure_that_comes_again_and_again_pushes_nothing_out(ana: Visitor):
    account = await account_of(ana)
    for _ in range(access_log.FAILURES_A_DAY + 5):
        await access_log.note_failure(settings(), account.id, Kind.UNLOCK_FAILED)
    assert (await said(ana))[Kind.UNLOCK_FAILED] == access_log.FAILURES_A_DAY
    with clock.set_to(clock.now() + timedelta(hours=25)):
        await access_log.note_failure(settings(), account.id, Kind.UNLOCK_FAILED)
    assert await AccessEvent.count() == access_log.FAILURES_A_DAY + 2


async def test_three_hundred_are_kept_and_the_oldest_month_gives_way(ana: Visitor, boris: Visitor):
    account, start = await account_of(ana), clock.now()
    with clock.set_to(start + timedelta(days=40)):
        for _ in range(accesses.MOST):
            await access_log.note(account.id, Kind.EXPORTED)
    rows = await AccessEvent.select().where(AccessEvent.account == account.id)
    assert {row["forget_on"] for row in rows} == {
        accesses.forget_on((start + timedelta(days=40)).date())
    }
    assert len(rows) == accesses.MOST
    assert await said(boris) == {Kind.SIGNED_IN: 1}


async def test_notes_are_forgotten_after_a_year(ana: Visitor):
    [row] = await AccessEvent.select()
    with clock.set_to(clock.now() + timedelta(days=365)):
        await jobs.purge(settings())
        assert await AccessEvent.count() == 1
    with clock.set_to(clock.now() + (row["forget_on"] - clock.today())):
        await jobs.purge(settings())
    assert await AccessEvent.count() == 0


async def test_after_an_empty_beginning_the_older_notes_stay_closed(ana: Visitor, app: Litestar):
    await ana.get("/carnet/export/carnet.json")
    window = Visitor(app)
    await window.post(await reset_link(ana), {"new_password": NEW})
    assert await said(window) == {Kind.VAULT_REPLACED: 1, Kind.SIGNED_IN: 1}
    assert "3 lignes plus anciennes" in unescape((await window.get(LOG)).text)


async def test_a_note_and_what_it_tells_of_are_one(ana: Visitor):
    """What did not happen is not told."""
    await ana.post("/carnet/codes")
    wrong = {"password": "mauvais", "new_password": NEW}
    await ana.post("/compte/mot-de-passe", wrong)
    assert (await said(ana))[Kind.PASSWORD_CHANGED] == 0


async def test_the_page_asks_the_database_as_often_for_one_as_for_many(ana: Visitor):
    with recorded_statements() as few:
        await ana.get(LOG)
    account = await account_of(ana)
    for kind in Kind:
        await access_log.note(account.id, kind)
    with recorded_statements() as many:
        await ana.get(LOG)
    assert (len(few), len(many)) == (2, 2)


@pytest.mark.parametrize(
    ("day", "forgotten"),
    [
        (date(2026, 11, 22), date(2027, 12, 1)),
        (date(2026, 12, 1), date(2028, 1, 1)),
        (date(2027, 1, 31), date(2028, 2, 1)),
    ],
)
def test_a_note_is_kept_for_more_than_a_year(day: date, forgotten: date):
    assert accesses.forget_on(day) == forgotten


def test_what_is_written_is_read_again():
    access = Access(date(2026, 11, 22), Kind.SIGNED_IN, "Firefox sur Android")
    assert accesses.read(accesses.written(access)) == access
