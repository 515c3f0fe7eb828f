"""Genuine credentials are recognised; whatever else anybody sends is refused alike."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.accounts.authenticator import (
    BACKED_UP,
    DOMAIN,
    ELIGIBLE,
    ORIGIN,
    Authenticator,
    Ed25519,
    Es256,
    Rs256,
    decoded,
    encoded,
)

from recul.accounts.webauthn import (
    CREATE,
    GET,
    NotGenuine,
    Site,
    Used,
    challenge_of,
    created,
    used,
)

SITE = Site(DOMAIN, ORIGIN)
OPTIONS: dict[str, Any] = {
    "challenge": encoded(b"asked" * 10),
    "user": {"id": encoded(b"a" * 16)},
    "extensions": {},
}


def use(token: Authenticator, public_key: bytes, **changed: bytes) -> Any:
    answer = token.get(OPTIONS)
    signed = {
        "client_data": decoded(answer["client_data"]),
        "said": decoded(answer["authenticator_data"]),
        "signature": decoded(answer["signature"]),
    }
    return used(SITE, public_key, **(signed | changed))


def make(token: Authenticator) -> Any:
    return created(SITE, decoded(token.create(OPTIONS)["attestation"]))


@pytest.mark.parametrize("algorithm", [Es256, Ed25519, Rs256])
def test_a_credential_of_each_algorithm_is_recognised(algorithm: type):
    token = Authenticator(algorithm=algorithm)
    made = make(token)
    assert (made.credential, made.sign_count, made.verified) == (token.held[0].id, 0, True)
    assert use(token, made.public_key) == Used(1, verified=True)
    token.verifies = False
    assert use(token, made.public_key) == Used(2, verified=False)


def test_what_another_key_signed_is_refused():
    token, other = Authenticator(), Authenticator()
    made = make(token)
    make(other)
    with pytest.raises(NotGenuine):
        use(other, made.public_key)


@pytest.mark.parametrize(
    "changed",
    [
        {"domain": "ailleurs.test"},
        {"domain": "test"},
        {"flags": BACKED_UP},  # without being eligible
    ],
    ids=str,
)
def test_an_authenticator_that_speaks_of_another_site_is_refused(changed: dict[str, Any]):
    token = Authenticator()
    made = make(token)
    for name, value in changed.items():
        setattr(token, name, value)
    with pytest.raises(NotGenuine):
        use(token, made.public_key)
    with pytest.raises(NotGenuine):
        make(token)


def test_a_credential_that_is_kept_elsewhere_too_is_as_good():
    assert make(Authenticator(flags=ELIGIBLE | BACKED_UP)).verified


def test_the_browser_must_have_been_here():
    token = Authenticator()
    client_data = decoded(token.create(OPTIONS)["client_data"])
    assert challenge_of(SITE, CREATE, client_data) == b"asked" * 10
    refused = [
        (Site(DOMAIN, "https://ailleurs.test"), CREATE, client_data),
        (Site(DOMAIN, "http://recul.test"), CREATE, client_data),
        (SITE, GET, client_data),
        (SITE, CREATE, client_data.replace(b"false", b"true")),  # inside a page of another site
        (SITE, CREATE, b"[]"),
        (SITE, CREATE, b""),
        (SITE, CREATE, b"[" * 9000),
    ]
    for site, kind, said in refused:
        with pytest.raises(NotGenuine):
            challenge_of(site, kind, said)


def test_signed_words_cannot_be_changed():
    token = Authenticator()
    made = make(token)
    answer = token.get(OPTIONS)
    for name in ("client_data", "authenticator_data", "signature"):
        raw = bytearray(decoded(answer[name]))
        raw[-1] ^= 1
        with pytest.raises(NotGenuine):
            use(token, made.public_key, **{name.replace("authenticator_data", "said"): bytes(raw)})


def test_a_key_that_cannot_check_anything_is_not_kept():
    class Weak(Rs256):
        def __init__(self) -> None:
            super().__init__(1024)

    class Bent(Es256):
        def public(self) -> Any:
            return super().public() | {-2: bytes(32)}

    class Unknown(Es256):
        def public(self) -> Any:
            return super().public() | {3: -65535}

    for algorithm in (Weak, Bent, Unknown):
        with pytest.raises(NotGenuine):
            make(Authenticator(algorithm=algorithm))


@given(st.binary(max_size=400))
def test_no_bytes_break_a_reader(raw: bytes):
    for read in (
        lambda: created(SITE, raw),
        lambda: challenge_of(SITE, GET, raw),
        lambda: used(SITE, raw, client_data=raw, said=raw, signature=raw),
    ):
        with pytest.raises(NotGenuine):
            read()


def test_a_site_is_what_the_settings_say():
    assert Site.of("https://recul.exemple.org") == Site(
        "recul.exemple.org", "https://recul.exemple.org"
    )
    assert Site.of("https://Recul.Exemple.org:443/").origin == "https://recul.exemple.org"
    assert Site.of("http://localhost:8000") == Site("localhost", "http://localhost:8000")
    assert Site.of("https://été.exemple.org").domain == "xn--t-9fab.exemple.org"
