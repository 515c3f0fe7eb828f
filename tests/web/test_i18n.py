"""Languages: every string has its English, French is typeset, dates are as people write them."""

from datetime import date, datetime

import pytest
from tests.strings import catalogue, source_strings

from recul import clock
from recul.web import dates
from recul.web.i18n import Said, preferred, translations, typeset


def test_every_string_has_an_english_translation():
    english = catalogue("en")
    missing = sorted(str(m) for m in source_strings() if not english.get(m))
    assert missing == []


def test_the_catalogue_has_no_string_that_nothing_shows():
    assert sorted(str(m) for m in catalogue("en") if m not in source_strings()) == []


def test_translations_keep_their_placeholders():
    for source, translated in catalogue("en").items():
        sources = source if isinstance(source, tuple) else (source,)
        for text in translated:
            for name in placeholders(text):
                assert any(name in placeholders(s) for s in sources), (source, text)
    # A translation may leave a number out of its singular, and nothing else.


def placeholders(text: str) -> set[str]:
    return {part.split(")s")[0] for part in text.split("%(")[1:]}


def test_french_is_written_with_real_signs():
    for message in source_strings():
        for text in message if isinstance(message, tuple) else (message,):
            assert "'" not in text, text
            assert '"' not in text, text
            assert "..." not in text, text
            assert "\u00a0" not in text, text
            assert "\u202f" not in text, text


def test_french_gets_its_narrow_spaces():
    assert typeset("Où ? « Ici » : là !") == "Où\u202f? «\u202fIci\u202f»\u202f: là\u202f!"
    assert typeset("https://recul.example") == "https://recul.example"
    assert translations("fr").gettext("Quoi ?") == "Quoi\u202f?"


def test_zero_is_singular_in_french():
    french = translations("fr")
    assert [french.ngettext("un", "des", n) for n in (0, 1, 2)] == ["un", "un", "des"]


def test_a_sentence_is_said_in_the_language_of_its_page():
    said = Said("Écrivez un nombre entier de %(low)s à %(high)s.", {"low": 5, "high": 60})
    assert said.in_language("fr") == "Écrivez un nombre entier de 5 à 60."
    assert "5" in said.in_language("en")


@pytest.mark.parametrize(
    ("header", "language"),
    [("", "fr"), ("en", "en"), ("de, en;q=0.5", "en"), ("fr-CH, en;q=0.9", "fr"), ("x;q=é", "fr")],
)
def test_the_browser_s_languages(header: str, language: str):
    assert preferred(header, "fr") == language


def test_dates_and_hours():
    with clock.set_to(datetime.fromisoformat("2026-11-24T12:00+01:00")):
        assert dates.day_long(date(2026, 11, 24), "fr") == "mardi 24 novembre"
        assert dates.day_long(date(2026, 12, 1), "fr") == "mardi 1er décembre"
        assert dates.day_long(date(2025, 8, 21), "fr") == "jeudi 21 août 2025"
        assert dates.day_long(date(2026, 11, 24), "en") == "Tuesday, 24 November"
        today = date(2026, 11, 24)
        shown = [dates.day_relative(date(2026, 11, d), today, "fr") for d in (24, 23, 20, 3)]
        assert shown == ["aujourd’hui", "hier", "vendredi", "mardi 3 novembre"]
    assert dates.hour(datetime.fromisoformat("2026-11-24T16:02+01:00"), "fr") == "16\u202fh\u202f02"
