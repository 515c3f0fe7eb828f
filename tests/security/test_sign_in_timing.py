"""Attack: many addresses are tried at the sign-in page, and the time of each answer tells which of
them belong to somebody: who works here, who has an account of a service for burnt-out carers.

A clock in a test would tell how busy the machine is. What takes time is counted instead: password
derivations and their cost, and statements in the database, in their order. They have to be the
same whoever is known. `python -m tests.security.timing` measures the answers themselves.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import httpx
import pytest
from litestar import Litestar
from tests.visitors import PASSWORD, Visitor, newcomer

from recul.accounts.actions import invitations
from recul.accounts.tables import Account
from recul.database import recorded_statements
from recul.vault import boxes, passwords, slots
from recul.vault.passwords import Cost

WRONG = "pas le bon mot de passe"
CODE = "7K3M-0VQ2-WX9A-4HTD-ZP6C"
NEW = "une autre phrase de passe"


class Work:
    """What an answer cost."""

    def __init__(self) -> None:
        self.statements: list[str] = []
        self.derivations: list[Cost] = []
        self.boxes = 0


@contextmanager
def worked(monkeypatch: pytest.MonkeyPatch) -> Iterator[Work]:
    """Counts what really runs: derivations, trials of a box, statements."""
    work, derive, open_box = Work(), passwords.derive, boxes.open_box

    def counted(password: str, salt: bytes, cost: Cost) -> bytes:
        work.derivations.append(cost)
        return derive(password, salt, cost)

    def tried(*parts: bytes) -> bytes:
        work.boxes += 1
        return open_box(*parts)

    with monkeypatch.context() as patched, recorded_statements() as statements:
        patched.setattr(passwords, "derive", counted)
        patched.setattr(slots, "open_box", tried)
        yield work
        work.statements = [" ".join(one.split()) for one in statements]


@pytest.fixture
async def addresses(app: Litestar, ana: Visitor) -> dict[str, str]:
    """Nobody's, and those of people in every state that an account may be in."""
    reset, bare = await newcomer(app, "remise"), "sans-coffre@exemple.fr"
    link = await invitations.offer_reset(reset.email)
    await Visitor(app).post(f"/reinitialisation/{link}", {"new_password": NEW})
    day = date(2026, 1, 1)
    await Account(email=bare, display_name="X", time_zone="Europe/Paris", joined_on=day).save()
    await invitations.invite("invitee@exemple.fr")
    return {
        "nobody": "personne@exemple.fr",
        "known": ana.email,
        "known, in capitals": ana.email.upper(),
        "with a closed vault": reset.email,
        "without a vault": bare,
        "invited": "invitee@exemple.fr",
        "no address": "pas une adresse",
    }


async def _costs(
    app: Litestar, fields: dict[str, str], path: str, monkeypatch: pytest.MonkeyPatch
) -> tuple[httpx.Response, Work]:
    window = Visitor(app)
    await window.token()
    with worked(monkeypatch) as work:
        answer = await window.post(path, fields)
    return answer, work


def same(costs: dict[str, Work]) -> None:
    first, *others = [vars(work) for work in costs.values()]
    assert others == [first] * len(others)


async def test_a_wrong_password_costs_the_same_whoever_is_known(
    app: Litestar, addresses: dict[str, str], monkeypatch: pytest.MonkeyPatch
):
    costs, pages = {}, set()
    for name, email in addresses.items():
        fields = {"email": email, "password": WRONG}
        answer, costs[name] = await _costs(app, fields, "/connexion", monkeypatch)
        pages.add(_bare(answer, email))
    same(costs)
    assert costs["nobody"].derivations == [app.state.settings.cost]
    assert len(pages) == 1


async def test_a_wrong_code_costs_the_same_whoever_is_known(
    app: Litestar, addresses: dict[str, str], ana: Visitor, monkeypatch: pytest.MonkeyPatch
):
    await ana.post("/carnet/codes")
    del addresses["no address"]  # refused by the form, before anybody is looked for
    costs, pages = {}, set()
    for name, email in addresses.items():
        fields = {"email": email, "code": CODE, "new_password": NEW}
        answer, costs[name] = await _costs(app, fields, "/mot-de-passe-oublie", monkeypatch)
        pages.add(_bare(answer, email))
    same(costs)
    assert costs["nobody"].boxes == 8
    assert costs["nobody"].derivations == []
    assert len(pages) == 1


async def test_the_right_password_costs_one_derivation_too(
    app: Litestar, ana: Visitor, monkeypatch: pytest.MonkeyPatch
):
    fields = {"email": ana.email, "password": PASSWORD}
    answer, work = await _costs(app, fields, "/connexion", monkeypatch)
    assert answer.status_code == 303
    assert work.derivations == [app.state.settings.cost]


def _bare(answer: httpx.Response, email: str) -> Any:
    """The answer without what differs each time: the address, and the token of the form."""
    token = str(answer.request.headers["cookie"]).partition("recul-formulaire=")[2][:128]
    text = answer.text.replace(token, "").replace(email.lower(), "")
    return answer.status_code, text, tuple(sorted(answer.headers.keys()))
