"""Codes of six digits as RFC 6238 gives them, and the image that hands over their secret."""

import base64
from datetime import UTC, datetime
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from recul.accounts import qr, totp

# Appendix B of RFC 6238, in its last six digits.
SECRET = base64.b32encode(b"12345678901234567890").decode()
VECTORS = [
    (59, "287082"),
    (1111111109, "081804"),
    (1111111111, "050471"),
    (1234567890, "005924"),
    (2000000000, "279037"),
    (20000000000, "353130"),
]


@pytest.mark.parametrize(("second", "code"), VECTORS)
def test_the_codes_of_the_standard(second: int, code: str):
    now = datetime.fromtimestamp(second, UTC)
    assert totp.step_taken(SECRET, code, now) == second // 30
    assert totp.step_taken(SECRET, f" {code[:3]} {code[3:]} ", now) == second // 30


@pytest.mark.parametrize("typed", ["", "28708", "2870820", "é" * 6, "２８７０８２", "28708a"])
def test_what_is_no_code(typed: str):
    assert totp.step_taken(SECRET, typed, datetime.fromtimestamp(59, UTC)) is None


def test_secrets_differ_and_have_160_bits():
    secrets = {totp.new_secret() for _ in range(20)}
    assert len(secrets) == 20
    assert {len(base64.b32decode(secret)) for secret in secrets} == {20}


def test_the_address_names_the_account_and_the_secret():
    address = urlsplit(totp.address(SECRET, "ana+1@exemple.fr"))
    assert (address.scheme, address.netloc) == ("otpauth", "totp")
    assert unquote(address.path) == "/Recul:ana+1@exemple.fr"
    assert parse_qs(address.query) == {"secret": [SECRET], "issuer": ["Recul"]}


def test_a_secret_is_copied_in_groups_of_four():
    assert totp.grouped("ABCDEFGHIJ") == "ABCD EFGH IJ"


def test_the_drawing_is_the_image():
    """Its runs, painted, are the modules that the encoder gave."""
    import segno

    text = totp.address(SECRET, "ana@exemple.fr")
    drawing = qr.drawing(text)
    painted = set()
    for run in drawing.path.split("M")[1:]:
        start, _, rest = run.partition("h")
        x, y = (int(part) for part in start.split())
        painted |= {(x + n, y) for n in range(int(rest.split("v")[0]))}
    rows = segno.make_qr(text, error="m").matrix
    assert drawing.size == len(rows) + 8
    assert painted == {
        (x, y) for y, row in enumerate(rows, 4) for x, dark in enumerate(row, 4) if dark
    }
