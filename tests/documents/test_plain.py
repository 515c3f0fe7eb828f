"""Words as paper can hold them."""

import pytest

from recul.documents.plain import plain, plain_text


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Ana", "Ana"),
        ("un\r\ndeux\ttrois", "un\ndeux\ttrois"),
        ("\x00a\x07b\x7fc\ufeffd", "abcd"),
        ("a\u202eb\u2066c", "abc"),
        ("\ud800", "\ufffd"),
        ("👩🏽\u200d⚕️", "👩🏽\u200d⚕️"),
        ("e" + "\u0301" * 5000 + "té", "e" + "\u0301" * 8 + "té"),
        ("a" * 29, "a" * 29),
        ("a" * 30, "\u200b".join(["a" * 10] * 3)),
    ],
)
def test_texts(typed: str, printed: str):
    assert plain_text(typed) == printed


def test_all_the_texts_of_data():
    data = {"a": "\x00b", "c": [("d\x00", 1), None, 2.5, True], "e": {"f": "\x00"}}
    assert plain(data) == {"a": "b", "c": [["d", 1], None, 2.5, True], "e": {"f": ""}}
