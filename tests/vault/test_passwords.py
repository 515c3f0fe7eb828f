import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.bindings import crypto_pwhash_alg, crypto_pwhash_ALG_ARGON2ID13

from recul.vault.passwords import DEFAULT_COST, Cost, derive, normalise

FAST = Cost(memory_kib=64, passes=1)
SALT = bytes(range(16))


def test_the_default_cost_is_64_mib_three_passes_one_lane() -> None:
    assert Cost(memory_kib=64 * 1024, passes=3, lanes=1) == DEFAULT_COST


@pytest.mark.parametrize("cost", [Cost(64, 1), Cost(256, 2), DEFAULT_COST])
def test_libsodium_derives_the_same_argon2id_key(cost: Cost) -> None:
    password = "prendre-du-recul-2026"
    expected = crypto_pwhash_alg(
        32,
        password.encode(),
        SALT,
        cost.passes,
        cost.memory_kib * 1024,
        crypto_pwhash_ALG_ARGON2ID13,
    )
    assert derive(password, SALT, cost) == expected


def test_password_salt_and_each_parameter_change_the_key() -> None:
    made = [
        derive("prendre-du-recul", SALT, FAST),
        derive("Prendre-du-recul", SALT, FAST),
        derive("prendre-du-recul ", SALT, FAST),
        derive("prendre-du-recul\0", SALT, FAST),
        derive("prendre-du-recul", SALT[::-1], FAST),
        derive("prendre-du-recul", SALT, Cost(memory_kib=65, passes=1)),
        derive("prendre-du-recul", SALT, Cost(memory_kib=64, passes=2)),
        derive("prendre-du-recul", SALT, Cost(memory_kib=64, passes=1, lanes=2)),
    ]
    # 64 and 65 KiB are both rounded down to a multiple of 4 KiB, yet the figure is hashed in too.
    assert len(set(made)) == len(made)
    assert {len(key) for key in made} == {32}


@pytest.mark.parametrize(
    ("typed", "also_typed"),
    [
        ("été à Besançon", "e\u0301te\u0301 a\u0300 Besanc\u0327on"),
        ("ｒｅｃｕｌ", "recul"),
        ("ﬁn", "fin"),
    ],
)
def test_differently_composed_passwords_are_the_same(typed: str, also_typed: str) -> None:
    assert typed != also_typed
    assert derive(typed, SALT, FAST) == derive(also_typed, SALT, FAST)


def test_case_and_accents_still_count() -> None:
    assert len({normalise(text) for text in ("ete", "été", "Été", "ETE")}) == 4


@given(st.text())
def test_every_text_normalises_alike_in_each_form(text: str) -> None:
    forms = {normalise(unicodedata.normalize(form, text)) for form in ("NFC", "NFD", "NFKD")}
    assert forms == {normalise(text)}


def test_a_lone_surrogate_is_only_a_strange_password() -> None:
    assert derive("\ud800", SALT, FAST) != derive("\udfff", SALT, FAST)
