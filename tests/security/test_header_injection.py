"""Attack: a line end in what somebody types, where it becomes a header of an answer or a mail, or a
line of a calendar: `Set-Cookie` in somebody's browser, `Bcc` to the attacker, a meeting that
invites others.

Whatever a person can type that reaches a header is tried: ways back, names of files, subjects and
addresses of mails, texts of calendars.
"""

from collections.abc import AsyncIterator
from email import message_from_bytes
from email.policy import default
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import httpx
import pytest
from litestar import Litestar
from tests.booking.seats import charter
from tests.booking.world import NOON, a_group, slots
from tests.notifications.servers import MailServer, mail_server
from tests.organisation.world import House
from tests.routes import routes
from tests.visitors import Visitor, settings

from recul import clock
from recul.accounts.actions import invitations, mailed
from recul.app import create_app
from recul.booking.actions import enrolments
from recul.booking.calendars.lines import folded, parameter, text
from recul.documents import attachment
from recul.notifications import outbox
from recul.notifications.addresses import Undeliverable, mailbox
from recul.notifications.letters import Letter, open_sealed
from recul.notifications.messages import message
from recul.notifications.tables import OutboxMail
from recul.settings import SettingError
from recul.web.reach import ROLES
from recul.web.roles import Role

ENDS = ("\r\n", "\n", "\r", "\r\n ", "\x0b", "\x0c", "\x85", "\u2028", "\u2029", "\x1c", "\0")
INJECTED = "X-Injected: oui"


def lines(end: str) -> str:
    return f"avant{end}{INJECTED}{end}Bcc: voleur@exemple.fr{end}{end}corps"


def assert_whole(answer: httpx.Response) -> None:
    """Each header is one line, and none is ours that we did not write."""
    for name, value in answer.headers.raw:
        assert not set(name + value) & set(b"\r\n\0"), name
    assert "x-injected" not in answer.headers


@pytest.fixture
async def post() -> AsyncIterator[MailServer]:
    async with mail_server() as server:
        yield server


async def test_every_answer_to_line_ends_in_addresses_and_fields(app: Litestar, house: House):
    """All routes, with line ends in each part of the request that may come back in a header."""
    names = "suite following name display_name detail semaine mois structure email code mots nonce"
    for end in ("\r\n", "\u2028"):
        typed, fields = lines(end), dict.fromkeys(names.split(), lines(end))
        query = "&".join(f"{name}={quote(typed)}" for name in names.split()[:8])
        for route in routes(app):
            if route.path in ("/deconnexion", "/quitter"):
                continue
            role = next(r for r in (Role.SELF, Role.ORGANISER, *Role) if r in ROLES[route.reach])
            visitor = house.people.get(role, house.self)
            address = f"{route.address()}?{query}"
            call = visitor.get(address) if route.method == "GET" else visitor.post(address, fields)
            assert_whole(await call)
        await house.self.sign_in(house.self.email)


async def test_line_ends_in_the_path_itself(nobody: Visitor, ana: Visitor):
    for path in ("/carnet%0d%0aX-Injected:%20oui", "/connexion/%0aX-Injected:", "/%0d%0a/"):
        for visitor in (nobody, ana):
            for headers in ({}, {"HX-Request": "true"}):
                assert_whole(await visitor.client.get(path, headers=headers))


async def test_names_of_files_are_ours(app: Litestar, house: House):
    """Nothing that somebody typed stands in `Content-Disposition`."""
    found = set()
    for route in routes(app):
        if route.method == "GET" and route.path.rpartition(".")[2] in (
            "pdf",
            "csv",
            "json",
            "html",
        ):
            for visitor in house.people.values():
                answer = await visitor.get(route.address(organisation=house.organisation))
                found.add(answer.headers.get("content-disposition", ""))
    named = {one.removeprefix('attachment; filename="').removesuffix('"') for one in found - {""}}
    assert {"carnet.csv", "carnet.html", "carnet.json"} <= named
    assert all(name.replace(".", "").replace("-", "").isalnum() for name in named), named
    assert attachment(b"", "a.pdf", "application/pdf").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("end", ENDS)
def test_the_subject_and_the_addresses_of_a_mail(end: str):
    config = settings(
        RECUL_SMTP_URL="smtp://127.0.0.1:9?tls=none", RECUL_MAIL_FROM="Recul <r@exemple.org>"
    )
    letter = Letter("ana@exemple.fr", "fr", " ".join(lines(end).split()), lines(end), lines(end))
    mail = message_from_bytes(message(config, uuid4(), letter, NOON), policy=default)
    assert " ".join(mail.keys()) == (
        "From To Subject Date Message-ID Auto-Submitted X-Auto-Response-Suppress MIME-Version "
        "Content-Type Content-Language"
    )
    for address in (f"ana@exemple.fr{end}Bcc: v@exemple.fr", f"a{end}b@exemple.fr", f"{end}@b.fr"):
        with pytest.raises(Undeliverable):
            mailbox(address)


@pytest.mark.parametrize("end", ENDS)
async def test_an_address_typed_into_a_form(app: Litestar, admin: Visitor, end: str):
    mailing = {"RECUL_SMTP_URL": "smtp://127.0.0.1:9?tls=none", "RECUL_MAIL_FROM": "r@exemple.org"}
    admin.client._transport = Visitor(create_app(settings(**mailing))).client._transport
    for typed in (f"a@exemple.fr{end}Bcc: v@exemple.fr", f"a{end}b@exemple.fr, v@exemple.fr"):
        answer = await admin.post("/invitations", {"email": typed, "by_mail": "1"})
        assert_whole(answer)
        assert answer.status_code == 422 or await _addresses() <= {"a@exemple.fr"}


async def _addresses() -> set[Any]:
    """Whom the waiting mails are for."""
    config = settings()
    found = await OutboxMail.select(OutboxMail.id, OutboxMail.box)
    return {open_sealed(config, row["id"], row["box"]).to for row in found}


async def test_what_people_type_reaches_no_header_of_a_real_mail(house: House, post: MailServer):
    """A group, a place and a note with line ends, and somebody who takes a seat."""
    typed = lines("\r\n")
    with clock.set_to(NOON):
        circle = await a_group(house, *slots(2), name=typed[:100], purpose=typed)
        wanted = await charter(circle.group)
        ana = house.ids[Role.SELF]
        await enrolments.ask(post.settings(), ana, circle.cycle, wanted, True)
        await invitations.invite("b@exemple.fr")
        await mailed.reset_link(post.settings(), house.self.email, "127.0.0.1")
        await outbox.send_due(post.settings())
    with clock.set_to(NOON.replace(day=23, hour=9)):
        await outbox.send_due(post.settings())
    assert len(post.received) >= 2
    for received in post.received:
        assert received.mail["X-Injected"] is None
        assert received.mail["Bcc"] is None
        assert received.to in ([house.self.email], ["b@exemple.fr"])


@pytest.mark.parametrize("end", ENDS)
def test_a_line_of_a_calendar_stays_one(end: str):
    typed = f"Groupe{end}ATTENDEE:mailto:v@exemple.fr{end}END:VEVENT"
    for written in (folded(f"SUMMARY:{text(typed)}"), folded(f"ORGANIZER;CN={parameter(typed)}:x")):
        kept = written.replace("\r\n ", "")
        assert not set(kept) & set("\r\n\0\x0b\x0c\x85\x1c")
        assert not any(line.startswith(("ATTENDEE", "END")) for line in kept.splitlines()[:1])


@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_a_setting_with_a_line_end_stops_the_start(end: str):
    for name, value in (
        ("RECUL_URL", f"https://recul.example{end}X-Injected: oui"),
        ("RECUL_MAIL_FROM", f"r@exemple.org{end}Bcc: v@exemple.fr"),
        ("RECUL_QUICK_EXIT", f"/x{end}Set-Cookie: a=b"),
        ("RECUL_QUICK_EXIT", f"https://meteo.example/{end}Set-Cookie: a=b"),
        ("RECUL_QUICK_EXIT", "/\\ailleurs.example"),
    ):
        with pytest.raises(SettingError):
            settings(**{name: value})
