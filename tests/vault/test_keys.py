from nacl.bindings import crypto_scalarmult_base

from recul.vault.keys import new_data_key, new_key_pair, subkey


def test_data_keys_are_32_random_bytes() -> None:
    made = {new_data_key() for _ in range(50)}
    assert len(made) == 50
    assert {len(key) for key in made} == {32}


def test_a_subkey_depends_on_key_and_purpose_only() -> None:
    key, other = b"k" * 32, b"o" * 32
    made = {subkey(key, "entry"), subkey(key, "month"), subkey(other, "entry"), key}
    assert len(made) == 4
    assert subkey(key, "entry") == subkey(key, "entry")
    assert {len(each) for each in made} == {32}


def test_subkeys_never_change_between_versions_of_recul() -> None:
    # Another value here means that no journal written before can be opened.
    known = "0aa43560897d05ee08ca505a0649b77a24b4d4254a4078047d659d760d6d7bda"
    assert subkey(bytes(range(32)), "entry").hex() == known


def test_a_pair_is_the_public_key_then_its_private_key() -> None:
    public, private = new_key_pair()
    assert crypto_scalarmult_base(private) == public
    assert new_key_pair() != (public, private)
