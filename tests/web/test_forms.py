"""Forms: what is typed is cleaned, kept, and never an error of ours."""

import string
import unicodedata
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from litestar.datastructures import FormMultiDict

from recul.web.forms import Form, clean, form_of

ANYTHING = st.text(alphabet=st.characters(), max_size=200)


def form(**fields: str) -> Form:
    return Form(FormMultiDict(list(fields.items())))


@given(ANYTHING)
def test_cleaned_text_can_be_stored_anywhere_and_cleaned_again(text: str):
    cleaned = clean(text)
    assert cleaned.encode() is not None
    assert "\0" not in cleaned
    assert "\r" not in cleaned
    assert clean(cleaned) == cleaned == unicodedata.normalize("NFC", cleaned)


def test_what_people_write_is_left_alone():
    for text in ("déjà vu 👩🏽‍🌾", "שלום עליכם", "a\tb\nc", "L’œuvre — « ça » !"):
        assert clean(text) == text


def test_nul_and_lone_surrogates_go():
    assert clean("a\0b\ud800c\x1b[31m") == "abc[31m"


@given(st.dictionaries(st.sampled_from(["a", "b"]), ANYTHING))
def test_readers_never_raise(fields: dict[str, str]):
    sent = form(**fields)
    sent.text("a", longest=10, required="x")
    sent.step("a")
    sent.number("a", 1, 9)
    sent.date("a")
    sent.time("b")
    sent.choice("b", ("x", "y"))
    sent.flag("b")
    assert sent.file("a") == b""


@pytest.mark.parametrize(("typed", "step"), [("", None), ("0", None), ("1", 1), ("5", 5)])
def test_an_answer_on_a_scale(typed: str, step: int | None):
    sent = form(a=typed)
    assert (sent.step("a"), sent.ok) == (step, True)


@pytest.mark.parametrize("typed", ["6", "-1", "1.0", "²", "١", "1\n", "lourde"])
def test_an_answer_that_is_none_is_told(typed: str):
    sent = form(a=typed)
    assert (sent.step("a"), list(sent.errors)) == (None, ["a"])


def test_the_last_of_several_values_counts_and_none_is_lost():
    sent = form_of({"a": ["1", "2"], "b": ["é"]})
    assert (sent.typed("a"), sent.typed_all("a"), sent.typed("c")) == ("2", ["1", "2"], "")


def test_ids_that_are_none_are_left_out():
    one, other = uuid4(), uuid4()
    sent = Form(FormMultiDict([("id", str(one)), ("id", "x"), ("id", str(other)), ("no", "\0")]))
    assert (sent.ids("id"), sent.id("id")) == ([one, other], other)
    assert (sent.ids("no"), sent.id("no"), sent.id("missing"), sent.ok) == ([], None, None, True)


def test_the_first_error_of_a_field_is_kept():
    sent = form(a="x" * 300)
    sent.text("a")
    sent.error("a", "autre")
    assert "trop long" in sent.errors["a"].text


@given(st.text(alphabet=string.digits + "-:T+Z.W ", max_size=20))
def test_dates_and_hours_are_read_or_told(typed: str):
    sent = form(d=typed, t=typed)
    day, hour = sent.date("d"), sent.time("t")
    assert (day is None) == ("d" in sent.errors or not typed.strip())
    assert hour is None or (hour.tzinfo is None and hour.second == 0)
