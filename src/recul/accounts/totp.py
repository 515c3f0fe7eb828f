"""Codes of six digits that an application shows, each for half a minute (RFC 6238)."""

from datetime import datetime
from hmac import compare_digest

from pyotp import TOTP, random_base32

INTERVAL = 30
"""Seconds."""
AROUND = 1
"""How many codes before and after today's are taken: the clock of a phone may be off."""
_ISSUER = "Recul"


def new_secret() -> str:
    """160 random bits as applications read them: 32 letters and digits."""
    return random_base32()


def grouped(secret: str) -> str:
    """As somebody copies it by hand."""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


def address(secret: str, email: str) -> str:
    """What the application reads from the image, or from a link on the phone itself."""
    return TOTP(secret).provisioning_uri(name=email, issuer_name=_ISSUER)


def step_of(moment: datetime) -> int:
    """Half minutes since 1970."""
    return int(moment.timestamp()) // INTERVAL


def step_taken(secret: str, typed: str, now: datetime) -> int | None:
    """The half minute whose code was typed; none when it is no code of these minutes."""
    code = "".join(c for c in typed if not c.isspace())
    if not code.isascii():
        return None
    found = None
    for step in range(step_of(now) - AROUND, step_of(now) + AROUND + 1):
        if compare_digest(TOTP(secret).generate_otp(step), code):
            found = step
    return found
