import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.journal.made import entry, moment, said

from recul.journal.labels import labels_in
from recul.journal.search import matches, plain, read_words, search, snippet

LABEL = labels_in()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Échéance à l’été", "echeance ete"),
        ("Echeance a l'ete", "ÉCHÉANCE ÉTÉ"),
        ("Le cœur lourd", "coeur"),
        ("Le coeur lourd", "CŒUR"),
        ("Près de l’école", "l'ecole"),
        ("e\u0301cole", "école"),
        ("école", "e\u0301cole"),
        ("visites", "visite"),
        ("50 % (environ) [x] .*", "50 % (env [x] .*"),
        ("Straße", "strasse"),
        ("שלום 😀", "😀 שלום"),
    ],
)
def test_words_are_found_whatever_accents_and_capitals(text: str, words: str) -> None:
    assert matches(said(text).moment, read_words(words))


def test_short_words_are_found_where_words_begin() -> None:
    assert matches(said("Vu Mme A. ce matin").moment, read_words("mme a"))
    assert not matches(said("Calme, comme avant").moment, read_words("mme a"))


@pytest.mark.parametrize("words", ["audience", "visite audience", "vi.site", "^"])
def test_every_word_must_be_there(words: str) -> None:
    assert not matches(said("Une visite").moment, read_words(words))


def test_words_are_found_in_labels_and_own_words_too() -> None:
    noted = moment(feelings=("powerlessness",), contexts=("home_visit", "Cité U"))
    assert matches(noted, read_words("impuissance domicile cite"), LABEL)
    assert not matches(noted, read_words("powerlessness"), LABEL)


def test_labels_are_searched_in_the_persons_language() -> None:
    english = {"impuissance": "powerlessness"}
    label = labels_in(lambda french: english.get(french, french))
    assert matches(moment(feelings=("powerlessness",)), read_words("POWERLESS"), label)


def test_filters_and_words_go_together_and_keep_the_order() -> None:
    entries = [
        said("réunion", 0, feelings=("joy",), contexts=("travel",)),
        said("réunion", 1, feelings=("joy",)),
        said("réunion", 2, contexts=("travel",)),
        said("route", 3, feelings=("joy",), contexts=("travel",)),
        entry(4, feelings=("joy",), contexts=("travel",)),
    ]
    assert search(entries, "", feeling="joy", context="travel") == [
        entries[0],
        entries[3],
        entries[4],
    ]
    assert search(entries, "reunion") == entries[:3]
    assert search(entries, "reunion", feeling="joy", context="travel") == entries[:1]
    assert search(entries) == entries


def test_a_snippet_marks_what_was_found_in_the_text_as_it_stands() -> None:
    assert snippet("Le cœur, l’été.", "coeur ete") == [
        ("Le ", False),
        ("cœur", True),
        (", l’", False),
        ("été", True),
        (".", False),
    ]


def test_a_snippet_joins_overlapping_words_and_keeps_markup_as_text() -> None:
    assert snippet("<b>visite</b>", "visit isite b>v") == [
        ("<", False),
        ("b>visite", True),
        ("</b>", False),
    ]


def test_a_long_text_is_cut_around_the_first_word() -> None:
    text = "avant " * 100 + "AUDIENCE " + "après " * 100
    parts = snippet(text, "audience")
    assert parts[0] == ("… ", False)
    assert ("AUDIENCE", True) in parts
    assert parts[-1] == (" …", False)
    assert 100 < sum(len(part) for part, _ in parts) < 180


def test_a_text_without_the_word_shows_its_beginning() -> None:
    assert snippet("Rien de tel", "audience") == [("Rien de tel", False)]
    assert snippet("", "audience") == []


@given(st.text(max_size=400), st.text(max_size=300))
def test_nothing_typed_breaks_a_search_and_a_snippet_is_the_text(text: str, typed: str) -> None:
    search([said(text)], typed)
    shown = "".join(part for part, _ in snippet(text, typed, length=10_000))
    assert shown == text


@given(st.text(st.characters(categories=["L"]), min_size=1, max_size=30))
def test_a_text_is_found_by_its_plain_form(text: str) -> None:
    if len(plain(text).split()) == 1 and text.isascii():
        assert matches(said(text).moment, read_words(plain(text)))


def test_ten_years_are_searched_fast_enough() -> None:
    text = ("Après la visite, le cœur lourd ; l’équipe était là pour en parler. " * 10)[:600]
    entries = [said(text, n % 900) for n in range(3650)]
    began = time.perf_counter()
    assert search(entries, "audience") == []
    # About 20 ms where it was written.
    assert time.perf_counter() - began < 0.2
