"""Windows of the browser: a phone in the hand, unless a test says otherwise."""

from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Page, ViewportSize
from tests.browser.house import COOKIE, House, Person

PHONE = ViewportSize(width=360, height=740)
PATIENCE = 10_000
"""Milliseconds that something on the page may take."""

WATCH_POLICY = """
    addEventListener("securitypolicyviolation", (event) =>
        console.error("policy: " + event.violatedDirective + " " + event.blockedURI));
"""
# Chromium reports answers that are no success, and a network that a test took away.
EXPECTED = ("Failed to load resource", "htmx: htmx:error: Failed to fetch")


class Windows:
    """Opens windows; when they close, nothing may have gone wrong in their scripts."""

    def __init__(self, browser: Browser, house: House) -> None:
        self.browser = browser
        self.house = house
        self.complaints: list[str] = []
        self._contexts: list[BrowserContext] = []

    async def __call__(
        self,
        person: Person | None = None,
        *,
        script: bool = True,
        now: str | None = None,
        **options: Any,
    ) -> Page:
        """A window of its own: its cookies are shared with no other. `now`: the moment at which
        it is opened, when it is not that of the house."""
        headers = {"X-Forwarded-For": self.house.next_address()}
        usual: dict[str, Any] = {
            "base_url": self.house.url,
            "viewport": PHONE,
            "locale": "fr-FR",
            "timezone_id": "Europe/Paris",
            "java_script_enabled": script,
            "extra_http_headers": headers | ({"X-Now": now} if now else {}),
            "reduced_motion": "reduce",
        }
        context = await self.browser.new_context(**usual | options)
        self._contexts.append(context)
        context.set_default_timeout(PATIENCE)
        await context.add_init_script(WATCH_POLICY)
        context.on("console", self._listen)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        if person is not None:
            await self.let_in(context, person)
        return await context.new_page()

    async def let_in(self, context: BrowserContext, person: Person) -> None:
        cookie = {"name": COOKIE, "value": person.cookie, "url": self.house.url}
        await context.add_cookies([cookie])  # type: ignore[list-item]

    async def close(self) -> None:
        for context in self._contexts:
            await context.close()
        assert not self.complaints, self.complaints

    def _listen(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(EXPECTED):
            where = urlsplit(message.location["url"]).path
            self.complaints.append(f"{where}: {message.text}")
