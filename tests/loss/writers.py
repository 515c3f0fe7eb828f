"""People who write all the time, remember what was acknowledged, and look for it afterwards.

A write is acknowledged when its answer came. When none came, or one that says that nothing can
be written now, the same form is sent again later, as people do: the write must then be there once.
"""

import asyncio
from abc import ABC, abstractmethod
from collections import Counter
from random import Random
from uuid import UUID, uuid4

import httpx
from piccolo.querystring import QueryString
from tests.journal.pages import ids, value
from tests.processes import RemoteVisitor
from tests.visitors import PASSWORD

from recul.booking.tables import Enrolment
from recul.database import fetch
from recul.journal.moments import decode
from recul.notifications.tables import OutboxMail
from recul.vault.opened import OpenVault

AGAIN = 0.1
Form = dict[str, str]


class Lost(AssertionError):
    """A write that was acknowledged is not there, is there twice, or is half there."""


class NotNow(Exception):
    """A page that is needed to write did not come."""


class Writer(ABC):
    """`pending`: what was sent without an answer that says what became of it."""

    def __init__(self, window: RemoteVisitor) -> None:
        self.window = window
        self.acknowledged = self.unanswered = 0
        self.pending: Form | None = None

    async def work(self, stop: asyncio.Event) -> None:
        """Write until told to stop, or until nobody answers."""
        while not stop.is_set():
            try:
                if self.pending is None:
                    self.pending = await self.next()
                if self.pending is None:
                    return
                answer = await self.send(self.pending)
            except httpx.TransportError:
                self.unanswered += self.pending is not None
                return
            except NotNow:
                await asyncio.sleep(AGAIN)
                continue
            if answer.status_code in (503, 507):
                self.unanswered += 1
                await asyncio.sleep(AGAIN)
            else:
                self.heard(answer)
                self.pending, self.acknowledged = None, self.acknowledged + 1

    async def again(self) -> None:
        """Send what is pending once more."""
        if self.pending is not None:
            self.heard(await self.send(self.pending))
            self.pending, self.acknowledged = None, self.acknowledged + 1

    @abstractmethod
    async def next(self) -> Form | None:
        """What to write next; None: nothing, for now."""

    @abstractmethod
    async def send(self, form: Form) -> httpx.Response: ...

    @abstractmethod
    def heard(self, answer: httpx.Response) -> None:
        """`pending` was answered. Raises Lost when it was not accepted."""

    @abstractmethod
    async def check(self) -> None:
        """Raises Lost unless everything that was acknowledged is there once, and nothing else
        but what is pending."""


async def written(vault: OpenVault) -> list[str]:
    """The texts of every moment in the database, filed or only deposited."""
    rows = await fetch(QueryString("SELECT * FROM entry WHERE owner = {}", vault.owner))
    return [_text(vault, row) for row in rows]


def _text(vault: OpenVault, row: dict[str, object]) -> str:
    box = row["box"]
    assert isinstance(box, bytes)
    filed = row["month"] is not None
    moment = decode(
        vault.open_entry(UUID(str(row["id"])), box) if filed else vault.open_deposit(box)
    )
    return moment.text


class Diarist(Writer):
    """Notes one moment after the other: filed with its cover write, or deposited when her vault
    is locked."""

    def __init__(self, window: RemoteVisitor, vault: OpenVault, chance: Random) -> None:
        super().__init__(window)
        self.vault, self.chance = vault, chance
        self.texts: list[str] = []

    async def next(self) -> Form:
        text = f"moment {uuid4()}"
        answers = {"workload": str(self.chance.randint(1, 5))}
        return {"nonce": uuid4().hex, "template": "line", "text-line": text} | answers

    async def send(self, form: Form) -> httpx.Response:
        return await self.window.post("/carnet/vite", form)

    def heard(self, answer: httpx.Response) -> None:
        if answer.status_code != 303 or self.pending is None:
            raise Lost(f"a moment was answered with {answer.status_code}")
        self.texts.append(self.pending["text-line"])

    async def check(self) -> None:
        found = Counter(await written(self.vault))
        due = Counter(self.texts)
        if self.pending is not None and self.pending["text-line"] in found:
            due[self.pending["text-line"]] = 1
        if found != due:
            raise Lost(f"moments: lost {len(due - found)}, too many {len(found - due)}")


class Editor(Writer):
    """Rewrites one moment."""

    def __init__(self, window: RemoteVisitor, vault: OpenVault) -> None:
        super().__init__(window)
        self.vault = vault
        self.version, self.address = 0, ""

    async def next(self) -> Form:
        if not self.address:
            [moment] = ids(await self._page("/carnet"))
            self.address = f"/carnet/moments/{moment}/modifier"
        page = await self._page(self.address)
        names = ("seen", "template", "when", "date", "time")
        typed = {name: value(page, name) for name in names}
        return typed | {"text-line": f"version {self.version + 1}"}

    async def _page(self, path: str) -> httpx.Response:
        page = await self.window.get(path)
        if page.status_code == 503:
            raise NotNow
        return page

    async def send(self, form: Form) -> httpx.Response:
        return await self.window.post(self.address, form)

    def heard(self, answer: httpx.Response) -> None:
        """Sent again, the form is of an older version than the one it made itself."""
        if answer.status_code not in (303, 422):
            raise Lost(f"a change was answered with {answer.status_code}")
        self.version += 1

    async def check(self) -> None:
        [text] = await written(self.vault)
        may_be = {f"version {self.version}"}
        if self.pending is not None:
            may_be.add(self.pending["text-line"])
        if text not in may_be and self.version:
            raise Lost(f"a change: {text} is there instead of {may_be}")


class Changer(Writer):
    """Changes her password, again and again."""

    def __init__(self, window: RemoteVisitor, email: str) -> None:
        super().__init__(window)
        self.email, self.password = email, PASSWORD

    async def next(self) -> Form:
        return {"password": self.password, "new_password": f"une autre phrase {uuid4()}"}

    async def send(self, form: Form) -> httpx.Response:
        return await self.window.post("/compte/mot-de-passe", form)

    def heard(self, answer: httpx.Response) -> None:
        """Refused: the former one is wrong already, since it was changed the first time."""
        if answer.status_code not in (303, 422) or self.pending is None:
            raise Lost(f"a password was answered with {answer.status_code}")
        self.password = self.pending["new_password"]

    async def check(self) -> None:
        may_be = [self.password]
        if self.pending is not None:
            may_be.append(self.pending["new_password"])
        opened = [password for password in may_be if await self._opens(password)]
        if len(opened) != 1:
            raise Lost(f"{len(opened)} of {len(may_be)} passwords open the account")

    async def _opens(self, password: str) -> bool:
        other = RemoteVisitor(str(self.window.client.base_url))
        try:
            return (await other.sign_in(self.email, password)).status_code == 303
        finally:
            await other.client.aclose()


class Enroller(Writer):
    """One person after the other enrols in a cycle, and is told by mail in the same transaction."""

    def __init__(
        self, window: RemoteVisitor, cookies: dict[UUID, str], address: str, form: Form
    ) -> None:
        super().__init__(window)
        self.cookies, self.address, self.form = cookies, address, form
        self.left, self.there = list(cookies), set[UUID]()

    async def next(self) -> Form | None:
        return self.form | {"who": str(self.left.pop())} if self.left else None

    async def send(self, form: Form) -> httpx.Response:
        token = await self.window.token()
        sign_in = self.cookies[UUID(form["who"])]
        return await self.window.client.post(
            self.address,
            data={"_csrf_token": token} | form,
            headers={"cookie": f"recul={sign_in}; recul-formulaire={token}"},
        )

    def heard(self, answer: httpx.Response) -> None:
        if answer.status_code != 303 or self.pending is None:
            raise Lost(f"an enrolment was answered with {answer.status_code}")
        self.there.add(UUID(self.pending["who"]))

    async def check(self) -> None:
        seats = await Enrolment.select(Enrolment.account).where(
            Enrolment.account.is_in(list(self.cookies))
        )
        mails = await OutboxMail.select(OutboxMail.account).where(
            OutboxMail.account.is_in(list(self.cookies))
        )
        enrolled, told = (
            Counter(UUID(str(row["account"])) for row in rows) for rows in (seats, mails)
        )
        due = Counter(self.there)
        if self.pending is not None and (one := UUID(self.pending["who"])) in enrolled:
            due[one] = 1
        if enrolled != due:
            raise Lost(f"enrolments: lost {len(due - enrolled)}, too many {len(enrolled - due)}")
        if told != enrolled:
            raise Lost(f"{sum((enrolled - told).values())} enrolments without their mail")
