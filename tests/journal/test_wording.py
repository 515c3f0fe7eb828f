"""Moments in words."""

from tests.journal.made import moment

from recul.journal.timeline import Span
from recul.journal.wording import Load, Wording
from recul.web.i18n import translations

FRENCH = Wording(translations("fr").gettext)
ENGLISH = Wording(translations("en").gettext)


def test_keys_become_words_of_the_language():
    read = moment(feelings=("anger", "joy"), contexts=("phone",), workload=4)
    assert FRENCH.of(read).feelings == ["colère", "joie"]
    assert FRENCH.of(read).contexts == ["téléphone"]
    assert FRENCH.of(read).loads == [Load("work", "charge de travail", "lourde")]
    assert ENGLISH.of(read).feelings == ["anger", "joy"]


def test_own_words_stand_as_they_were_written():
    read = moment(feelings=("sur le fil",), contexts=("binôme", "anger"))
    assert FRENCH.of(read).feelings == ["sur le fil"]
    # The key of a feeling is no key of a context.
    assert FRENCH.of(read).contexts == ["binôme", "anger"]


def test_texts_come_after_the_questions_they_answer():
    visit = moment(template="visit", sections=(("seen", "Un dessin."), ("felt", "")))
    assert FRENCH.of(visit).template == "Après une visite"
    assert FRENCH.of(visit).texts == [("Ce que j’ai vu et entendu", "Un dessin.")]


def test_a_plain_line_has_neither_name_nor_question():
    for key, section in (("line", "line"), ("free", "text"), ("unknown", "x")):
        read = FRENCH.of(moment(template=key, sections=((section, "Un mot."),)))
        assert (read.template, read.texts) == ("", [("", "Un mot.")])


def test_a_day_says_from_which_step_to_which():
    span = Span("workload", low=2, typical=3, high=4, count=3)
    assert FRENCH.between(span) == Load("work", "charge de travail", "soutenable à lourde")
    flat = Span("support", low=5, typical=5, high=5, count=2)
    assert FRENCH.between(flat) == Load("support", "soutien", "solide")
