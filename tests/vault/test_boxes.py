import pytest
from hypothesis import given
from hypothesis import strategies as st

from recul.vault.boxes import (
    DEPOSIT_OVERHEAD,
    SEAL_OVERHEAD,
    STEPS,
    Unreadable,
    deposit,
    open_box,
    open_deposit,
    open_padded,
    seal,
    seal_padded,
)
from recul.vault.keys import new_data_key, new_key_pair

KEY = bytes(range(32))
PUBLIC, PRIVATE = new_key_pair()
TEXT = "Visite à domicile, débordante.".encode()


def flipped(box: bytes, at: int, bit: int = 0) -> bytes:
    return box[:at] + bytes([box[at] ^ 1 << bit]) + box[at + 1 :]


@given(st.binary(max_size=5_000), st.binary(max_size=60))
def test_what_is_sealed_comes_back(text: bytes, aad: bytes) -> None:
    assert open_box(KEY, seal(KEY, text, aad), aad) == text
    assert open_padded(KEY, seal_padded(KEY, text, aad), aad) == text


def test_a_box_opens_only_with_its_key_and_its_place() -> None:
    box = seal(KEY, TEXT, b"here")
    assert open_box(KEY, box, b"here") == TEXT
    for key, aad in [(new_data_key(), b"here"), (KEY, b"there"), (KEY, b""), (KEY, b"here ")]:
        with pytest.raises(Unreadable):
            open_box(key, box, aad)


def test_every_altered_byte_is_noticed() -> None:
    box = seal(KEY, TEXT, b"here")
    for at in range(len(box)):
        with pytest.raises(Unreadable):
            open_box(KEY, flipped(box, at, at % 8), b"here")


def test_cut_or_lengthened_boxes_are_unreadable() -> None:
    box = seal(KEY, TEXT, b"here")
    for altered in [*(box[:end] for end in range(len(box))), box + b"\0", box[1:], b"\0" + box]:
        with pytest.raises(Unreadable):
            open_box(KEY, altered, b"here")


@given(st.binary(max_size=200))
def test_any_bytes_are_unreadable_rather_than_an_error(garbage: bytes) -> None:
    for box in (garbage, b"\x01" + garbage):
        with pytest.raises(Unreadable):
            open_box(KEY, box, b"")
        with pytest.raises(Unreadable):
            open_deposit(PUBLIC, PRIVATE, box)


def test_the_same_text_gives_another_box_each_time_and_shows_in_none() -> None:
    public, _ = new_key_pair()
    boxes = [seal_padded(KEY, TEXT, b"here") for _ in range(20)]
    deposits = [deposit(public, TEXT) for _ in range(20)]
    assert len(set(boxes)) == len(set(deposits)) == 20
    assert len({box[1:25] for box in boxes}) == 20
    assert not any(TEXT[:8] in box for box in boxes + deposits)


def test_the_format_comes_first_and_the_sizes_tell_only_the_step() -> None:
    public, _ = new_key_pair()
    for length in [0, 1, 500, 511, 512, 3_000, 4_096, 9_000]:
        box, left = seal_padded(KEY, b"a" * length, b""), deposit(public, b"a" * length)
        assert box[:1] == left[:1] == b"\x01"
        size = len(box) - SEAL_OVERHEAD
        assert size == len(left) - DEPOSIT_OVERHEAD
        assert size in STEPS or size % 4096 == 0


def test_a_padded_box_is_not_an_unpadded_one() -> None:
    with pytest.raises(Unreadable):
        open_padded(KEY, seal(KEY, TEXT, b"here"), b"here")


def test_a_deposit_opens_only_with_the_private_key() -> None:
    public, private = new_key_pair()
    other_public, other_private = new_key_pair()
    box = deposit(public, TEXT)
    assert open_deposit(public, private, box) == TEXT
    for pair in [
        (other_public, other_private),
        (public, other_private),
        (other_public, private),
        (public, public),
    ]:
        with pytest.raises(Unreadable):
            open_deposit(*pair, box)


def test_every_altered_byte_of_a_deposit_is_noticed() -> None:
    public, private = new_key_pair()
    box = deposit(public, TEXT)
    for at in range(len(box)):
        with pytest.raises(Unreadable):
            open_deposit(public, private, flipped(box, at, at % 8))
