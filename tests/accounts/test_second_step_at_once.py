"""Second steps at the same moment: one code lets one in, and no limit is passed."""

from datetime import timedelta

import httpx
from litestar import Litestar
from tests.accounts.phones import PAGE, SECOND, Phone, box_on, half_way, secret_on, turn_on
from tests.accounts.test_recovery import codes_of
from tests.test_parallel import together
from tests.visitors import Visitor, newcomer

from recul import clock
from recul.accounts.tables import AccessEvent, KeySlot, SecondFactor, SignIn
from recul.accounts.throttle import PER_ACCOUNT_AND_ADDRESS
from recul.database import Database


async def whole() -> int:
    """How many sign-ins led somewhere."""
    found: int = await SignIn.count().where(SignIn.second_due.eq(False))
    return found


async def test_one_code_in_eight_windows_lets_one_in(live_db: Database, app: Litestar):
    ana = await newcomer(app)
    phone = await turn_on(ana)
    windows = [await half_way(app, ana.email) for _ in range(8)]
    code = phone.code()
    answers = await together(*(window.post(SECOND, {"code": code}) for window in windows))
    assert answers == {303: 1, 422: 7}
    assert await whole() == 2


async def test_one_half_sign_in_becomes_one(live_db: Database, app: Litestar):
    """A double click, or a copied cookie, with a code of each half minute."""
    ana = await newcomer(app)
    phone = await turn_on(ana)
    with clock.set_to(clock.now() + timedelta(minutes=2)):
        half = await half_way(app, ana.email)
        copies = [Visitor(app) for _ in range(3)]
        for copy in copies:
            copy.client.cookies = httpx.Cookies(half.client.cookies)
        codes = (phone.code(later) for later in (-1, 0, 1))
        tries = (
            copy.post(SECOND, {"code": code}) for copy, code in zip(copies, codes, strict=True)
        )
        answers = await together(*tries)
    assert (answers[303], answers.total()) == (1, 3)
    assert await SignIn.count() == await whole() == 2


async def test_one_recovery_code_in_six_windows_lets_one_in(live_db: Database, app: Litestar):
    ana = await newcomer(app)
    phone = await turn_on(ana)
    windows = [await half_way(app, ana.email) for _ in range(6)]
    fields = {"recovery_code": phone.keys[0]}
    answers = await together(*(window.post(f"{SECOND}/cle", fields) for window in windows))
    assert answers == {303: 1, 422: 5}
    assert await KeySlot.count().where(KeySlot.kind == "recovery") == 7
    assert await whole() == 2


async def test_thirty_wrong_codes(live_db: Database, app: Litestar):
    ana = await newcomer(app)
    await turn_on(ana)
    half = await half_way(app, ana.email)
    notes = await AccessEvent.count()
    tries = (half.post(SECOND, {"code": "000000"}) for _ in range(30))
    assert await together(*tries) == {
        422: PER_ACCOUNT_AND_ADDRESS,
        429: 30 - PER_ACCOUNT_AND_ADDRESS,
    }
    assert await AccessEvent.count() == notes + PER_ACCOUNT_AND_ADDRESS
    assert await whole() == 1


async def test_turning_it_on_five_times_at_once(live_db: Database, app: Litestar):
    ana = await newcomer(app)
    await codes_of(ana)
    page = (await ana.get(PAGE)).text
    fields = {"box": box_on(page), "code": Phone(secret_on(page)).code()}
    assert await together(*(ana.post(PAGE, fields) for _ in range(5))) == {303: 5}
    assert await SecondFactor.count() == 1
