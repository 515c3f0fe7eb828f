"""What reading a file to import gives back, and how moments already there are recognised."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC
from hashlib import blake2b

from recul.journal.keep import EMPTY, Keep
from recul.journal.moments import Moment, encode
from recul.words import N_

MOST_BYTES = 16 * 1024 * 1024
MOST_MOMENTS = 20_000
LONGEST_TEXT = 20_000
# Controls but tabs and line ends; lone surrogates, which no database stores.
_UNTYPABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


class ImportFailed(ValueError):
    """Nothing of the file can be imported. `message` is a French sentence with `values`."""

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message % values)
        self.message = message
        self.values = values


@dataclass(frozen=True, slots=True)
class Problem:
    """One moment that cannot be read: a French sentence, and the values it names."""

    message: str
    values: dict[str, object]


@dataclass(frozen=True, slots=True)
class ParsedImport:
    """Moments in the file's order. `left_out` counts those that said nothing.

    `moods` are Daylio's mood names, most frequent first; `keep` comes with our own JSON.
    """

    moments: tuple[Moment, ...]
    problems: tuple[Problem, ...] = ()
    left_out: int = 0
    moods: tuple[str, ...] = ()
    keep: Keep = EMPTY


def checked_size(data: bytes) -> bytes:
    """The same bytes. Raises ImportFailed when there are too many."""
    if len(data) > MOST_BYTES:
        raise ImportFailed(
            N_("Ce fichier est trop grand : %(most)s Mo au plus."), most=MOST_BYTES // 1024**2
        )
    return data


def tidy_text(text: str) -> str:
    """Composed characters and plain line ends; nothing that no keyboard can type."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _UNTYPABLE.sub("", lines)).strip()


def fingerprint(moment: Moment) -> bytes:
    """Sixteen bytes that two moments share when they say the same at the same instant."""
    return _digest(
        Moment(
            at=moment.at.astimezone(UTC),
            workload=moment.workload,
            emotional_load=moment.emotional_load,
            recovery=moment.recovery,
            support=moment.support,
            feelings=tuple(sorted(set(moment.feelings))),
            contexts=tuple(sorted(set(moment.contexts))),
            template=moment.template,
            sections=_sections(moment),
            small_win=moment.small_win,
        )
    )


def loose_fingerprint(moment: Moment) -> bytes:
    """The same for wall time, tags and texts only, whatever the scales and offset.

    Daylio's file has no offset, and its moods can be mapped otherwise the second time.
    """
    return _digest(
        Moment(
            at=moment.at.replace(tzinfo=UTC),
            contexts=tuple(sorted(set(moment.contexts))),
            sections=_sections(moment),
        )
    )


def new_ones(
    moments: Iterable[Moment],
    existing: Iterable[Moment],
    same: Callable[[Moment], bytes] = fingerprint,
) -> list[Moment]:
    """Those that are not there yet, each once: importing a file twice adds nothing."""
    known = {same(moment) for moment in existing}
    new = {same(moment): moment for moment in reversed(list(moments))}
    return [moment for mark, moment in reversed(new.items()) if mark not in known]


def _sections(moment: Moment) -> tuple[tuple[str, str], ...]:
    tidied = ((key, tidy_text(text)) for key, text in moment.sections)
    return tuple((key, text) for key, text in tidied if text)


def _digest(moment: Moment) -> bytes:
    return blake2b(encode(moment), digest_size=16).digest()
