"""Hiding the length of a text: every plaintext is padded up to one of a few sizes."""

from recul.vault.errors import Unreadable

STEPS = (512, 1024, 2048, 4096)
"""Padded sizes in bytes; beyond the last one, its multiples."""

_END = b"\x80"


def padded_size(length: int) -> int:
    """The size on the steps that holds `length` bytes and the mark that ends them."""
    for step in STEPS:
        if length < step:
            return step
    return (length // STEPS[-1] + 1) * STEPS[-1]


def pad(plaintext: bytes) -> bytes:
    """ISO/IEC 7816-4: one byte 0x80, then zeros up to the step."""
    return (plaintext + _END).ljust(padded_size(len(plaintext)), b"\0")


def unpad(padded: bytes) -> bytes:
    """Undo `pad`; raises Unreadable when the mark is missing."""
    text, mark, zeros = padded.rpartition(_END)
    if not mark or zeros.strip(b"\0"):
        raise Unreadable
    return text
