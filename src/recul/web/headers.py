"""Headers of every answer: nothing private is kept, framed, or told to another site."""

from urllib.parse import urlsplit

from litestar.types import Message, Scope

from recul.settings import Settings

# A style sheet, script or font is no document; the rest would add six kilobytes to a first visit.
OF_FILES = [
    (b"x-content-type-options", b"nosniff"),
    (b"cross-origin-resource-policy", b"same-origin"),
]


def content_security_policy(settings: Settings) -> str:
    # The way out of *Quitter vite* is the target of a redirected form.
    way_out = urlsplit(settings.quick_exit)
    form_targets = f"'self' {way_out.scheme}://{way_out.netloc}" if way_out.netloc else "'self'"
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; "
        f"form-action {form_targets}; frame-ancestors 'none'"
    )


def common(settings: Settings) -> list[tuple[bytes, bytes]]:
    """The headers that do not depend on the page."""
    headers = {
        "content-security-policy": content_security_policy(settings),
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "permissions-policy": "camera=(), geolocation=()",
        "x-robots-tag": "noindex, nofollow",
    }
    if settings.production:
        headers["strict-transport-security"] = "max-age=31536000; includeSubDomains"
    return [(name.encode(), value.encode()) for name, value in headers.items()]


async def add(message: Message, scope: Scope) -> None:
    """Litestar's `before_send` hook: it also sees error pages and unknown paths."""
    if message["type"] != "http.response.start":
        return
    headers = list(message["headers"])
    kept = next((value for name, value in headers if name.lower() == b"cache-control"), None)
    if kept is not None and kept.startswith(b"public"):
        headers += OF_FILES
    else:
        headers += scope["litestar_app"].state.common_headers
        if kept is None:
            headers.append((b"cache-control", b"no-store"))
        if number := scope["state"].get("request_id"):
            headers.append((b"x-request-id", number.encode()))
    message["headers"] = headers
