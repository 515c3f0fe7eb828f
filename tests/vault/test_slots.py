from collections.abc import Callable
from itertools import pairwise
from uuid import uuid4

import pytest

from recul.vault import slots
from recul.vault.boxes import open_box
from recul.vault.codes import new_codes
from recul.vault.errors import Malformed, Unreadable, WrongSecret
from recul.vault.keys import new_data_key
from recul.vault.passwords import Cost, derive
from recul.vault.slots import (
    new_salt,
    unwrap_with_code,
    unwrap_with_passkey,
    unwrap_with_password,
    wrap_with_code,
    wrap_with_passkey,
    wrap_with_password,
)

FAST = Cost(memory_kib=64, passes=1)


def wrong(unwrap: Callable[..., bytes], *given: object) -> None:
    with pytest.raises(WrongSecret):
        unwrap(*given)


def test_a_password_slot_opens_with_that_password_only() -> None:
    vault, data_key, salt = uuid4(), new_data_key(), new_salt()
    box = wrap_with_password(derive("prendre-du-recul", salt, FAST), data_key, vault)
    assert data_key not in box
    assert unwrap_with_password(derive("prendre-du-recul", salt, FAST), box, vault) == data_key
    wrong(unwrap_with_password, derive("prendre-du-recu1", salt, FAST), box, vault)
    wrong(unwrap_with_password, derive("prendre-du-recul", new_salt(), FAST), box, vault)


def test_a_slot_serves_its_own_vault_only() -> None:
    vault, data_key, salt = uuid4(), new_data_key(), new_salt()
    password_key, [code] = new_data_key(), new_codes(1)
    by_password = wrap_with_password(password_key, data_key, vault)
    by_code = wrap_with_code(code, salt, data_key, vault)
    wrong(unwrap_with_password, password_key, by_password, uuid4())
    wrong(unwrap_with_code, code, salt, by_code, uuid4())


def test_each_code_opens_its_slot_and_no_other() -> None:
    vault, data_key = uuid4(), new_data_key()
    made = [(code, salt := new_salt(), wrap_with_code(code, salt, data_key, vault))
             for code in new_codes()]  # fmt: skip
    for code, salt, box in made:
        assert unwrap_with_code(code.lower().replace("-", " "), salt, box, vault) == data_key
        wrong(unwrap_with_code, code, new_salt(), box, vault)
    for (code, _, _), (_, salt, box) in pairwise(made):
        wrong(unwrap_with_code, code, salt, box, vault)


def test_a_passkey_opens_its_own_slot_only() -> None:
    vault, data_key, salt, secret = uuid4(), new_data_key(), new_salt(), new_data_key()
    box = wrap_with_passkey(secret, salt, data_key, vault, b"hers")
    assert unwrap_with_passkey(secret, salt, box, vault, b"hers") == data_key
    wrong(unwrap_with_passkey, new_data_key(), salt, box, vault, b"hers")
    wrong(unwrap_with_passkey, secret, new_salt(), box, vault, b"hers")
    wrong(unwrap_with_passkey, secret, salt, box, uuid4(), b"hers")
    wrong(unwrap_with_passkey, secret, salt, box, vault, b"another")
    for strange in (b"", secret[:-1], secret * 2, secret * 3):
        wrong(unwrap_with_passkey, strange, salt, box, vault, b"hers")


def test_a_slot_is_bound_to_its_kind() -> None:
    vault, data_key, salt = uuid4(), new_data_key(), new_salt()
    [code] = new_codes(1)
    box = wrap_with_code(code, salt, data_key, vault)
    key = slots._code_slot_key(code, salt)
    assert open_box(key, box, slots._aad("recovery", vault)) == data_key
    with pytest.raises(Unreadable):
        open_box(key, box, slots._aad("password", vault))


@pytest.mark.parametrize("at", [0, 1, 24, 25, 40, -17, -1])
def test_an_altered_slot_is_a_wrong_secret(at: int) -> None:
    vault, password_key = uuid4(), new_data_key()
    box = bytearray(wrap_with_password(password_key, new_data_key(), vault))
    box[at] ^= 1
    wrong(unwrap_with_password, password_key, bytes(box), vault)
    wrong(unwrap_with_password, password_key, b"", vault)


def test_what_cannot_be_a_code_is_malformed() -> None:
    with pytest.raises(Malformed):
        unwrap_with_code("mon code", new_salt(), b"", uuid4())


def test_salts_are_16_random_bytes() -> None:
    salts = {new_salt() for _ in range(50)}
    assert len(salts) == 50
    assert {len(salt) for salt in salts} == {16}
