"""A phone with an application of codes, and people who turned them on."""

import re
from dataclasses import dataclass, field
from html import unescape

from pyotp import TOTP
from tests.accounts.test_recovery import codes_of
from tests.visitors import Visitor

from recul import clock

PAGE = "/compte/securite/code"
SECOND = "/connexion/verification"


@dataclass
class Phone:
    secret: str
    keys: list[str] = field(default_factory=list)
    """The sheet of recovery codes of whoever has this phone."""

    def code(self, later: int = 0) -> str:
        """The code that it shows, or showed `later` half minutes from now."""
        return TOTP(self.secret).at(clock.now(), counter_offset=later)


def secret_on(page: str) -> str:
    """What somebody copies by hand from the page."""
    found = re.search(r'code--long">([A-Z2-7 ]+)<', page)
    assert found
    return found[1].replace(" ", "")


def box_on(page: str) -> str:
    found = re.search(r'name="box" value="([^"]+)"', page)
    assert found
    return unescape(found[1])


async def turn_on(visitor: Visitor) -> Phone:
    """Recovery codes, then codes of an application. The code typed is the one before today's, so
    that today's serves at the next sign-in."""
    keys = await codes_of(visitor)
    page = (await visitor.get(PAGE)).text
    phone = Phone(secret_on(page), keys)
    answer = await visitor.post(PAGE, {"box": box_on(page), "code": phone.code(-1)})
    assert answer.headers["location"] == "/compte/securite", answer.text
    return phone


async def half_way(app: object, email: str) -> Visitor:
    """A browser whose password was right."""
    window = Visitor(app)  # type: ignore[arg-type]
    answer = await window.sign_in(email)
    assert answer.headers["location"] == SECOND
    return window
