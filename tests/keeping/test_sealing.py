"""A sealed stream: whole, in its order, and silent about what is in it."""

from io import BytesIO
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recul.keeping.refusals import Damaged
from recul.keeping.sealing import CHUNK, SEALED_CHUNK, Sealer, opened

KEY, ABOUT = b"k" * 32, b"about"
START = len(ABOUT) + 24
LONG = bytes(range(256)) * (5 * CHUNK // 512)


def sealed(*parts: bytes, key: bytes = KEY) -> bytes:
    file = BytesIO()
    sealer = Sealer(file, key, ABOUT)
    for part in parts:
        sealer.write(part)
    sealer.end()
    return file.getvalue()


def unsealed(content: bytes, key: bytes = KEY, about: bytes = ABOUT) -> bytes:
    return b"".join(opened(BytesIO(content[len(ABOUT) :]), key, about))


SIZES = (0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK - 1, 2 * CHUNK)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("end", [b"", b"\0", b"\x80", b"\x80\0\0", b"x"])
def test_there_and_back(size: int, end: bytes):
    content = b"\x80" * size + end
    assert unsealed(sealed(content)) == content


def test_sizes_tell_a_number_of_chunks_only():
    found = {len(sealed(b"x" * size)) - START for size in (0, 1, 600, CHUNK - 1)}
    assert found == {SEALED_CHUNK}
    assert len(sealed(b"x" * CHUNK)) - START == 2 * SEALED_CHUNK


def test_the_same_twice_is_unlike():
    one, other = sealed(LONG), sealed(LONG)
    assert one != other
    assert LONG[:64] not in one


@given(st.integers(len(ABOUT), len(sealed(LONG)) - 1), st.integers(0, 7))
def test_no_bit_can_be_changed(place: int, bit: int):
    content = bytearray(sealed(LONG))
    content[place] ^= 1 << bit
    with pytest.raises(Damaged):
        unsealed(bytes(content))


@given(st.integers(len(ABOUT), len(sealed(LONG)) - 1))
def test_it_cannot_be_cut(length: int):
    with pytest.raises(Damaged):
        unsealed(sealed(LONG)[:length])


def chunks(content: bytes) -> list[bytes]:
    return [content[at : at + SEALED_CHUNK] for at in range(START, len(content), SEALED_CHUNK)]


def test_chunks_cannot_be_moved_left_out_or_doubled():
    content = sealed(LONG)
    head, parts = content[:START], chunks(content)
    assert unsealed(head + b"".join(parts)) == LONG
    for number, (one, other) in enumerate(pairwise(parts)):
        before, after = parts[:number], parts[number + 2 :]
        for wrong in ([other, one], [one], [other], [one, one, other], [one, other, other]):
            with pytest.raises(Damaged):
                unsealed(head + b"".join([*before, *wrong, *after]))


def test_chunks_of_another_file_do_not_fit():
    ours, theirs = chunks(sealed(LONG)), chunks(sealed(LONG))
    head = sealed(LONG)[:START]
    for parts in (theirs, [ours[0], *theirs[1:]]):
        with pytest.raises(Damaged):
            unsealed(head + b"".join(parts))


def test_another_key_or_beginning_opens_nothing():
    with pytest.raises(Damaged, match="does not open"):
        unsealed(sealed(LONG), key=b"K" * 32)
    with pytest.raises(Damaged, match="does not open"):
        unsealed(sealed(LONG), about=b"About")


def test_nothing_may_be_added():
    with pytest.raises(Damaged, match="added"):
        unsealed(sealed(LONG) + b"\0")
