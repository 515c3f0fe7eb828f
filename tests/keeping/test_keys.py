"""Passphrases and key pairs."""

from io import BytesIO

import pytest
from tests.keeping.sealed import CHEAP, TO_WORDS, WORDS

from recul.keeping import keys
from recul.keeping.keys import Passphrase, Recipient, beginning
from recul.keeping.refusals import Damaged, Refused

PUBLIC, PRIVATE = keys.new_pair()
RECIPIENTS: list[Recipient] = [TO_WORDS, keys.public_key(PUBLIC)]


def test_a_passphrase_gives_the_key_back():
    key, about = TO_WORDS.new_key()
    found = beginning(BytesIO(about))
    assert found.by_passphrase
    assert found.key_from_passphrase(WORDS) == key
    assert found.key_from_passphrase(WORDS.upper()) != key
    assert TO_WORDS.new_key()[0] != key


def test_a_private_key_gives_the_key_back():
    key, about = keys.public_key(f" {PUBLIC}\n").new_key()
    found = beginning(BytesIO(about))
    assert not found.by_passphrase
    assert found.key_from_private(keys.private_key(PRIVATE)) == key


def test_a_foreign_key_pair_is_told():
    _, about = keys.public_key(PUBLIC).new_key()
    foreign = keys.private_key(keys.new_pair()[1])
    with pytest.raises(Refused, match="sealed to another"):
        beginning(BytesIO(about)).key_from_private(foreign)


def test_a_short_passphrase_is_refused():
    with pytest.raises(Refused, match="12 characters"):
        Passphrase("onze lettre", CHEAP)
    assert WORDS not in repr(TO_WORDS)


@pytest.mark.parametrize("text", ["", "x", PUBLIC[:-1], PUBLIC + "A", PRIVATE, PUBLIC[:30] + "é"])
def test_what_is_no_public_key(text: str):
    with pytest.raises(Refused, match="recul-backup-public-"):
        keys.public_key(text)


@pytest.mark.parametrize("recipient", RECIPIENTS)
def test_a_beginning_that_is_cut_off_or_another(recipient: Recipient):
    _, about = recipient.new_key()
    for length in range(len(about)):
        with pytest.raises(Damaged):
            beginning(BytesIO(about[:length]))
    with pytest.raises(Damaged, match="no backup"):
        beginning(BytesIO(b"R" + about))


@pytest.mark.parametrize("number", range(3))
def test_an_altered_cost_keeps_no_machine_busy(number: int):
    """Costs that nobody would write are refused at once: memory, passes and lanes."""
    _, about = TO_WORDS.new_key()
    at = len(about) - 12 + 4 * number
    altered = about[:at] + b"\xff\xff\xff\xff" + about[at + 4 :]
    with pytest.raises(Damaged, match="altered"):
        beginning(BytesIO(altered)).key_from_passphrase(WORDS)
