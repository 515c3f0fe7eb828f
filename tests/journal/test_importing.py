import json
from contextlib import suppress
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.journal.made import TODAY, entry, moment, said
from tests.journal.test_moments import FULL, MOMENTS

from recul.journal import parsed
from recul.journal.daylio import parse_daylio, read_clock, suggested_load
from recul.journal.exporting import export_json
from recul.journal.importing import parse_json
from recul.journal.keep import EMPTY, Keep
from recul.journal.moments import Entry, Moment
from recul.journal.parsed import ImportFailed, fingerprint, loose_fingerprint, new_ones

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 11, 24, 23, 50, tzinfo=PARIS)
LATER = datetime(2110, 1, 1, tzinfo=UTC)
HEADER = "full_date,date,weekday,time,mood,activities,note_title,note\n"


def own(*entries: object, **change: object) -> bytes:
    whole = {"format": "recul-journal", "version": 1, "exported_on": "2026-11-24"}
    return json.dumps(whole | {"entries": entries} | change).encode()


def refusal(data: bytes, read: Any = parse_json) -> str:
    with pytest.raises(ImportFailed) as refused:
        read(data, NOW)
    assert str(refused.value) == refused.value.message % refused.value.values
    return str(refused.value)


# ------------------------------------------------------------------ our own JSON


def test_what_was_exported_comes_back() -> None:
    keep = Keep(own_feelings=("ras-le-bol",), own_contexts=("Cité",), restores=("Nager, loin.",))
    entries = [Entry(entry().id, FULL), said("Ça va", 3, workload=1)]
    found = parse_json(export_json(entries, keep, TODAY), NOW)
    without_blank = tuple(pair for pair in FULL.sections if pair[1])
    assert [moment.text for moment in found.moments] == [FULL.text, "Ça va"]
    assert found.moments[0].sections == without_blank
    assert (found.problems, found.left_out, found.keep) == ((), 0, keep)
    assert [fingerprint(m) for m in found.moments] == [fingerprint(e.moment) for e in entries]


@given(MOMENTS)
def test_any_export_is_read_again(moment: Moment) -> None:
    found = parse_json(export_json([Entry(entry().id, moment)], EMPTY, TODAY), LATER)
    assert found.problems == ()
    assert all(again.at == moment.at for again in found.moments)
    assert len(found.moments) + found.left_out == 1


def test_importing_twice_adds_nothing() -> None:
    data = export_json(
        [Entry(entry().id, FULL), said("Un"), said("Un"), said("Deux")], EMPTY, TODAY
    )
    once = new_ones(parse_json(data, NOW).moments, [])
    assert [moment.text for moment in once] == [FULL.text, "Un", "Deux"]
    assert new_ones(parse_json(data, NOW).moments, once) == []


def test_a_fingerprint_is_about_what_was_said_and_when() -> None:
    same = moment(feelings=("joy", "anger"), sections=(("line", "e\u0301te\u0301\r\n"),))
    paris = Moment(
        at=same.at.astimezone(PARIS),
        feelings=("anger", "joy", "joy"),
        sections=(("line", "été"), ("more", " ")),
    )
    assert fingerprint(same) == fingerprint(paris)
    assert len(fingerprint(same)) == 16
    others = [
        moment(feelings=("joy", "anger")),
        moment(feelings=("joy",), sections=same.sections),
        moment(feelings=same.feelings, sections=same.sections, workload=1),
        moment(feelings=same.feelings, sections=same.sections, small_win=True),
        moment(1, feelings=same.feelings, sections=same.sections),
    ]
    assert fingerprint(same) not in {fingerprint(other) for other in others}


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ("x", "Moment n° 2 : il n’est pas lisible."),
        (
            {"at": "2026-11-24T12:00+01:00", "nom": 1},
            "Moment n° 2 : « nom » n’est pas connu de Recul.",
        ),
        ({}, "Moment n° 2 : sa date et son heure ne sont pas lisibles."),
        ({"at": "2026-11-24T12:00"}, "Moment n° 2 : sa date et son heure ne sont pas lisibles."),
        ({"at": 5}, "Moment n° 2 : sa date et son heure ne sont pas lisibles."),
        (
            {"at": "2026-11-25T12:00+01:00"},
            "Moment n° 2 : il date d’avant 1950 ou n’est pas encore arrivé.",
        ),
        (
            {"at": "0001-01-01T00:00+14:00"},
            "Moment n° 2 : il date d’avant 1950 ou n’est pas encore arrivé.",
        ),
        (
            {"at": "9999-12-31T23:59-14:00"},
            "Moment n° 2 : il date d’avant 1950 ou n’est pas encore arrivé.",
        ),
        ({"workload": 6}, "Moment n° 2 : « workload » doit être un nombre entier de 1 à 5."),
        ({"support": True}, "Moment n° 2 : « support » doit être un nombre entier de 1 à 5."),
        ({"recovery": 2.5}, "Moment n° 2 : « recovery » doit être un nombre entier de 1 à 5."),
        ({"feelings": "joy"}, "Moment n° 2 : « feelings » n’est pas lisible."),
        ({"contexts": [1]}, "Moment n° 2 : « contexts » n’est pas lisible."),
        ({"contexts": ["x"] * 101}, "Moment n° 2 : « contexts » n’est pas lisible."),
        ({"template": "poem"}, "Moment n° 2 : son modèle de note n’est pas connu de Recul."),
        ({"template": []}, "Moment n° 2 : son modèle de note n’est pas connu de Recul."),
        ({"small_win": 1}, "Moment n° 2 : « small_win » n’est pas lisible."),
        ({"sections": {}}, "Moment n° 2 : « sections » n’est pas lisible."),
        ({"sections": [["a", "b"]]}, "Moment n° 2 : « sections » n’est pas lisible."),
        ({"sections": [{"key": "a"}]}, "Moment n° 2 : « sections » n’est pas lisible."),
        ({"sections": [{"key": "a", "text": 1}]}, "Moment n° 2 : « sections » n’est pas lisible."),
        (
            {"sections": [{"key": "a", "text": "x" * 20_001}]},
            "Moment n° 2 : un texte dépasse 20000 caractères.",
        ),
    ],
)
def test_a_moment_that_cannot_be_read_is_told_and_the_others_kept(
    fields: object, sentence: str
) -> None:
    at = {"at": "2026-11-20T12:00+01:00"}
    good = at | {"workload": 2}
    bad = at | fields if isinstance(fields, dict) and fields else fields
    found = parse_json(own(good, bad, good), NOW)
    assert len(found.moments) == 2
    assert [problem.message % problem.values for problem in found.problems] == [sentence]


def test_a_moment_that_says_nothing_is_left_out_and_counted() -> None:
    found = parse_json(own({"at": "2026-11-20T12:00+01:00", "feelings": [" \0"]}), NOW)
    assert (found.moments, found.problems, found.left_out) == ((), (), 1)


def test_words_and_texts_are_made_tidy() -> None:
    at = "2026-11-20T12:00:30+01:00"
    data = own(
        {
            "at": at,
            "feelings": ["joy", "Colère", " ras  le bol\0"],
            "contexts": ["VAD", "home_visit", "Cité"],
            "sections": [{"key": "line", "text": "a\r\nb\ud800\0 "}],
        }
    )
    (found,) = parse_json(data, NOW).moments
    assert found.feelings == ("joy", "anger", "ras le bol")
    assert found.contexts == ("home_visit", "Cité")
    assert found.sections == (("line", "a\nb"),)
    assert found.at.isoformat() == "2026-11-20T12:00:00+01:00"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "Ce fichier n’est pas un export JSON de Recul, ou il est coupé à la ligne 1."),
        (b"\x89PNG\r\n", "Ce fichier n’est pas un export JSON de Recul."),
        (b"[" * 100_000, "Ce fichier n’est pas un export JSON de Recul."),
        (b"[]", "Ce fichier n’est pas un export JSON de Recul."),
        (b'{"a":NaN}', "Ce fichier n’est pas un export JSON de Recul."),
        (own(format="daylio"), "Ce fichier n’est pas un export JSON de Recul."),
        (own(version="1"), "Ce fichier ne dit pas de quelle version d’export il est."),
        (
            own(version=2),
            (
                "Ce fichier vient d’une version plus récente de Recul :"
                " il faut d’abord mettre celle-ci à jour."
            ),
        ),
        (own(secret=1), "Ce fichier contient « secret », que Recul ne connaît pas."),
        (own(entries={}), "Ce fichier ne contient pas la liste des moments."),
        (own(entries=[0] * 20_001), "Ce fichier contient trop de moments : 20000 au plus."),
    ],
)
def test_a_file_that_is_no_export_is_refused_whole(data: bytes, sentence: str) -> None:
    assert refusal(data) == sentence


def test_a_file_cut_short_is_told_with_its_line() -> None:
    whole = export_json([said("Un"), said("Deux", 1)], EMPTY, TODAY)
    cut = whole[: whole.index(b"Deux") + 2]
    line = cut.count(b"\n") + 1
    assert refusal(cut).endswith(f"coupé à la ligne {line}.")


def test_a_file_that_is_too_big_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsed, "MOST_BYTES", 1024**2)
    data = b" " * (1024**2 + 1)
    assert refusal(data) == "Ce fichier est trop grand : 1 Mo au plus."
    assert refusal(data, parse_daylio) == "Ce fichier est trop grand : 1 Mo au plus."


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_no_file_breaks_the_readers(data: bytes) -> None:
    for read in (parse_json, parse_daylio):
        for start in (b"", HEADER.encode()):
            with suppress(ImportFailed):
                read(start + data, NOW)


# ------------------------------------------------------------------ Daylio


def daylio(*rows: str) -> bytes:
    return (HEADER + "\n".join(rows)).encode()


ROWS = (
    '2026-11-23,23 nov.,lundi,16:42,bad,"travail | visite à domicile | Cité U","Titre","Une note',
    'sur ""deux"" lignes"',
    '2026-03-29,March 29,Sunday,"2:30 AM",Épuisée,"","",""',
    '2026-11-22,22 nov.,dimanche,9:05,bad,"","",""',
)


def test_daylio_becomes_moments() -> None:
    found = parse_daylio(b"\xef\xbb\xbf" + daylio(*ROWS), NOW, {"bad": 4, "Épuisée": None})
    assert found.moods == ("bad", "Épuisée")
    assert (found.problems, found.left_out) == ((), 1)
    assert [(m.at.isoformat(timespec="minutes"), m.emotional_load) for m in found.moments] == [
        ("2026-11-23T16:42+01:00", 4),
        ("2026-11-22T09:05+01:00", 4),
    ]
    first = found.moments[0]
    assert first.contexts == ("travail", "home_visit", "Cité U")
    assert first.sections == (("text", 'Titre\nUne note\nsur "deux" lignes'),)
    assert (first.template, found.moments[1].template) == ("free", "line")


def test_the_night_when_clocks_change_is_no_problem() -> None:
    found = parse_daylio(daylio(*ROWS), NOW, {"Épuisée": 5})
    assert found.moments[1].at.isoformat() == "2026-03-29T03:30:00+02:00"


def test_usual_moods_have_a_suggested_load() -> None:
    moods = enumerate("rad good meh bad awful".split())
    rows = [f'2026-11-2{n},x,y,12:00,{mood},"","",""' for n, mood in moods]
    assert [m.emotional_load for m in parse_daylio(daylio(*rows), NOW.replace(day=30)).moments] == [
        1,
        2,
        3,
        4,
        5,
    ]
    assert suggested_load("Génial") == 1
    assert suggested_load("Épuisée") is None


def test_old_exports_and_further_columns_are_read() -> None:
    columns = b"full_date,date,weekday,time,mood,activities,note,scales\r\n"
    old = columns + b'2026-11-23,a,b,08:00,good,x,"n",7\r\n'
    (found,) = parse_daylio(old, NOW).moments
    assert (found.contexts, found.text) == (("x",), "n")


def test_a_little_markup_in_notes_becomes_plain_lines() -> None:
    row = '2026-11-23,a,b,08:00,good,x,"","<b>Un</b><br>deux &amp; trois<div>quatre</div>"'
    assert parse_daylio(daylio(row), NOW).moments[0].text == "Un\ndeux & trois\nquatre"
    plain = '2026-11-23,a,b,08:00,good,x,"","1 < 2 &amp; <3"'
    assert parse_daylio(daylio(plain), NOW).moments[0].text == "1 < 2 &amp; <3"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("16:42", time(16, 42)),
        ("4:42 PM", time(16, 42)),
        ("4:42\u202fpm", time(16, 42)),
        ("4:42 p.m.", time(16, 42)),
        ("12:05 AM", time(0, 5)),
        ("12:05 PM", time(12, 5)),
        ("16 h 42", time(16, 42)),
        ("08:00:59", time(8, 0)),
    ],
)
def test_hours_are_read_as_phones_write_them(typed: str, read: time) -> None:
    assert read_clock(typed) == read


@pytest.mark.parametrize("typed", ["", "24:00", "12:60", "13:00 PM", "0:10 AM", "midi", "4:42 XM"])
def test_other_hours_are_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="heure"):
        read_clock(typed)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("hier,a,b,08:00,good,x,,", "Ligne 3 : la date n’est pas lisible."),
        ("2026-02-30,a,b,08:00,good,x,,", "Ligne 3 : la date n’est pas lisible."),
        ("2026-11-23,a,b,25:00,good,x,,", "Ligne 3 : l’heure n’est pas lisible."),
        (
            "2026-11-26,a,b,08:00,good,x,,",
            "Ligne 3 : ce moment date d’avant 1950 ou n’est pas encore arrivé.",
        ),
        (
            "0001-01-01,a,b,08:00,good,x,,",
            "Ligne 3 : ce moment date d’avant 1950 ou n’est pas encore arrivé.",
        ),
        (
            "9999-12-31,a,b,23:59,good,x,,",
            "Ligne 3 : ce moment date d’avant 1950 ou n’est pas encore arrivé.",
        ),
        (
            f"2026-11-23,a,b,08:00,good,x,,{'n' * 20_001}",
            "Ligne 3 : la note dépasse 20000 caractères.",
        ),
    ],
)
def test_a_row_that_cannot_be_read_is_told_by_its_line(row: str, sentence: str) -> None:
    found = parse_daylio(daylio("2026-11-23,a,b,08:00,good,x,,", row), NOW)
    assert len(found.moments) == 1
    assert [problem.message % problem.values for problem in found.problems] == [sentence]


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (daylio(*ROWS)[:-8], 5),
        (daylio(ROWS[0]), 2),
        (daylio(ROWS[3], "2026-11-2"), 3),
        (daylio("2026-11-23,a,b,08:00,good,x,,,9", ROWS[3]), 2),
        (daylio(ROWS[3], '2026-11-23,a,b,08:00,"go"od,x,,'), 3),
    ],
)
def test_a_file_that_is_cut_or_damaged_is_refused_whole(data: bytes, line: int) -> None:
    assert refusal(data, parse_daylio) == (
        f"Le fichier semble coupé ou abîmé à la ligne {line} : rien n’en a été pris."
        " Exportez-le de nouveau depuis Daylio."
    )


@pytest.mark.parametrize(
    "data",
    [b"", b"\n", b"Bonjour,\nje ne suis pas un tableau.", b'{"format":"recul-journal"}', b"a;b"],
)
def test_another_text_is_not_taken_for_daylio(data: bytes) -> None:
    assert refusal(data, parse_daylio) == (
        "Ce fichier n’est pas l’export CSV de Daylio : sa première ligne"
        " ne nomme pas les colonnes attendues."
    )


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n\x1a\n\0", b"%PDF-1.7 \xe2\xe3", HEADER.encode("utf-16")]
)
def test_what_is_not_text_is_told_so(data: bytes) -> None:
    assert "n’est pas un fichier texte" in refusal(data, parse_daylio)


def test_daylio_twice_adds_nothing_even_with_other_loads() -> None:
    once = new_ones(parse_daylio(daylio(*ROWS), NOW, {"bad": 4}).moments, [], loose_fingerprint)
    moved = NOW.astimezone(ZoneInfo("America/Martinique"))
    again = parse_daylio(daylio(*ROWS), moved, {"bad": 5}).moments
    assert len(once) == len(again) == 2
    assert new_ones(again, once, loose_fingerprint) == []
    other = moment(1, contexts=("travail",))
    assert new_ones([other], once, loose_fingerprint) == [other]


def test_ten_years_of_daylio_are_read() -> None:
    first = datetime(2016, 1, 1, tzinfo=UTC)
    rows = [
        f'{(first + timedelta(days=n)).date()},a,b,18:00,good,"x | y","","{"n" * 100}"'
        for n in range(3650)
    ]
    assert len(parse_daylio(daylio(*rows), NOW).moments) == 3650
