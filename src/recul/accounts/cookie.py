"""The cookie of a sign-in: a random token that only the browser holds."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

from litestar import Response

from recul.settings import Settings
from recul.vault.sign_in_key import TOKEN_SIZE
from recul.web import tokens

LONGEST = 400 * 24 * 3600
"""The most that browsers keep a cookie. The server says when a sign-in ends: after days without
use, which a cookie cannot count."""


def name(settings: Settings) -> str:
    """`__Host-` makes a browser refuse the cookie when it is not secure or is of a sub-domain."""
    return "__Host-recul" if settings.cookie_secure else "recul"


def read(value: str | None) -> bytes | None:
    """The token, or none when the value cannot be one."""
    try:
        token = urlsafe_b64decode((value or "").encode("ascii") + b"=")
    except ValueError:
        return None
    return token if len(token) == TOKEN_SIZE else None


def write(response: Response[Any], settings: Settings, token: bytes) -> None:
    response.set_cookie(
        key=name(settings),
        value=urlsafe_b64encode(token).decode().rstrip("="),
        max_age=LONGEST,
        httponly=True,
        samesite="lax",
        secure=bool(settings.cookie_secure),
    )


def clear(response: Response[Any], settings: Settings) -> None:
    """Take the sign-in out of the browser, and the token of its forms."""
    tokens.forget(response, settings)
    response.set_cookie(
        key=name(settings),
        value="",
        max_age=0,
        httponly=True,
        samesite="lax",
        secure=bool(settings.cookie_secure),
    )
