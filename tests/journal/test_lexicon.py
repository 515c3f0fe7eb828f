"""The journal's words: whole, distinct, stable, and ready for what a person types herself."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recul.journal import contexts, lexicon, scales, templates
from recul.journal import moments as model
from recul.journal.lexicon import FEELINGS, normalise_own_word

EXPECTED = """
    colère dégoût impuissance soulagement tendresse tristesse fierté honte peur culpabilité
    lassitude joie
"""


def test_forty_feelings_ten_a_quadrant() -> None:
    quadrants = [quadrant.key for quadrant in lexicon.QUADRANTS]
    assert [len(lexicon.feelings_in(key)) for key in quadrants] == [10, 10, 10, 10]
    assert len(FEELINGS) == 40
    assert set(EXPECTED.split()) <= {feeling.word for feeling in FEELINGS}


def test_feelings_are_distinct_and_each_defined_in_a_line() -> None:
    assert len({feeling.key for feeling in FEELINGS}) == 40
    assert len({feeling.word for feeling in FEELINGS}) == 40
    assert len({feeling.definition for feeling in FEELINGS}) == 40
    for feeling in FEELINGS:
        assert feeling.key.isascii()
        assert feeling.key.isidentifier()
        assert 15 <= len(feeling.definition) <= 80
        assert feeling.definition.endswith(".")


def test_nothing_scolds() -> None:
    scolding = ("il faut", "devez", "devriez", "négatif", "positif", "mauvais", "attention", "!")
    for feeling in FEELINGS:
        assert [word for word in scolding if word in feeling.definition.lower()] == []


def test_six_first_feelings_of_both_colours() -> None:
    first = lexicon.first_feelings()
    assert [feeling.word for feeling in first] == [
        "colère",
        "impuissance",
        "tristesse",
        "soulagement",
        "tendresse",
        "joie",
    ]


def test_a_word_of_ones_own_is_none_of_the_list() -> None:
    assert lexicon.feeling("chiffonnée") is None
    assert contexts.context("binôme") is None


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Colère ", "anger"),
        ("COLERE", "anger"),
        (unicodedata.normalize("NFD", "dégoût"), "disgust"),
        ("à  vif\n", "à vif"),
        ("", ""),
        (" \u0000\t", ""),
        ("a" * 50, "a" * 40),
        ("x" * 39 + " suite", "x" * 39),
        ("🙂\ud800 léger", "🙂 léger"),
    ],
)
def test_own_words_are_tidy_or_known(typed: str, kept: str) -> None:
    assert normalise_own_word(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("VAD", "home_visit"), ("reunion d'equipe", "team_meeting"), (" MDPH ", "MDPH")],
)
def test_own_tags_are_tidy_or_known(typed: str, kept: str) -> None:
    assert contexts.normalise_own_tag(typed) == kept


@given(st.text())
def test_normalising_twice_changes_nothing(typed: str) -> None:
    for normalise in (normalise_own_word, contexts.normalise_own_tag):
        once = normalise(typed)
        assert normalise(once) == once
        assert len(once) <= 40
        once.encode()


def test_every_known_word_is_recognised_when_typed() -> None:
    assert [normalise_own_word(feeling.word) for feeling in FEELINGS] == [
        feeling.key for feeling in FEELINGS
    ]
    assert [contexts.normalise_own_tag(one.label) for one in contexts.CONTEXTS] == [
        one.key for one in contexts.CONTEXTS
    ]


def test_contexts() -> None:
    labels = [one.label for one in contexts.CONTEXTS]
    assert len(set(labels)) == len(labels) == len({one.key for one in contexts.CONTEXTS})
    assert {"visite à domicile", "permanence", "synthèse", "écrit", "audience"} <= set(labels)
    assert {"urgence", "violence", "partenaires", "trajet", "astreinte"} <= set(labels)
    assert all(contexts.context(key) for key in contexts.FIRST_CONTEXTS)


def test_scales_have_five_distinct_words() -> None:
    assert tuple(one.key for one in scales.SCALES) == model.DIMENSIONS
    assert all(len(set(one.words)) == 5 for one in scales.SCALES)
    assert len({one.css for one in scales.SCALES}) == 4
    assert scales.scale("workload").steps[0] == (1, "légère")
    assert scales.scale("emotional_load").word(5) == "submergeante"
    for step in (0, 6):
        with pytest.raises(ValueError, match="from 1 to 5"):
            scales.WORKLOAD.word(step)


def test_note_templates_are_those_of_the_model() -> None:
    assert tuple(one.key for one in templates.TEMPLATES) == model.TEMPLATES
    assert templates.TEMPLATES[1:] == templates.NOTE_TEMPLATES
    for one in templates.TEMPLATES:
        keys = [section.key for section in one.sections]
        assert len(set(keys)) == len(keys) >= 1
        assert all(section.label and section.hint for section in one.sections)
    assert templates.template("poem") is None
    assert templates.section_label("facts", "next") == "Ce que j’en fais"
    assert templates.section_label("facts", "rhyme") == ""
