import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recul.vault.codes import ALPHABET, Malformed, new_codes, normalise_code

CODE = "7K3M-0VQ2-WX9A-41TD-ZP6C"
PRINTED = st.text(ALPHABET, min_size=20, max_size=20).map(
    lambda text: "-".join(text[at : at + 4] for at in range(0, 20, 4))
)


def test_eight_different_codes_in_five_groups() -> None:
    codes = new_codes()
    assert len(set(codes)) == len(codes) == 8
    group = f"[{ALPHABET}]{{4}}"
    assert [code for code in codes if not re.fullmatch("-".join([group] * 5), code)] == []


def test_as_many_codes_as_asked_and_every_letter_occurs() -> None:
    codes = new_codes(200)
    assert len(set(codes)) == 200
    assert set("".join(codes)) == {*ALPHABET, "-"}


def test_the_alphabet_has_32_letters_none_of_them_misread() -> None:
    assert len(set(ALPHABET)) == 32
    assert not set("ILOU") & set(ALPHABET)


@given(PRINTED)
def test_a_printed_code_is_its_own_normal_form(code: str) -> None:
    assert normalise_code(code) == code


@given(PRINTED, st.data())
def test_however_it_is_typed_it_is_the_same_code(code: str, data: st.DataObject) -> None:
    between = st.sampled_from(["", " ", "-", " - ", "–", "\u2011", "\u00a0", "\t", "\u200b", "\n"])
    looks = {"0": "0Oo", "1": "1IiLl"}
    typed = "".join(
        data.draw(between) + data.draw(st.sampled_from(looks.get(c, c + c.lower())))
        for c in code.replace("-", "")
    )
    assert normalise_code(typed + " ") == code


def test_one_wrong_letter_is_another_code() -> None:
    assert normalise_code(CODE) != normalise_code("8" + CODE[1:])


@pytest.mark.parametrize(
    "typed",
    ["", "----", CODE[:-1], CODE + "7", "U" + CODE[1:], "é" + CODE[1:], "\0" + CODE[1:],
     "\ud800" + CODE[1:], CODE.replace("-", "_"), CODE * 1_000, "٧" + CODE[1:]],
)  # fmt: skip
def test_what_cannot_be_a_code_is_malformed(typed: str) -> None:
    with pytest.raises(Malformed):
        normalise_code(typed)


@given(st.text())
def test_any_text_is_a_code_or_malformed(typed: str) -> None:
    try:
        code = normalise_code(typed)
    except Malformed:
        return
    assert normalise_code(code) == code
