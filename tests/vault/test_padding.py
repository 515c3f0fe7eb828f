import pytest
from hypothesis import given
from hypothesis import strategies as st

from recul.vault.boxes import STEPS, Unreadable, pad, unpad


@given(st.binary(max_size=20_000))
def test_what_is_padded_comes_back(text: bytes) -> None:
    assert unpad(pad(text)) == text


@given(st.binary(max_size=3), st.integers(0, 20_000))
def test_padded_sizes_are_always_on_the_steps(filling: bytes, length: int) -> None:
    size = len(pad((filling or b"a") * length))
    assert size in STEPS or size % 4096 == 0


@pytest.mark.parametrize(
    ("length", "size"),
    [
        (0, 512), (1, 512), (511, 512),
        (512, 1024), (1023, 1024),
        (1024, 2048), (2047, 2048),
        (2048, 4096), (4095, 4096),
        (4096, 8192), (8191, 8192),
        (8192, 12288), (12287, 12288), (12288, 16384),
    ],
)  # fmt: skip
def test_each_step_is_filled_before_the_next(length: int, size: int) -> None:
    assert len(pad(b"a" * length)) == size


@pytest.mark.parametrize("text", [b"\x80", b"\0", b"\x80\0\0", b"\0\x80", b"a\x80" + b"\0" * 600])
def test_a_text_that_looks_like_padding_comes_back(text: bytes) -> None:
    assert unpad(pad(text)) == text


@pytest.mark.parametrize("padded", [b"", b"\0" * 512, b"a" * 512, pad(b"a") + b"\1"])
def test_padding_without_its_mark_is_unreadable(padded: bytes) -> None:
    with pytest.raises(Unreadable):
        unpad(padded)
