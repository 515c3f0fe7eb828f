from dataclasses import replace
from uuid import uuid4

import pytest
from nacl.bindings import crypto_scalarmult_base

from recul.vault import boxes, keys
from recul.vault.boxes import SEAL_OVERHEAD, STEPS, Unreadable, deposit
from recul.vault.opened import OpenVault, new_vault

TEXT = "Permanence. Colère, puis soulagement.".encode()


@pytest.fixture
def vault() -> OpenVault:
    return new_vault(uuid4())


def test_new_vaults_share_nothing() -> None:
    owner = uuid4()
    one, two = new_vault(owner), new_vault(owner)
    assert one.owner == two.owner == owner
    for name in ("id", "public_key", "data_key", "private_box"):
        assert getattr(one, name) != getattr(two, name)


def test_the_private_key_is_stored_sealed(vault: OpenVault) -> None:
    private = vault._private_key
    assert crypto_scalarmult_base(private) == vault.public_key
    assert private not in vault.private_box
    assert vault.data_key not in vault.private_box


def test_an_entry_opens_in_its_own_row_only(vault: OpenVault) -> None:
    row, other_row = uuid4(), uuid4()
    box = vault.seal_entry(row, TEXT)
    assert vault.open_entry(row, box) == TEXT
    with pytest.raises(Unreadable):
        vault.open_entry(other_row, box)


def test_an_entry_opens_for_its_owner_only(vault: OpenVault) -> None:
    row = uuid4()
    box = vault.seal_entry(row, TEXT)
    same_key_other_owner = replace(vault, owner=uuid4())
    for other in (new_vault(vault.owner), new_vault(uuid4()), same_key_other_owner):
        with pytest.raises(Unreadable):
            other.open_entry(row, box)


def test_an_entry_is_bound_to_its_version(vault: OpenVault) -> None:
    row, key = uuid4(), keys.subkey(vault.data_key, "entry")
    place = vault.owner.bytes + row.bytes
    assert vault.open_entry(row, boxes.seal_padded(key, TEXT, place + b"\x01")) == TEXT
    with pytest.raises(Unreadable):
        vault.open_entry(row, boxes.seal_padded(key, TEXT, place + b"\x02"))


def test_the_same_entry_twice_gives_two_boxes_of_one_size(vault: OpenVault) -> None:
    row = uuid4()
    one, two = vault.seal_entry(row, TEXT), vault.seal_entry(row, TEXT + b" Fatigue.")
    assert one != vault.seal_entry(row, TEXT)
    assert len(one) == len(two) == STEPS[0] + SEAL_OVERHEAD


def test_a_deposit_opens_in_its_persons_vault_only(vault: OpenVault) -> None:
    box = deposit(vault.public_key, TEXT)
    assert vault.open_deposit(box) == TEXT
    with pytest.raises(Unreadable):
        new_vault(vault.owner).open_deposit(box)
    with pytest.raises(Unreadable):
        vault.open_entry(uuid4(), box)


def test_an_exchanged_public_key_is_noticed(vault: OpenVault) -> None:
    public, _ = keys.new_key_pair()
    with pytest.raises(Unreadable):
        replace(vault, public_key=public).open_deposit(deposit(public, TEXT))


def test_an_exchanged_private_box_is_noticed(vault: OpenVault) -> None:
    box = deposit(vault.public_key, TEXT)
    for altered in (new_vault(vault.owner).private_box, vault.private_box[:-1], b""):
        with pytest.raises(Unreadable):
            replace(vault, private_box=altered).open_deposit(box)


def test_the_month_index_is_blind_and_each_persons_own(vault: OpenVault) -> None:
    november = vault.month_index("2026-11")
    assert november == replace(vault).month_index("2026-11")
    assert len(november) == 16
    others = {
        november,
        vault.month_index("2026-12"),
        vault.month_index("2025-11"),
        new_vault(vault.owner).month_index("2026-11"),
        new_vault(uuid4()).month_index("2026-11"),
    }
    assert len(others) == 5


def test_a_keep_is_bound_to_name_version_and_owner(vault: OpenVault) -> None:
    box = vault.seal_keep("settings", TEXT, 7)
    assert vault.open_keep("settings", box, 7) == TEXT
    for name, version in [("settings", 6), ("settings", 8), ("draft", 7), ("setting", 7)]:
        with pytest.raises(Unreadable):
            vault.open_keep(name, box, version)
    with pytest.raises(Unreadable):
        replace(vault, owner=uuid4()).open_keep("settings", box, 7)
    with pytest.raises(Unreadable):
        vault.open_entry(uuid4(), box)


def test_a_keep_is_padded_and_never_twice_the_same(vault: OpenVault) -> None:
    one, two = vault.seal_keep("settings", b"{}", 1), vault.seal_keep("settings", TEXT * 9, 1)
    assert len(one) == len(two) == STEPS[0] + SEAL_OVERHEAD
    assert one != vault.seal_keep("settings", b"{}", 1)


def test_no_key_shows_when_a_vault_is_printed(vault: OpenVault) -> None:
    vault.open_deposit(deposit(vault.public_key, TEXT))
    vault.seal_entry(uuid4(), TEXT)
    printed = repr(vault) + str(vault)
    for secret in (vault.data_key, vault._private_key, vault._entry_key, vault._month_key):
        assert repr(secret)[2:-1] not in printed
        assert secret.hex() not in printed
    assert "data_key" not in printed


def test_ten_years_of_entries_derive_their_key_once(vault: OpenVault) -> None:
    row = uuid4()
    box = vault.seal_entry(row, TEXT)
    first = vault._entry_key
    assert vault.open_entry(row, box) == TEXT
    assert vault._entry_key is first
    assert vault._month_key is vault._month_key
    assert vault._private_key is vault._private_key
