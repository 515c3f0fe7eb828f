"""Passkeys, from the first to the last: added, asked for, opening, refused, removed."""

import json
from datetime import timedelta
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from litestar import Litestar
from tests.accounts import passkey_steps as steps
from tests.accounts.authenticator import Authenticator, decoded, encoded
from tests.accounts.passkey_steps import (
    CONFIRM,
    NEW,
    OPEN,
    SECOND,
    SIGN_IN,
    add,
    asked,
    authenticator,
    half_way,
    options_in,
    refused,
    send,
    use,
)
from tests.visitors import PASSWORD, Visitor

from recul import clock
from recul.accounts.actions import vaults
from recul.accounts.tables import KeySlot, Passkey, SignIn, Vault
from recul.database import all_tables, recorded_statements
from recul.vault.errors import WrongSecret
from recul.vault.opened import new_vault
from recul.vault.slots import unwrap_with_passkey

UNKNOWN = "Cette clé d’accès n’a pas été reconnue ici."
STALE = "Un peu trop de temps a passé"
COPIED = "elle a peut-être été copiée"
OPENS_NOTHING = "ne sait pas ouvrir votre carnet"


@pytest.fixture
async def token(app: Litestar) -> Authenticator:
    return authenticator(app)


@pytest.fixture
async def keyed(ana: Visitor, token: Authenticator) -> Visitor:
    """Ana, with a passkey that opens her journal."""
    await steps.with_codes(ana)
    answer = await add(ana, token)
    assert (answer.status_code, answer.headers.get("location")) == (303, "/compte/cles-d-acces")
    return ana


async def open_now(visitor: Visitor) -> bool:
    return (await visitor.get("/carnet")).status_code == 200


async def locked(visitor: Visitor) -> Visitor:
    await visitor.post("/carnet/verrou")
    assert not await open_now(visitor)
    return visitor


# ------------------------------------------------------------------------------ one good way


async def test_a_new_passkey_is_listed_under_the_name_that_only_its_person_reads(keyed: Visitor):
    assert "Téléphone" in (await keyed.get("/compte/cles-d-acces")).text
    assert "ouvre aussi votre carnet" in (await keyed.get("/compte/cles-d-acces")).text
    [row] = await Passkey.select()
    assert b"phone" not in b"".join(value for value in row.values() if isinstance(value, bytes))
    shown = (await (await locked(keyed)).get("/compte/cles-d-acces")).text
    assert "Téléphone" not in shown
    assert "Clé d’accès 1" in shown


async def test_it_is_asked_for_after_the_password(keyed: Visitor, token: Authenticator, app):
    window = await half_way(app, keyed)
    assert not await open_now(window)
    answer = await use(window, token, SECOND, following="/carnet")
    assert (answer.status_code, answer.headers["location"]) == (303, "/carnet")
    assert await open_now(window)


async def test_as_second_step_its_presence_is_enough(keyed: Visitor, token: Authenticator, app):
    token.verifies = False
    assert (await use(await half_way(app, keyed), token, SECOND)).status_code == 303


async def test_it_opens_the_journal(keyed: Visitor, token: Authenticator):
    await locked(keyed)
    answer = await use(keyed, token, OPEN, following="/carnet")
    assert (answer.status_code, answer.headers["location"]) == (303, "/carnet")
    assert await open_now(keyed)


async def test_it_lets_in_alone(keyed: Visitor, token: Authenticator, app):
    window = Visitor(app)
    answer = await use(window, token, SIGN_IN, following="/carnet")
    assert (answer.status_code, answer.headers["location"]) == (303, "/carnet")
    assert await open_now(window)
    assert (await asked(Visitor(app), SIGN_IN))["allowCredentials"] == []


async def test_it_is_a_fresh_proof(keyed: Visitor, token: Authenticator):
    with clock.set_to(clock.now() + timedelta(minutes=12)):
        assert (await keyed.get(NEW)).headers["location"].startswith("/compte/confirmer?suite=")
        answer = await use(keyed, token, CONFIRM, following=NEW)
        assert (answer.status_code, answer.headers["location"]) == (303, NEW)
        assert (await keyed.get(NEW)).status_code == 200


async def test_removed_it_opens_nothing_and_the_password_is_enough_again(
    keyed: Visitor, token: Authenticator, app
):
    [passkey] = await Passkey.select(Passkey.id).output(as_list=True)
    answer = await keyed.post(f"/compte/cles-d-acces/{passkey}/retrait")
    assert answer.headers["location"] == "/compte/cles-d-acces"
    assert await Passkey.count() == await KeySlot.count().where(KeySlot.kind == "passkey") == 0
    refused(await use(await locked(keyed), token, OPEN), UNKNOWN)
    refused(await use(Visitor(app), token, SIGN_IN), UNKNOWN)
    assert (await Visitor(app).sign_in(keyed.email)).headers["location"] == "/"
    await keyed.post("/compte/confirmer", {"password": PASSWORD})
    assert (await keyed.post(f"/compte/cles-d-acces/{passkey}/retrait")).status_code == 404


# ------------------------------------------------------------- authenticators that know less


async def test_without_a_secret_it_is_a_second_step_and_no_more(ana: Visitor, app):
    token = authenticator(app, prf=False)
    await steps.with_codes(ana)
    assert (await add(ana, token)).status_code == 303
    assert await KeySlot.count().where(KeySlot.kind == "passkey") == 0
    assert (await use(await half_way(app, ana), token, SECOND)).status_code == 303
    refused(await use(Visitor(app), token, SIGN_IN), OPENS_NOTHING)
    refused(await use(await locked(ana), token, OPEN), OPENS_NOTHING)
    assert not await open_now(ana)


async def test_one_that_computes_only_in_use_may_open_the_journal_later(ana: Visitor, app):
    token = authenticator(app, prf_at_creation=False)
    await steps.with_codes(ana)
    await add(ana, token)
    [passkey] = await Passkey.select(Passkey.id).output(as_list=True)
    page = f"/compte/cles-d-acces/{passkey}"
    assert "n’ouvre pas encore votre carnet" in unescape((await ana.get(page)).text)
    answer = await send(ana, page + "/carnet", token.get(await options_in(ana, page)))
    assert (answer.status_code, answer.headers.get("location")) == (303, "/compte/cles-d-acces")
    assert (await use(await locked(ana), token, OPEN)).status_code == 303
    assert await open_now(ana)


async def test_nobody_verified_means_no_slot_no_proof_and_no_door(ana: Visitor, app):
    token = authenticator(app, verifies=False)
    await steps.with_codes(ana)
    made = token.create(await options_in(ana, NEW))
    answer = await send(ana, NEW, made | {"secret": encoded(b"s" * 32)}, name="Clé")
    assert answer.status_code == 303
    assert await KeySlot.count().where(KeySlot.kind == "passkey") == 0
    refused(await use(ana, token, CONFIRM), UNKNOWN)
    refused(await use(Visitor(app), token, SIGN_IN), UNKNOWN)
    refused(await use(await locked(ana), token, OPEN), UNKNOWN)


async def test_one_that_always_counts_nothing_is_welcome(keyed: Visitor, app):
    token = authenticator(app, counts=False)
    await add(keyed, token)
    for _ in range(3):
        assert (await use(await half_way(app, keyed), token, SECOND)).status_code == 303


# ------------------------------------------------------------------------------- what is refused


async def test_an_answer_serves_once(keyed: Visitor, token: Authenticator, app):
    window = await half_way(app, keyed)
    answer = token.get(await asked(window, SECOND))
    assert (await send(window, SECOND, answer)).status_code == 303
    await locked(keyed)
    given = token.get(await asked(keyed, OPEN))
    assert (await send(keyed, OPEN, given)).status_code == 303
    refused(await send(await locked(keyed), OPEN, given), STALE)
    assert not await open_now(keyed)


async def test_an_answer_serves_its_sign_in_and_its_door(keyed: Visitor, token, app):
    one, other = await half_way(app, keyed), await half_way(app, keyed)
    refused(await send(other, SECOND, token.get(await asked(one, SECOND))), STALE)
    await locked(keyed)
    refused(await send(keyed, OPEN, token.get(await asked(keyed, CONFIRM))), STALE)
    refused(await send(keyed, OPEN, token.get(await asked(one, SIGN_IN))), STALE)
    forged = (await asked(keyed, OPEN)) | {"challenge": encoded(b"x" * 48)}
    refused(await send(keyed, OPEN, token.get(forged)), STALE)
    assert not await open_now(keyed)


async def test_an_answer_that_waited_too_long_is_asked_for_again(keyed: Visitor, token):
    options = await asked(await locked(keyed), OPEN)
    with clock.set_to(clock.now() + timedelta(minutes=11)):
        refused(await send(keyed, OPEN, token.get(options)), STALE)
        assert (await use(keyed, token, OPEN)).status_code == 303


@pytest.mark.parametrize(
    "elsewhere", [{"origin": "https://ailleurs.test"}, {"domain": "ailleurs.test"}], ids=str
)
async def test_another_site_opens_nothing(keyed: Visitor, token, app, elsewhere: dict[str, str]):
    for name, value in elsewhere.items():
        setattr(token, name, value)
    refused(await use(await half_way(app, keyed), token, SECOND), UNKNOWN)
    refused(await use(Visitor(app), token, SIGN_IN), UNKNOWN)
    refused(await use(await locked(keyed), token, OPEN), UNKNOWN)
    refused(await add(await opened(keyed), token), UNKNOWN)
    assert await Passkey.count() == 1


async def opened(visitor: Visitor) -> Visitor:
    await visitor.post("/carnet/ouvrir", {"password": PASSWORD})
    return visitor


async def test_the_host_that_a_request_names_changes_nothing(keyed: Visitor):
    options = await keyed.get(SIGN_IN, host="ailleurs.test", accept="application/json")
    assert options.json()["rpId"] == "127.0.0.1"


async def test_whoever_comes_to_a_door_without_the_script_is_led_to_its_page(keyed: Visitor, app):
    for visitor, door in ((keyed, OPEN), (keyed, CONFIRM), (await half_way(app, keyed), SECOND)):
        answer = await visitor.get(door)
        page = door.removesuffix("/cle-d-acces")
        assert (answer.status_code, answer.headers["location"]) == (303, page)


async def test_a_passkey_of_another_account_opens_nothing(
    keyed: Visitor, token: Authenticator, boris: Visitor, app
):
    his = authenticator(app)
    await steps.with_codes(boris)
    await add(boris, his)
    await locked(keyed)
    refused(await use(keyed, his, OPEN), UNKNOWN)
    refused(await use(keyed, his, CONFIRM), UNKNOWN)
    refused(await use(await half_way(app, keyed), his, SECOND), UNKNOWN)
    # What his authenticator computed, sent with hers.
    hers = token.get(await asked(keyed, OPEN))
    crossed = hers | {"secret": his.get(await asked(boris, OPEN))["secret"]}
    refused(await send(keyed, OPEN, crossed), OPENS_NOTHING)
    # Hers, said to be kept for him.
    hers = token.get(await asked(keyed, OPEN))
    handle = {"user": encoded(his.held[0].user)}
    refused(await send(keyed, OPEN, hers | handle), UNKNOWN)
    assert not await open_now(keyed)
    [passkey] = (
        await Passkey.select(Passkey.id)
        .where(Passkey.credential_id == token.held[0].id)
        .output(as_list=True)
    )
    page = f"/compte/cles-d-acces/{passkey}"
    assert (await boris.get(page)).status_code == 404
    assert (await boris.post(page + "/retrait")).status_code == 404
    assert (await boris.post(page + "/carnet")).status_code == 404
    assert await Passkey.count() == 2


async def test_one_that_is_known_is_not_added_twice(
    keyed: Visitor, token: Authenticator, boris: Visitor
):
    options = await options_in(keyed, NEW)
    assert [each["id"] for each in options["excludeCredentials"]] == [encoded(token.held[0].id)]
    await steps.with_codes(boris)
    for visitor in (keyed, boris):
        made = token.create(await options_in(visitor, NEW))
        twin = decoded(made["attestation"]).replace(token.held[-1].id, token.held[0].id)
        answer = await send(visitor, NEW, made | {"attestation": encoded(twin)}, name="Deux")
        refused(answer, "Cet appareil a déjà une clé d’accès ici.")
    assert await Passkey.count() == 1


async def test_a_count_that_goes_back_is_refused_and_noted(keyed: Visitor, token, app):
    copy = authenticator(app, held=list(token.held))
    assert (await use(await half_way(app, keyed), token, SECOND)).status_code == 303
    token.held[0].count = 0
    window = await half_way(app, keyed)
    refused(await use(window, copy, SECOND), COPIED)
    assert not await open_now(window)
    noted = unescape((await keyed.get("/compte/acces")).text)
    assert "Clé d’accès refusée" in noted
    assert "Clé d’accès ajoutée" in noted


async def test_ten_are_enough(ana: Visitor, app):
    await steps.with_codes(ana)
    for number in range(10):
        assert (await add(ana, authenticator(app), f"N° {number}")).status_code == 303
    refused(await add(ana, authenticator(app)), "Vous avez déjà dix clés d’accès.")
    assert await Passkey.count() == 10


async def test_a_passkey_has_a_name_and_what_was_typed_stays(ana: Visitor, token: Authenticator):
    await steps.with_codes(ana)
    refused(await send(ana, NEW, token.create(await options_in(ana, NEW)), name=" "), "un nom")
    answer = await ana.post(NEW, {"name": "Ma petite clé", "passkey": ""})
    refused(answer, UNKNOWN)
    assert 'value="Ma petite clé"' in answer.text


async def test_without_recovery_codes_there_is_no_passkey(ana: Visitor, token: Authenticator):
    assert "D’abord, vos clés de secours" in (await ana.get(NEW)).text
    await steps.with_codes(ana)
    made = token.create(await options_in(ana, NEW))
    await KeySlot.delete().where(KeySlot.kind == "recovery")
    assert (await send(ana, NEW, made, name="Trop tôt")).headers["location"] == NEW
    assert await Passkey.count() == 0


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "{",
        "[]",
        "null",
        '"x"',
        "[" * 15_000,
        "x" * 400_000,
        json.dumps({"client_data": "é", "attestation": 3, "credential": "A"}),
        json.dumps({"client_data": "AAAA", "attestation": "AAAA", "secret": "A" * 9000}),
        json.dumps({"credential": "AA", "client_data": "e30", "authenticator_data": "AA"}),
    ],
    ids=lambda sent: sent[:20],
)
async def test_whatever_is_sent_instead_is_answered_kindly(keyed: Visitor, app, sent: str):
    half = await half_way(app, keyed)
    [passkey] = await Passkey.select(Passkey.id).output(as_list=True)
    for visitor, path in (
        (keyed, NEW),
        (keyed, CONFIRM),
        (keyed, f"/compte/cles-d-acces/{passkey}/carnet"),
        (half, SECOND),
        (Visitor(app), SIGN_IN),
        (keyed, OPEN),
    ):
        refused(await visitor.post(path, {"passkey": sent, "name": "x"}), UNKNOWN)
    assert await Passkey.count() == 1


async def test_too_many_tries_are_too_many(keyed: Visitor, app):
    half, other = await half_way(app, keyed), authenticator(app)
    other.create({"challenge": "AAAA", "user": {"id": "AAAA"}})
    for _ in range(10):
        refused(await use(half, other, SECOND), UNKNOWN)
    assert (await use(half, other, SECOND)).status_code == 429


async def test_what_computes_the_secret_is_never_sent_back(keyed: Visitor, token: Authenticator):
    await keyed.post("/deconnexion")
    sent = {"passkey": json.dumps({"secret": "trahison"}), "text-line": "Gardé."}
    for path in (OPEN, CONFIRM):
        answer = await keyed.post(path, sent)
        assert answer.status_code == 401
        assert "trahison" not in answer.text


# --------------------------------------------------------------------------- vaults that change


async def test_a_changed_password_leaves_passkeys_as_they_are(keyed: Visitor, token, app):
    fields = {"password": PASSWORD, "new_password": "un tout autre long mot de passe"}
    assert (await keyed.post("/compte/mot-de-passe", fields)).status_code == 303
    assert await open_now(keyed)
    window = Visitor(app)
    assert (await use(window, token, SIGN_IN)).status_code == 303
    assert await open_now(window)


async def test_whoever_forgot_her_password_chooses_another_with_her_passkey(
    keyed: Visitor, token: Authenticator, app
):
    door, chosen = "/compte/mot-de-passe/cle-d-acces", "un tout autre long mot de passe"
    await locked(keyed)
    assert "Choisir un nouveau mot de passe" in unescape((await keyed.get(door)).text)
    refused(await use(keyed, token, door, new_password="court"), "Il faut au moins 12 caractères.")
    answer = await use(keyed, token, door, new_password=chosen)
    assert (answer.status_code, answer.headers.get("location")) == (303, "/compte")
    assert (await Visitor(app).sign_in(keyed.email)).status_code == 422
    assert (await Visitor(app).sign_in(keyed.email, chosen)).status_code == 303
    assert (await use(keyed, token, OPEN)).status_code == 303


async def test_without_the_passkey_the_password_stays(keyed: Visitor, boris: Visitor, app):
    door, chosen = "/compte/mot-de-passe/cle-d-acces", "un tout autre long mot de passe"
    refused(await keyed.post(door, {"new_password": chosen}), UNKNOWN)
    his = authenticator(app)
    await steps.with_codes(boris)
    await add(boris, his)
    refused(await use(keyed, his, door, new_password=chosen), UNKNOWN)
    assert (await Visitor(app).sign_in(keyed.email)).status_code == 303


async def test_what_was_typed_before_is_carried_through_both_steps(keyed: Visitor, token, app):
    window, text = Visitor(app), "Porte fermée, je suis restée sur le palier."
    fields = {"garde-text-line": text, "garde-nonce": "n", "following": "/carnet/vite"}
    half = await window.post("/connexion", {"email": keyed.email, "password": PASSWORD} | fields)
    assert text in unescape(half.text)
    resumed = await use(window, token, SECOND, **fields)
    assert resumed.status_code == 200
    assert text in unescape(resumed.text)
    assert 'action="/carnet/vite"' in resumed.text
    assert await open_now(window)


async def test_a_new_vault_begins_without_passkeys(keyed: Visitor, token, app):
    """Whoever starts anew has lost everything, her passkeys perhaps among it."""
    [old] = await Vault.select(Vault.id, Vault.owner)
    await vaults.replace(app.state.settings, old["owner"], "un tout autre long mot de passe")
    assert await Passkey.count() == await KeySlot.count().where(KeySlot.kind == "passkey") == 0
    refused(await use(Visitor(app), token, SIGN_IN), UNKNOWN)
    window = Visitor(app)
    answer = await window.sign_in(keyed.email, "un tout autre long mot de passe")
    assert answer.headers["location"] == "/"


async def test_a_slot_of_a_closed_vault_opens_nothing(keyed: Visitor, token, app):
    [old] = await Vault.select(Vault.id, Vault.owner)
    vault = new_vault(old["owner"])
    slot = await vaults.password_slot(app.state.settings, vault.id, vault.data_key, "un autre")
    await Vault.update({Vault.closed: True}, force=True)
    await vaults.store(vault, slot)
    refused(await use(Visitor(app), token, SIGN_IN), OPENS_NOTHING)


async def test_a_swapped_public_key_lets_no_passkey_in(keyed: Visitor, token, boris: Visitor, app):
    """Deposits would be sealed to whoever swapped it."""
    await Vault.update({Vault.public_key: uuid4().bytes * 2}, force=True)
    signed_in = await SignIn.count()
    assert (await use(Visitor(app), token, SIGN_IN)).status_code >= 400
    assert await SignIn.count() == signed_in


async def test_rows_alone_open_nothing(keyed: Visitor, token: Authenticator):
    """Whoever has the database has the public half of passkeys: it computes no secret."""
    await use(await locked(keyed), token, OPEN)
    secret = decoded(token.get(await asked(keyed, OPEN))["secret"])
    [slot] = await KeySlot.select().where(KeySlot.kind == "passkey")
    stored = [
        raw for table in all_tables() for row in await table.select() for raw in in_bytes(row)
    ]
    credential = token.held[0].id
    assert unwrap_with_passkey(secret, slot["salt"], slot["box"], slot["vault"], credential)
    assert any(credential in raw for raw in stored)
    assert not any(secret in raw or b"phone" in raw for raw in stored)
    for tried in {raw[at : at + 32] for raw in stored for at in range(len(raw) - 31)}:
        with pytest.raises(WrongSecret):
            unwrap_with_passkey(tried, slot["salt"], slot["box"], slot["vault"], credential)


def in_bytes(row: dict[str, Any]) -> list[bytes]:
    return [
        value if isinstance(value, bytes) else str(value).encode()
        for value in row.values()
        if value is not None
    ]


async def test_the_list_asks_as_much_for_one_as_for_three(keyed: Visitor, app):
    counts = []
    for _ in range(2):
        with recorded_statements() as ran:
            assert (await keyed.get("/compte/cles-d-acces")).status_code == 200
        counts.append(len(ran))
        await add(keyed, authenticator(app), "Une autre")
        await add(keyed, authenticator(app), "Une autre encore")
    assert counts[0] == counts[1] == 2


async def test_its_person_sees_her_rows_as_they_are_stored(keyed: Visitor):
    shown = unescape((await keyed.get("/ce-que-voit-l-administrateur")).text)
    assert "passkey" in shown
    assert "Téléphone" not in shown
