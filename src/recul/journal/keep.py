"""What a journal keeps besides its moments: own words, and what restores the person."""

import json
from dataclasses import asdict, dataclass, replace

MOST_WORDS = 60
MOST_LINES = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Keep:
    """Sealed as one box. Each list is in the order in which the person will see it."""

    own_feelings: tuple[str, ...] = ()
    own_contexts: tuple[str, ...] = ()
    restores: tuple[str, ...] = ()

    def with_words(self, feelings: tuple[str, ...], contexts: tuple[str, ...]) -> "Keep":
        """With words added that were not there; the oldest go when there are too many."""
        return replace(
            self,
            own_feelings=_added(self.own_feelings, feelings),
            own_contexts=_added(self.own_contexts, contexts),
        )

    def merged(self, other: "Keep") -> "Keep":
        """With what another journal of the same person kept."""
        with_words = self.with_words(other.own_feelings, other.own_contexts)
        restores = tuple(dict.fromkeys([*self.restores, *other.restores]))[:MOST_LINES]
        return replace(with_words, restores=restores)

    def encode(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False).encode()

    @classmethod
    def decode(cls, stored: bytes) -> "Keep":
        return cls(**{name: tuple(words) for name, words in json.loads(stored).items()})


EMPTY = Keep()


def _added(known: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*known, *more]))[-MOST_WORDS:]
