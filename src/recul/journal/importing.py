"""Reading our own JSON export back: strictly, with a sentence for each moment refused."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any, NoReturn

from recul.journal.contexts import context, normalise_own_tag
from recul.journal.exporting import FORMAT, VERSION
from recul.journal.keep import MOST_LINES, MOST_WORDS, Keep
from recul.journal.lexicon import feeling, normalise_own_word
from recul.journal.moments import DIMENSIONS, TEMPLATES, Moment
from recul.journal.own_words import tidy
from recul.journal.parsed import (
    LONGEST_TEXT,
    MOST_MOMENTS,
    ImportFailed,
    ParsedImport,
    Problem,
    checked_size,
    tidy_text,
)
from recul.journal.when import EARLIEST, fixed
from recul.words import N_

TOP_KEYS = {"format", "version", "exported_on", "entries"} | {
    "own_feelings",
    "own_contexts",
    "restores",
}
MOMENT_KEYS = {"at", *DIMENSIONS, "feelings", "contexts", "template", "sections", "small_win"}
MOST_OF_A_KIND = 100
MOST_SECTIONS = 20
LONGEST_KEY = 40


class _Refused(ValueError):
    """One moment is not as the schema says."""

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.values = values


def parse_json(data: bytes, now: datetime) -> ParsedImport:
    """The moments and word lists of an export. Raises ImportFailed when it is none.

    A moment that is not as the schema says is left out and told by its number in the file.
    """
    whole = _whole(checked_size(data))
    moments, problems, left_out = [], [], 0
    for number, fields in enumerate(whole["entries"], start=1):
        try:
            moment = _moment(fields, now)
        except _Refused as refused:
            problems.append(Problem(refused.message, {"number": number, **refused.values}))
            continue
        if moment.is_empty:
            left_out += 1
        else:
            moments.append(moment)
    return ParsedImport(tuple(moments), tuple(problems), left_out, keep=_keep(whole))


def _whole(data: bytes) -> dict[str, Any]:
    try:
        whole = json.loads(data.decode("utf-8-sig"), parse_constant=_no_constant)
    except json.JSONDecodeError as wrong:
        raise ImportFailed(
            N_(
                "Ce fichier n’est pas un export JSON de Recul, ou il est coupé à la ligne %(line)s."
            ),
            line=wrong.lineno,
        ) from None
    except (ValueError, RecursionError):
        raise ImportFailed(N_("Ce fichier n’est pas un export JSON de Recul.")) from None
    if not isinstance(whole, dict) or whole.get("format") != FORMAT:
        raise ImportFailed(N_("Ce fichier n’est pas un export JSON de Recul."))
    _check_version(whole.get("version"))
    for key in whole:
        if key not in TOP_KEYS:
            raise ImportFailed(
                N_("Ce fichier contient « %(key)s », que Recul ne connaît pas."), key=_shown(key)
            )
    entries = whole.get("entries")
    if not isinstance(entries, list):
        raise ImportFailed(N_("Ce fichier ne contient pas la liste des moments."))
    if len(entries) > MOST_MOMENTS:
        raise ImportFailed(
            N_("Ce fichier contient trop de moments : %(most)s au plus."), most=MOST_MOMENTS
        )
    return whole


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _check_version(version: object) -> None:
    if type(version) is not int or version < 1:
        raise ImportFailed(N_("Ce fichier ne dit pas de quelle version d’export il est."))
    if version > VERSION:
        raise ImportFailed(
            N_(
                "Ce fichier vient d’une version plus récente de Recul :"
                " il faut d’abord mettre celle-ci à jour."
            )
        )


def _keep(whole: dict[str, Any]) -> Keep:
    """Lists of words; whatever is not a word is passed over: the moments matter more."""

    def words(key: str, read: Callable[[str], str], most: int) -> tuple[str, ...]:
        found = whole.get(key, [])
        texts = [text for text in found if isinstance(text, str)] if type(found) is list else []
        return tuple(dict.fromkeys(word for word in map(read, texts[:most]) if word))

    return Keep(
        own_feelings=words("own_feelings", tidy, MOST_WORDS),
        own_contexts=words("own_contexts", tidy, MOST_WORDS),
        restores=words(
            "restores", lambda text: " ".join(tidy_text(text).split())[:200], MOST_LINES
        ),
    )


def _moment(fields: object, now: datetime) -> Moment:
    if not isinstance(fields, dict):
        raise _Refused(N_("Moment n° %(number)s : il n’est pas lisible."))
    for key in fields:
        if key not in MOMENT_KEYS:
            raise _Refused(
                N_("Moment n° %(number)s : « %(key)s » n’est pas connu de Recul."), key=_shown(key)
            )
    template = fields.get("template", "line")
    if template not in TEMPLATES:
        raise _Refused(N_("Moment n° %(number)s : son modèle de note n’est pas connu de Recul."))
    small_win = fields.get("small_win", False)
    if type(small_win) is not bool:
        _wrong("small_win")
    return Moment(
        at=_at(fields.get("at"), now),
        workload=_step(fields, "workload"),
        emotional_load=_step(fields, "emotional_load"),
        recovery=_step(fields, "recovery"),
        support=_step(fields, "support"),
        feelings=_words(fields, "feelings", _feeling),
        contexts=_words(fields, "contexts", _context),
        template=template,
        sections=_sections(fields.get("sections", [])),
        small_win=small_win,
    )


def _wrong(key: str) -> NoReturn:
    raise _Refused(N_("Moment n° %(number)s : « %(key)s » n’est pas lisible."), key=key)


def _shown(key: str) -> str:
    return tidy(key) or "?"


def _at(value: object, now: datetime) -> datetime:
    try:
        at = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        at = None
    if at is None or at.utcoffset() is None:
        raise _Refused(N_("Moment n° %(number)s : sa date et son heure ne sont pas lisibles."))
    # Years come first: at the ends of the calendar, instants cannot be compared.
    if not EARLIEST.year <= at.year <= now.year + 1 or fixed(at) > now:
        raise _Refused(
            N_("Moment n° %(number)s : il date d’avant 1950 ou n’est pas encore arrivé.")
        )
    return fixed(at)


def _step(fields: dict[str, Any], key: str) -> int | None:
    value = fields.get(key)
    if value is None:
        return None
    if type(value) is not int or not 1 <= value <= 5:
        raise _Refused(
            N_("Moment n° %(number)s : « %(key)s » doit être un nombre entier de 1 à 5."), key=key
        )
    return value


def _feeling(word: str) -> str:
    return word if feeling(word) else normalise_own_word(word)


def _context(word: str) -> str:
    return word if context(word) else normalise_own_tag(word)


def _words(fields: dict[str, Any], key: str, read: Callable[[str], str]) -> tuple[str, ...]:
    values = fields.get(key, [])
    if type(values) is not list or len(values) > MOST_OF_A_KIND:
        _wrong(key)
    if not all(isinstance(value, str) for value in values):
        _wrong(key)
    return tuple(dict.fromkeys(word for word in map(read, values) if word))


def _sections(values: object) -> tuple[tuple[str, str], ...]:
    if type(values) is not list or len(values) > MOST_SECTIONS:
        _wrong("sections")
    sections = []
    for value in values:
        if not isinstance(value, dict) or value.keys() != {"key", "text"}:
            _wrong("sections")
        key, text = value["key"], value["text"]
        if not (isinstance(key, str) and isinstance(text, str)) or len(key) > LONGEST_KEY:
            _wrong("sections")
        if len(text) > LONGEST_TEXT:
            raise _Refused(
                N_("Moment n° %(number)s : un texte dépasse %(longest)s caractères."),
                longest=LONGEST_TEXT,
            )
        sections.append((tidy(key), tidy_text(text)))
    return tuple((key, text) for key, text in sections if key and text)
