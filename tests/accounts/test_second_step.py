"""A right password is half the way: a code of the phone, or a recovery code, is the other half."""

from datetime import timedelta
from html import unescape

from litestar import Litestar
from tests.accounts.phones import PAGE, SECOND, Phone, box_on, half_way, secret_on, turn_on
from tests.accounts.test_recovery import codes_of
from tests.accounts.test_throttle import window as window_at
from tests.visitors import PASSWORD, Visitor, settings

from recul import clock, jobs
from recul.accounts.actions import second_step
from recul.accounts.tables import KeySlot, SecondFactor, SignIn
from recul.accounts.throttle import PER_ACCOUNT_AND_ADDRESS
from recul.vault.boxes import SEAL_OVERHEAD

WRONG = "Ce code ne convient pas"


async def test_turning_on_asks_for_recovery_codes_first(ana: Visitor):
    page = unescape((await ana.get(PAGE)).text)
    assert "Imprimer mes huit clés" in page
    assert 'name="box"' not in page


async def test_nothing_is_on_before_a_code_was_typed(ana: Visitor):
    await codes_of(ana)
    page = (await ana.get(PAGE)).text
    answer = await ana.post(PAGE, {"box": box_on(page), "code": "000000"})
    assert answer.status_code == 422
    # The same secret again: what the phone has learnt stays right.
    assert secret_on(answer.text) == secret_on(page)
    assert await SecondFactor.count() == 0


async def test_a_secret_of_somebody_else_is_not_taken(ana: Visitor, boris: Visitor):
    await codes_of(ana)
    await codes_of(boris)
    page = (await boris.get(PAGE)).text
    code = Phone(secret_on(page)).code()
    answer = await ana.post(PAGE, {"box": box_on(page), "code": code})
    assert answer.status_code == 422
    assert secret_on(answer.text) != secret_on(page)
    assert await SecondFactor.count() == 0


async def test_the_password_alone_opens_nothing(ana: Visitor, app: Litestar):
    phone = await turn_on(ana)
    half = await half_way(app, ana.email)
    for path in ("/carnet", "/compte", "/compte/appareils", "/groupes"):
        assert (await half.get(path)).headers["location"] == f"/connexion?suite={path}"
    assert (await half.post("/carnet/verrou")).status_code == 401
    answer = await half.post(SECOND, {"code": phone.code()})
    assert answer.headers["location"] == "/"
    assert (await half.get("/carnet")).status_code == 200


async def test_the_token_is_another_one_afterwards(ana: Visitor, app: Litestar):
    phone = await turn_on(ana)
    half = await half_way(app, ana.email)
    planted = half.client.cookies["recul"]
    await half.post(SECOND, {"code": phone.code()})
    assert half.client.cookies["recul"] != planted
    thief = Visitor(app)
    thief.client.cookies.set("recul", planted)
    assert (await thief.get("/carnet")).headers["location"] == "/connexion?suite=/carnet"
    assert (await thief.get(SECOND)).headers["location"] == "/connexion"


async def test_a_wrong_code_says_so_and_keeps_where_she_was_going(ana: Visitor, app: Litestar):
    await turn_on(ana)
    window = Visitor(app)
    fields = {"email": ana.email, "password": PASSWORD, "following": "/groupes?page=2"}
    answer = await window.post("/connexion", fields)
    assert answer.headers["location"] == f"{SECOND}?suite=/groupes%3Fpage%3D2"
    page = await window.get(answer.headers["location"])
    assert 'name="following" value="/groupes?page=2"' in page.text
    for code in ("000000", "", "é" * 6, "12 34", "9" * 400):
        again = await window.post(SECOND, {"code": code, "following": "/groupes?page=2"})
        assert (again.status_code, WRONG in again.text) == (422, True)
    assert 'value="/groupes?page=2"' in again.text


async def test_codes_of_half_a_minute_around_are_taken_and_no_others(ana: Visitor, app: Litestar):
    phone = await turn_on(ana)
    start = clock.now() + timedelta(hours=1)
    taken = {}
    for later in (-2, -1, 0, 1, 2):
        # Each try an hour after the one before: nothing is used up or throttled.
        with clock.set_to(start + (later + 2) * timedelta(hours=1)):
            half = await half_way(app, ana.email)
            answer = await half.post(SECOND, {"code": phone.code(later)})
            taken[later] = answer.status_code == 303
    assert taken == {-2: False, -1: True, 0: True, 1: True, 2: False}


async def test_a_code_serves_once(ana: Visitor, app: Litestar):
    phone = await turn_on(ana)
    with clock.set_to(clock.now() + timedelta(minutes=1)):
        first, second = await half_way(app, ana.email), await half_way(app, ana.email)
        code, earlier = phone.code(), phone.code(-1)
        assert (await first.post(SECOND, {"code": code})).status_code == 303
        assert (await second.post(SECOND, {"code": code})).status_code == 422
        assert (await second.post(SECOND, {"code": earlier})).status_code == 422
        assert (await second.post(SECOND, {"code": phone.code(1)})).status_code == 303


async def test_the_code_typed_to_turn_it_on_does_not_sign_in(ana: Visitor, app: Litestar):
    phone = await turn_on(ana)
    half = await half_way(app, ana.email)
    assert (await half.post(SECOND, {"code": phone.code(-1)})).status_code == 422


async def test_a_half_sign_in_waits_ten_minutes(ana: Visitor, app: Litestar):
    phone = await turn_on(ana)
    half = await half_way(app, ana.email)
    with clock.set_to(clock.now() + timedelta(minutes=11)):
        assert (await half.get(SECOND)).headers["location"] == "/connexion"
        late = await half.post(SECOND, {"code": phone.code(), "garde-text-line": "Un mot gardé."})
        assert (late.status_code, "a trop attendu" in late.text) == (401, True)
        assert "Un mot gardé." in unescape(late.text)
        await jobs.sweep(settings())
    assert await SignIn.count().where(SignIn.second_due.eq(True)) == 0
    assert await SignIn.count() == 1


async def test_a_half_sign_in_is_on_no_list_and_ends_with_the_password(ana: Visitor, app: Litestar):
    phone = await turn_on(ana)
    half = await half_way(app, ana.email)
    assert (await ana.get("/compte/appareils")).text.count("/fin") == 1
    fields = {"password": PASSWORD, "new_password": "une autre phrase de passe"}
    assert (await ana.post("/compte/mot-de-passe", fields)).status_code == 303
    assert (await half.post(SECOND, {"code": phone.code()})).status_code == 401


async def test_what_was_being_written_survives_both_steps(ana: Visitor, app: Litestar):
    phone = await turn_on(ana)
    window, text = Visitor(app), "Porte fermée, je suis restée sur le palier."
    fields = {
        "email": ana.email,
        "password": PASSWORD,
        "following": "/carnet/vite",
        "garde-text-line": text,
    }
    asked = await window.post("/connexion", fields)
    assert (asked.status_code, text in unescape(asked.text)) == (200, True)
    wrong = await window.post(SECOND, {"code": "000000", "garde-text-line": text})
    assert (wrong.status_code, text in unescape(wrong.text)) == (422, True)
    sent = {"code": phone.code(), "following": "/carnet/vite", "garde-text-line": text}
    resumed = await window.post(SECOND, sent)
    assert (resumed.status_code, text in unescape(resumed.text)) == (200, True)
    assert 'action="/carnet/vite"' in resumed.text
    assert (await window.get("/compte")).status_code == 200


async def test_a_recovery_code_replaces_the_phone_once(ana: Visitor, app: Litestar):
    phone = await turn_on(ana)
    key = phone.keys[2].lower().replace("-", " ")
    half = await half_way(app, ana.email)
    wrong = await half.post(f"{SECOND}/cle", {"recovery_code": "7K3M-0VQ2-WX9A-4HTD-ZP6C"})
    assert (wrong.status_code, "elle a déjà servi" in wrong.text) == (422, True)
    answer = await half.post(f"{SECOND}/cle", {"recovery_code": key})
    assert answer.headers["location"] == "/compte/securite"
    page = unescape((await half.get("/compte/securite")).text)
    assert "Rayez cette clé" in page
    assert await SecondFactor.count() == 1
    assert await KeySlot.count().where(KeySlot.kind == "recovery") == 7
    other = await half_way(app, ana.email)
    assert (await other.post(f"{SECOND}/cle", {"recovery_code": key})).status_code == 422


async def test_turning_off_asks_no_code_any_more(ana: Visitor, app: Litestar):
    await turn_on(ana)
    for _ in range(2):  # A double click.
        assert (await ana.post(f"{PAGE}/fin")).headers["location"] == "/compte/securite"
    assert (await Visitor(app).sign_in(ana.email)).headers["location"] == "/"


async def test_nobody_turns_off_what_is_not_hers(ana: Visitor, boris: Visitor, app: Litestar):
    await turn_on(ana)
    await boris.post(f"{PAGE}/fin")
    await half_way(app, ana.email)


async def test_the_eleventh_try_is_too_much(ana: Visitor, app: Litestar):
    phone = await turn_on(ana)
    for _ in range(PER_ACCOUNT_AND_ADDRESS // 2):
        half = await half_way(app, ana.email)  # A right password forgives no code.
        for _ in range(2):
            assert (await half.post(SECOND, {"code": "000000"})).status_code == 422
    assert (await half.post(SECOND, {"code": phone.code()})).status_code == 429
    key = {"recovery_code": phone.keys[0]}
    assert (await half.post(f"{SECOND}/cle", key)).status_code == 429
    elsewhere = window_at(app, "10.0.0.9")
    await elsewhere.sign_in(ana.email)
    assert (await elsewhere.post(SECOND, {"code": phone.code()})).status_code == 303


async def test_fifty_codes_a_day_are_enough_and_a_recovery_code_still_helps(
    ana: Visitor, app: Litestar
):
    phone = await turn_on(ana)
    start = clock.now()
    for n in range(second_step.CODES_A_DAY // 10):
        with clock.set_to(start + n * timedelta(minutes=16)):
            half = await half_way(app, ana.email)
            for _ in range(10):
                assert (await half.post(SECOND, {"code": "000000"})).status_code == 422
    with clock.set_to(start + timedelta(hours=3)):
        half = await half_way(app, ana.email)
        assert (await half.post(SECOND, {"code": phone.code()})).status_code == 429
        answer = await half.post(f"{SECOND}/cle", {"recovery_code": phone.keys[0]})
        assert answer.status_code == 303


async def test_when_a_code_was_used_is_soon_forgotten(ana: Visitor):
    await turn_on(ana)
    await jobs.sweep(settings())
    assert [row["last_step"] > 0 for row in await SecondFactor.select()] == [True]
    with clock.set_to(clock.now() + timedelta(minutes=11)):
        await jobs.sweep(settings())
    assert [row["last_step"] for row in await SecondFactor.select()] == [0]


async def test_the_row_holds_a_sealed_box_of_one_size(ana: Visitor):
    phone = await turn_on(ana)
    [row] = await SecondFactor.select()
    assert len(row["box"]) == 512 + SEAL_OVERHEAD
    assert phone.secret.encode() not in row["box"]


async def test_what_somebody_put_in_the_row_lets_nobody_in(
    ana: Visitor, boris: Visitor, app: Litestar
):
    """A thief who can write copies his own sealed secret over hers."""
    await turn_on(ana)
    [hers] = await SecondFactor.select()
    theirs = await turn_on(boris)
    [his] = await SecondFactor.select().where(SecondFactor.account != hers["account"])
    await SecondFactor.update({SecondFactor.box: his["box"]}, force=True)
    half = await half_way(app, ana.email)
    assert (await half.post(SECOND, {"code": theirs.code()})).status_code == 422
