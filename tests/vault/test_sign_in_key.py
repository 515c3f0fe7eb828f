from uuid import uuid4

import pytest

from recul.vault.keys import new_data_key
from recul.vault.sign_in_key import (
    Unreadable,
    hash_token,
    new_token,
    open_with_token,
    seal_for_token,
)


def test_the_data_key_opens_with_its_token_for_its_sign_in_only() -> None:
    token, data_key, sign_in = new_token(), new_data_key(), uuid4()
    box = seal_for_token(token, data_key, sign_in)
    assert open_with_token(token, box, sign_in) == data_key
    assert data_key not in box
    for other_token, other_sign_in in [
        (new_token(), sign_in),
        (token, uuid4()),
        (hash_token(token), sign_in),
        (token[:-1], sign_in),
    ]:
        with pytest.raises(Unreadable):
            open_with_token(other_token, box, other_sign_in)


def test_an_altered_or_missing_box_is_unreadable() -> None:
    token, sign_in = new_token(), uuid4()
    box = seal_for_token(token, new_data_key(), sign_in)
    for altered in (b"", box[:-1], box[:-1] + bytes([box[-1] ^ 1]), box + b"\0"):
        with pytest.raises(Unreadable):
            open_with_token(token, altered, sign_in)


def test_a_hash_finds_its_token_without_telling_it() -> None:
    token = new_token()
    assert hash_token(token) == hash_token(bytes(token)) != hash_token(new_token())
    assert len(hash_token(token)) == len(token) == 32
    assert hash_token(token) != token
