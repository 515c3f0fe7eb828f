"""How people get here: the address they type, the proxy, the certificate they see."""

import socket
import ssl
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import anyio
import anyio.to_thread

from recul.ailing import Ailing
from recul.settings import Settings

SOON = timedelta(days=10)
HERE = {"localhost", "127.0.0.1", "::1"}


async def address(config: Settings) -> str:
    """Whether what people type, the proxy and the server fit together."""
    said = f"People come to {config.url}; Recul listens on {config.host}:{config.port}."
    if not config.production:
        return said
    if config.host not in HERE and not config.trusted_proxies:
        raise Ailing(
            f"{said} Whoever reaches that port skips the proxy: set RECUL_HOST=127.0.0.1, or "
            "RECUL_TRUSTED_PROXIES to the proxy's address."
        )
    if not config.trusted_proxies:
        raise Ailing(
            f"{said} RECUL_TRUSTED_PROXIES is not set: all people look like one address, and one "
            "person's wrong passwords make everybody wait. Set it to the proxy's address."
        )
    return f"{said} The proxy at {config.trusted_proxies} tells who asks."


async def certificate(config: Settings) -> str:
    """The certificate that people see, asked for as they do."""
    where = urlsplit(config.url)
    if where.scheme != "https":
        return "No https here."
    try:
        with anyio.fail_after(5):
            ends = await anyio.to_thread.run_sync(
                _ends, str(where.hostname), where.port or 443, abandon_on_cancel=True
            )
    except ssl.SSLCertVerificationError as error:
        raise Ailing(
            f"Browsers would not trust {config.url} ({error.verify_message}): renew or replace "
            "its certificate."
        ) from None
    except (OSError, TimeoutError):
        return f"{config.url} cannot be reached from here: look at it with a browser."
    if (left := ends - datetime.now(UTC)) < SOON:
        raise Ailing(f"The certificate of {config.url} ends in {left.days} days: renew it.")
    return f"The certificate of {config.url} is good for {left.days} days."


def _ends(host: str, port: int) -> datetime:
    context = ssl.create_default_context()
    with (
        socket.create_connection((host, port), timeout=4) as line,
        context.wrap_socket(line, server_hostname=host) as safe,
    ):
        found = safe.getpeercert() or {}
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(str(found["notAfter"])), UTC)
