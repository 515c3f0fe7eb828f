"""The token that each form carries, so that no other site sends it in somebody's name."""

from typing import Any

from litestar.config.csrf import CSRFConfig
from litestar.enums import ScopeType
from litestar.middleware import DefineMiddleware
from litestar.middleware.csrf import CSRFMiddleware
from litestar.types import Receive, Scope, Send
from typing_extensions import override

from recul.settings import Settings

COOKIE = "recul-formulaire"


class FormTokens(CSRFMiddleware):
    """Litestar's check, for tokens of any shape: it fails on a file, or on a letter like é."""

    @override
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """A cookie made under another secret is as good as none: a fresh one takes its place.

        Otherwise every form would be refused until the browser is closed.
        """
        if scope["type"] == ScopeType.HTTP:
            cookies = scope["litestar_app"].request_class(scope).cookies
            kept = cookies.get(self.config.cookie_name, "")
            if not kept.isascii() or self._decode_csrf_token(kept) is None:
                cookies.pop(self.config.cookie_name, None)
        await super().__call__(scope, receive, send)

    @override
    def _csrf_tokens_match(self, request_csrf_token: Any, cookie_csrf_token: str) -> bool:
        sent = request_csrf_token
        if not isinstance(sent, str) or not sent.isascii() or not cookie_csrf_token.isascii():
            return False
        return super()._csrf_tokens_match(sent, cookie_csrf_token)


def form_tokens(settings: Settings) -> DefineMiddleware:
    config = CSRFConfig(
        secret=settings.secret,
        cookie_name=COOKIE,
        cookie_secure=bool(settings.cookie_secure),
        cookie_httponly=True,
        cookie_samesite="lax",
    )
    return DefineMiddleware(FormTokens, config=config)
