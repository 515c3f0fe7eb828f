"""From a typed password to a 32-byte key."""

import unicodedata
from dataclasses import dataclass

from argon2.low_level import ARGON2_VERSION, Type, hash_secret_raw

KEY_SIZE = 32


@dataclass(frozen=True, slots=True)
class Cost:
    """What one Argon2id derivation takes; stored with each slot so that it can grow later."""

    memory_kib: int
    passes: int
    lanes: int = 1


DEFAULT_COST = Cost(65536, 3)


def normalise(password: str) -> bytes:
    """The bytes to derive from: the same whether a keyboard composes its accents or not.

    Lone surrogates are kept rather than refused: a strange password is a wrong one, not an error.
    """
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")


def derive(password: str, salt: bytes, cost: Cost) -> bytes:
    """The 32-byte key of a password. Slow on purpose and blocking: call it in a thread."""
    return hash_secret_raw(
        secret=normalise(password),
        salt=salt,
        time_cost=cost.passes,
        memory_cost=cost.memory_kib,
        parallelism=cost.lanes,
        hash_len=KEY_SIZE,
        type=Type.ID,
        version=ARGON2_VERSION,
    )
