"""One person at a served instance, before, while and after something is wrong."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from html import unescape

import httpx
from tests.journal.pages import texts
from tests.loss.servers import Served
from tests.processes import RemoteVisitor
from tests.visitors import PASSWORD

NOTHING = "Rien de ce que vous venez d’envoyer n’a été enregistré."
UNSURE = "Il n’est pas certain que votre envoi ait été enregistré."
TEXT = "La porte est restée fermée, j’ai attendu sur le palier. "
PRIVATE = "Traceback|ana@|palier|Error"
"""What no log may hold."""


@asynccontextmanager
async def first(served: Served) -> AsyncIterator[RemoteVisitor]:
    """The first person of an instance, her vault open."""
    window = RemoteVisitor(served.url)
    fields = {"email": "ana@exemple.fr", "display_name": "Ana", "new_password": PASSWORD}
    path = re.findall(r"/invitation/[0-9A-Z-]+", served.log.read_text())[-1]
    assert (await window.post(path, fields)).status_code == 303
    yield window
    await window.client.aclose()


def a_moment(number: int) -> dict[str, str]:
    return {"nonce": f"nonce {number}", "text-line": f"{number} {TEXT * 20}", "template": "line"}


async def note(window: RemoteVisitor, number: int, **headers: str) -> httpx.Response:
    return await window.post("/carnet/vite", a_moment(number), **headers)


async def noted(window: RemoteVisitor) -> list[int]:
    """The numbers of the moments on the page, each as often as it is there."""
    return sorted(int(text.split()[0]) for text in texts(await window.get("/carnet")))


async def send_again(window: RemoteVisitor, page: httpx.Response) -> httpx.Response:
    """Press the button of a page that kept the form."""
    form = page.text.partition('<form method="post"')[2]
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', form)
    fields = {unescape(name): unescape(value) for name, value in found}
    return await window.client.post("/carnet/vite", data=fields)


def assert_kept(answer: httpx.Response, number: int, status: int = 503) -> None:
    """Nothing was saved, which is said, and the text is there."""
    page = unescape(answer.text)
    assert answer.status_code == status
    assert int(answer.headers["retry-after"]) > 0
    assert NOTHING in page
    assert a_moment(number)["text-line"].strip() in page
