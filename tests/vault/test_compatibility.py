"""Values made once: if one fails, journals written before can no longer be opened."""

from uuid import UUID

from recul.vault.boxes import open_box
from recul.vault.keys import subkey
from recul.vault.opened import OpenVault
from recul.vault.sign_in_key import hash_token
from recul.vault.slots import unwrap_with_code, unwrap_with_passkey

KEY = bytes(range(32))
SOMEBODY = UUID(int=1)


def test_a_box_of_the_first_version_opens() -> None:
    box = (
        "014abfa76b1d8a59c2b88e77f95b76422a93b04acdc2ab"
        "48fa6d667905175e9e597e661526369711fe6e018cdd94"
    )
    assert open_box(KEY, bytes.fromhex(box), b"here") == b"recul"


def test_a_recovery_slot_of_the_first_version_opens() -> None:
    box = (
        "01135aa9119cc7e94762c00e2bb905d6bca6b93987cb29266931eaef4da780b0df069a107"
        "e3f31866d8edb79bcb314f2fa9ac21db76abc7b2e0e156130d2079a43f83b7aa4fd1857c2"
    )
    code = "7K3M-0VQ2-WX9A-41TD-ZP6C"
    assert unwrap_with_code(code, bytes(16), bytes.fromhex(box), SOMEBODY) == KEY


def test_a_passkey_slot_of_the_first_version_opens() -> None:
    box = (
        "01417c2548f4e495cb9ca9d2bf02c6c5b72e7158322ff17e963e403810c629f68ae87af98"
        "7b6e02f344922e08b3e1a05685244f21a32a2a169fe18798e7134f4cc6771ceadf7ae605a"
    )
    opened = unwrap_with_passkey(KEY[::-1], bytes(16), bytes.fromhex(box), SOMEBODY, b"hers")
    assert opened == KEY


def test_derived_values_stay_the_same() -> None:
    vault = OpenVault(SOMEBODY, SOMEBODY, b"", KEY, b"")
    assert vault.month_index("2026-11").hex() == "9a1cbdfe5b7402ffaf804aa6f9fb47be"
    assert vault._entry_key == subkey(KEY, "entry")
    assert vault._month_key == subkey(KEY, "month")
    assert vault._keep_key == subkey(KEY, "keep")
    assert hash_token(KEY).hex() == (
        "48fbaa550ad912d154ac9ce06f18e598f59e50c469480665a3786c29cd19753d"
    )
