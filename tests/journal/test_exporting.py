import csv
import io
import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator, FormatChecker
from tests.journal.made import TODAY, entry, said
from tests.journal.test_moments import FULL, MOMENTS
from tests.visitors import Visitor

from recul.journal.exporting import (
    SCHEMA,
    book,
    chapters,
    export_csv,
    export_json,
)
from recul.journal.keep import EMPTY, Keep
from recul.journal.moments import TEMPLATES, Entry, Moment
from recul.spreadsheets import FORMULA_STARTS, harmless
from recul.web.i18n import translations
from recul.web.templates import environment

KEEP = Keep(own_feelings=("ras-le-bol",), own_contexts=("Cité 50 %",), restores=("Nager",))


def validator() -> Draft202012Validator:
    schema = json.loads(SCHEMA.read_text())
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=FormatChecker())


def table(data: bytes) -> list[list[str]]:
    text = data.decode("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:], newline=""), delimiter=";", strict=True))


def page(entries: list[Entry], keep: Keep = EMPTY, language: str = "fr") -> str:
    say = translations(language).gettext
    shown = book(entries, keep, TODAY, say)
    return environment(language).get_template("journal/export.html").render(shown)


def test_the_json_export_holds_everything() -> None:
    exported = json.loads(export_json([Entry(entry().id, FULL)], KEEP, TODAY))
    assert exported == {
        "format": "recul-journal",
        "version": 1,
        "exported_on": "2026-11-24",
        "own_feelings": ["ras-le-bol"],
        "own_contexts": ["Cité 50 %"],
        "restores": ["Nager"],
        "entries": [
            {
                "at": "2026-11-24T23:42+01:00",
                "workload": 3,
                "emotional_load": 4,
                "feelings": ["powerlessness", "ras-le-bol"],
                "contexts": ["home_visit"],
                "template": "visit",
                "sections": [
                    {"key": "seen", "text": "Une porte."},
                    {"key": "felt", "text": ""},
                    {"key": "keep", "text": "L’équipe."},
                ],
                "small_win": True,
            }
        ],
    }


def test_real_exports_obey_the_documented_schema() -> None:
    entries = [Entry(entry().id, FULL), entry(1, workload=2), said("Ça va", 2), entry(3)]
    for keep in (KEEP, EMPTY):
        validator().validate(json.loads(export_json(entries, keep, TODAY)))
    validator().validate(json.loads(export_json([], EMPTY, date(1999, 1, 2))))


@pytest.mark.parametrize(
    "change",
    [
        {"version": 2},
        {"format": "other"},
        {"more": 1},
        {"exported_on": "hier"},
        {"entries": [{}]},
        {"entries": [{"at": "2026-11-24"}]},
        {"entries": [{"at": "2026-11-24T12:00+01:00", "workload": 6}]},
        {"entries": [{"at": "2026-11-24T12:00+01:00", "name": "x"}]},
    ],
)
def test_the_schema_refuses_what_the_format_does_not_say(change: dict[str, Any]) -> None:
    exported = json.loads(export_json([], EMPTY, TODAY)) | change
    assert not validator().is_valid(exported)


def test_the_schema_names_every_field_of_a_moment() -> None:
    described = json.loads(SCHEMA.read_text())["$defs"]["moment"]["properties"]
    assert set(described) == set(Moment.__slots__)
    assert described["template"]["enum"] == list(TEMPLATES)


def test_the_csv_export_opens_in_a_french_spreadsheet() -> None:
    assert table(export_csv([Entry(entry().id, FULL), entry(1)])) == [
        [
            "Date",
            "Heure",
            "Décalage horaire",
            "Charge de travail",
            "Charge émotionnelle",
            "Récupération",
            "Soutien",
            "Ressentis",
            "Contextes",
            "Petite victoire",
            "Texte",
        ],
        [
            "2026-11-24",
            "23:42",
            "UTC+01:00",
            "3",
            "4",
            "",
            "",
            "impuissance, ras-le-bol",
            "visite à domicile",
            "oui",
            "Une porte.\n\nL’équipe.",
        ],
        ["2026-11-23", "12:00", "UTC+00:00", *[""] * 8],
    ]


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_no_cell_of_the_csv_is_a_formula(start: str) -> None:
    hostile = f'{start}cmd|"/c calc"!A1'
    entries = [said(hostile, feelings=(hostile,), contexts=(hostile,))]
    row = table(export_csv(entries))[1]
    assert [cell[:2] for cell in (row[7], row[8], row[10])] == [f"'{start}"] * 3
    assert harmless("2 - 3 = x") == "2 - 3 = x"


@given(MOMENTS)
def test_any_moment_is_exported_in_every_form(moment: Moment) -> None:
    whole = Entry(entry().id, moment)
    rows = table(export_csv([whole]))
    assert len(rows) == 2
    assert not any(cell.startswith(FORMULA_STARTS) for cell in rows[1])
    assert len(json.loads(export_json([whole], EMPTY, TODAY))["entries"]) == 1
    page([whole])


def test_the_book_runs_forward_month_by_month() -> None:
    late, early = entry(0, workload=2), entry(0, workload=1)
    old = entry(40, workload=3)
    months = chapters([late, early, old])
    assert [(month.first, [day.entries for day in month.days]) for month in months] == [
        (date(2026, 10, 1), [(old,)]),
        (date(2026, 11, 1), [(early, late)]),
    ]


def test_the_readable_export_stands_alone_and_says_it_all() -> None:
    html = page([Entry(entry().id, FULL)], KEEP)
    for shown in (
        "novembre 2026",
        "24 novembre",
        "lourde",
        "impuissance, ras-le-bol",
        "visite à domicile",
        "Ce que j’ai vu et entendu",
        "Une porte.",
        "Petite victoire",
        "Nager",
        'content="noindex, nofollow"',
    ):
        assert shown in html
    for outside in ("src=", "http://", "https://", "<script", "<link"):
        assert outside not in html


def test_the_readable_export_shows_typed_text_as_text() -> None:
    html = page([said("<script>alert(1)</script> 100 %s", contexts=("<i>50 %d</i>",))])
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; 100 %s" in html
    assert "&lt;i&gt;50 %d&lt;/i&gt;" in html


def test_an_empty_journal_has_its_exports_too() -> None:
    assert len(table(export_csv([]))) == 1
    assert "Aucun moment" in page([])


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("carnet.json", "application/json"),
        ("carnet.csv", "text/csv; charset=utf-8"),
        ("carnet.html", "text/html; charset=utf-8"),
    ],
)
async def test_each_file_says_once_what_it_is(ana: Visitor, name: str, wanted: str):
    answer = await ana.get(f"/carnet/export/{name}")
    assert answer.headers["content-type"] == wanted
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
    assert answer.headers["cache-control"] == "no-store"
