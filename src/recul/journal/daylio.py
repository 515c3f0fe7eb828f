"""Reading Daylio's CSV export.

Columns `full_date,date,weekday,time,mood,activities,note_title,note`; of these `date` and
`weekday` are written in the phone's language and ignored. Other columns are passed over.
"""

import csv
import html
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time

from recul.journal.contexts import normalise_own_tag
from recul.journal.moments import Moment
from recul.journal.parsed import (
    LONGEST_TEXT,
    MOST_MOMENTS,
    ImportFailed,
    ParsedImport,
    Problem,
    checked_size,
    tidy_text,
)
from recul.journal.search import plain
from recul.journal.when import WhenError, fixed, wall_time
from recul.words import N_

NEEDED = ("full_date", "time", "mood", "activities", "note")
MOST_ACTIVITIES = 100
SUGGESTED = {
    "rad": 1,
    "good": 2,
    "meh": 3,
    "bad": 4,
    "awful": 5,
    "super": 1,
    "genial": 1,
    "bien": 2,
    "bof": 3,
    "moyen": 3,
    "mauvais": 4,
    "horrible": 5,
}
"""Emotional loads proposed for Daylio's usual moods, to be confirmed by the person."""

_CLOCK = re.compile(
    r"(\d{1,2}) ?[:.hH] ?(\d{2})(?:[:.]\d{2})? ?(?:([ap])\.? ?m\.?)?", re.IGNORECASE
)
_BREAK = re.compile(r"<br ?/?>|<(?:p|div|li)>", re.IGNORECASE)
_MARKUP = re.compile(
    r"</?(?:p|div|ul|ol|li|b|i|u|s|em|strong|strike|span|font)\b[^<>]*>", re.IGNORECASE
)


def suggested_load(mood: str) -> int | None:
    return SUGGESTED.get(plain(mood).strip())


def parse_daylio(
    data: bytes, now: datetime, loads: Mapping[str, int | None] | None = None
) -> ParsedImport:
    """Moments in the zone of `now`, with the emotional load that `loads` gives each mood.

    Without `loads` the suggested ones are used. Raises ImportFailed for a file that is cut or
    is not such an export; a row whose date, time or note cannot be read is told by its line.
    """
    moments, problems, left_out = [], [], 0
    moods: Counter[str] = Counter()
    for line, row in _rows(checked_size(data)):
        mood = tidy_text(row["mood"])
        moods[mood] += bool(mood)
        load = suggested_load(mood) if loads is None else loads.get(mood)
        try:
            moment = _moment(row, load, now)
        except ValueError as wrong:
            problems.append(Problem(str(wrong), {"line": line, "longest": LONGEST_TEXT}))
            continue
        if moment.is_empty:
            left_out += 1
        else:
            moments.append(moment)
    named = tuple(mood for mood, count in moods.most_common() if count)
    return ParsedImport(tuple(moments), tuple(problems), left_out, named)


def _rows(data: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row with its first line's number. Raises ImportFailed."""
    reader = csv.reader(io.StringIO(_text(data), newline=""), strict=True)
    columns = [name.strip().lower() for name in _next(reader, 1) or []]
    if not set(NEEDED) <= set(columns):
        raise ImportFailed(
            N_(
                "Ce fichier n’est pas l’export CSV de Daylio : sa première ligne"
                " ne nomme pas les colonnes attendues."
            )
        )
    count, line = 0, reader.line_num + 1
    while (cells := _next(reader, line)) is not None:
        if cells and len(cells) != len(columns):
            raise _cut(line)
        if cells:
            count += 1
            yield line, dict(zip(columns, cells, strict=True))
        if count > MOST_MOMENTS:
            raise ImportFailed(
                N_("Ce fichier contient trop de moments : %(most)s au plus."), most=MOST_MOMENTS
            )
        line = reader.line_num + 1


def _text(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise ImportFailed(
            N_("Ce fichier n’est pas un fichier texte : choisissez l’export CSV de Daylio.")
        )
    return text


def _next(reader: Iterator[list[str]], line: int) -> list[str] | None:
    try:
        return next(reader, None)
    except csv.Error:
        raise _cut(line) from None


def _cut(line: int) -> ImportFailed:
    return ImportFailed(
        N_(
            "Le fichier semble coupé ou abîmé à la ligne %(line)s : rien n’en a été pris."
            " Exportez-le de nouveau depuis Daylio."
        ),
        line=line,
    )


def _moment(row: Mapping[str, str], load: int | None, now: datetime) -> Moment:
    """Raises ValueError with a French sentence that names its %(line)s."""
    texts = (_note(row.get("note_title", "")), _note(row["note"]))
    text = "\n".join(part for part in texts if part)
    if len(text) > LONGEST_TEXT:
        raise ValueError(N_("Ligne %(line)s : la note dépasse %(longest)s caractères."))
    return Moment(
        at=_at(row["full_date"], row["time"], now),
        emotional_load=load,
        contexts=_activities(row["activities"]),
        template="free" if text else "line",
        sections=(("text", text),) if text else (),
    )


def _at(day: str, clock: str, now: datetime) -> datetime:
    try:
        meant = date.fromisoformat(day.strip())
    except ValueError:
        raise ValueError(N_("Ligne %(line)s : la date n’est pas lisible.")) from None
    try:
        at = wall_time(meant, read_clock(clock), now.tzinfo or UTC)
    except WhenError:
        at = None
    if at is None or at > fixed(now):
        raise ValueError(
            N_("Ligne %(line)s : ce moment date d’avant 1950 ou n’est pas encore arrivé.")
        )
    return at


def read_clock(text: str) -> time:
    """16:42, 16h42, 4:42 PM or 4:42 p.m. Raises ValueError with a French sentence."""
    found = _CLOCK.fullmatch(" ".join(text.split()))
    hour, minute = (int(found[1]), int(found[2])) if found else (24, 0)
    if found and found[3]:
        half = found[3].lower()
        hour = hour % 12 + (12 if half == "p" else 0) if 1 <= hour <= 12 else 24
    if hour > 23 or minute > 59:
        raise ValueError(N_("Ligne %(line)s : l’heure n’est pas lisible."))
    return time(hour, minute)


def _activities(cell: str) -> tuple[str, ...]:
    """Known contexts where the words are the same, own tags for the others."""
    words = (normalise_own_tag(part) for part in cell.split("|")[:MOST_ACTIVITIES])
    return tuple(dict.fromkeys(word for word in words if word))


def _note(text: str) -> str:
    """Plain text: some versions of Daylio write notes with a little markup."""
    if not (_BREAK.search(text) or _MARKUP.search(text)):
        return tidy_text(text)
    return tidy_text(html.unescape(_MARKUP.sub("", _BREAK.sub("\n", text))))
