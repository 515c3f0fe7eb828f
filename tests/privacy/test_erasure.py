"""Leaving for good: what goes at once, what comes back, what is erased, and what outlives it."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from hashlib import blake2b
from html import unescape
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from litestar import Litestar
from tests import visitors
from tests.booking.world import NOON
from tests.organisation.world import House, account_of
from tests.privacy.life import MARK, SMTP, Life, everywhere, ids_of, lived, viewer_of
from tests.visitors import PASSWORD, Visitor, newcomer

from recul import clock
from recul.accounts import second_queries, throttle
from recul.accounts.accesses import Kind
from recul.accounts.actions import invitations, leaving
from recul.accounts.actions.leaving import REGRET
from recul.accounts.tables import Account, ErasureRequest, KeySlot, SignIn, Throttle, Vault
from recul.booking.queries import hours, sheets, statement, supervision_given
from recul.booking.queries.statement import employers
from recul.booking.tables import Appointment, Attendance, Enrolment, MeetingGroup, SeatOffer
from recul.database import Database
from recul.journal.tables import Entry
from recul.notifications.tables import OutboxMail
from recul.privacy import erased
from recul.privacy.actions import erasure
from recul.trends import keyring
from recul.trends.actions import sharing
from recul.web.roles import Role

PAGE = "/compte/effacement"
CONFIG = visitors.settings(**SMTP)


@pytest.fixture(autouse=True)
def keys(tmp_path: Path) -> Iterator[Path]:
    """A folder of each test's own for the ledger."""
    before = keyring._bound
    keyring.bind(tmp_path / "cles")
    yield tmp_path / "cles"
    keyring._bound = before


@pytest.fixture
async def life(app: Litestar, house: House) -> Life:
    return await lived(app, house)


async def ask(visitor: Visitor) -> Any:
    return await visitor.post(PAGE, {"understood": "1"})


async def days_pass(count: int, *, since: datetime = NOON) -> None:
    """The clockwork comes by each day, and on the last one."""
    for day in range(1, count + 1):
        with clock.set_to(since + timedelta(days=day, minutes=1)):
            await erasure.erase_due(CONFIG)


async def test_the_page_says_what_goes_and_what_stays(life: Life):
    shown = unescape((await life.visitor.get(PAGE)).text)
    for words in (
        "Emporter tout ce qui me concerne",
        "Tilleuls et Rivage",
        "rendez-vous de supervision à venir",
        "Groupe du Port",
        "Ce qui reste, et pourquoi",
        "Les présences aux séances qui ont eu lieu",
        "Les sauvegardes faites avant",
    ):
        assert words in shown, words


async def test_nothing_happens_without_the_tick(ana: Visitor):
    answer = await ana.post(PAGE)
    assert (answer.status_code, "Cochez la case" in answer.text) == (422, True)
    assert await ErasureRequest.count() == 0


async def test_asking_signs_every_device_out_and_leaves_one_page(ana: Visitor, app: Litestar):
    other = Visitor(app)
    await other.sign_in(ana.email)
    answer = await ask(ana)
    assert (answer.status_code, answer.headers["location"]) == (303, "/connexion")
    assert await SignIn.count() == 0
    assert (await other.get("/carnet")).headers["location"].startswith("/connexion")
    await ana.sign_in(ana.email)
    for path in ("/", "/carnet", "/compte", "/groupes", "/carnet/export", "/bienvenue"):
        assert (await ana.get(path)).headers["location"] == PAGE, path
    assert (await ana.post("/carnet/vite", {"workload": "3"})).headers["location"] == PAGE
    shown = unescape((await ana.get(PAGE)).text)
    assert "Votre compte sera effacé le samedi 28 novembre" in shown
    assert (await ana.post("/compte/copie")).status_code == 200
    assert (await ana.get("/ce-que-peut-voir")).status_code == 200
    assert (await ana.post("/carnet/verrou")).headers["location"] == "/carnet/ouvrir"
    assert [row["key_box"] for row in await SignIn.select(SignIn.key_box)] == [None]


async def test_htmx_is_led_to_the_page_too(ana: Visitor):
    await ask(ana)
    await ana.sign_in(ana.email)
    answer = await ana.get("/carnet", HX_Request="true", HX_Request_Type="partial")
    assert (answer.status_code, answer.headers["hx-redirect"]) == (200, PAGE)


async def test_asking_twice_is_asking_once(ana: Visitor):
    viewer = await viewer_of(ana)
    assert viewer.vault
    first = await erasure.ask(CONFIG, viewer, viewer.vault)
    with clock.set_to(NOON + timedelta(days=3)):
        assert await erasure.ask(CONFIG, viewer, viewer.vault) == first
    assert await ErasureRequest.count() == 1
    assert (await ask(ana)).status_code == 401  # the second click finds nobody signed in


async def test_each_step_is_noted_for_herself(ana: Visitor):
    await ana.post("/compte/copie")
    await ask(ana)
    await ana.sign_in(ana.email)
    for _ in range(2):
        await ana.post(f"{PAGE}/retrait")
    vault = (await viewer_of(ana)).vault
    assert vault
    found, _ = await second_queries.accesses(vault)
    assert Counter(one.kind for one in found if one.kind is not Kind.SIGNED_IN) == {
        Kind.EXPORTED: 1,
        Kind.ERASURE_ASKED: 1,
        Kind.ERASURE_WITHDRAWN: 1,
    }


async def test_a_mail_tells_and_says_no_more(life: Life):
    viewer = await viewer_of(life.visitor)
    assert viewer.vault
    await erasure.ask(CONFIG, viewer, viewer.vault)
    assert await OutboxMail.count().where(OutboxMail.kind == "account-leaving") == 1


async def test_others_are_not_left_waiting(life: Life):
    house, me = life.house, life.id
    await ask(life.visitor)
    states = await Enrolment.select(Enrolment.state).where(Enrolment.account == me)
    assert {row["state"] for row in states} == {"left"}
    [offered] = await SeatOffer.select(SeatOffer.enrolment).where(
        SeatOffer.state == "open", SeatOffer.cycle == life.circle.cycle
    )
    waiting = await Enrolment.objects().get(Enrolment.id == offered["enrolment"])
    assert waiting
    assert waiting.account == house.ids[Role.COLLEAGUE]
    coming = await Appointment.select(Appointment.state).where(Appointment.starts_at > NOON)
    assert {row["state"] for row in coming} == {"cancelled"}
    assert await MeetingGroup.exists().where(MeetingGroup.facilitator == me) is False
    # What was held is as it was.
    assert await Attendance.count().where(Attendance.account == me) == 1


async def test_those_who_organise_are_told_of_a_group_without_anybody(life: Life):
    viewer = await viewer_of(life.visitor)
    assert viewer.vault
    await erasure.ask(CONFIG, viewer, viewer.vault)
    organiser = life.house.ids[Role.ORGANISER]
    told = await OutboxMail.select(OutboxMail.kind).where(OutboxMail.account == organiser)
    assert {"kind": "meeting-minimum"} in told
    page = await life.house.organiser.get(f"/rendez-vous/{life.led.group}")
    assert page.headers["location"] == f"/planification/groupes/{life.led.group}"


async def test_sharing_stops_at_once(ana: Visitor, monkeypatch: pytest.MonkeyPatch):
    stopped: list[UUID] = []

    async def stop(vault: Any) -> None:
        stopped.append(vault.owner)
        await real(vault)

    real = sharing.stop
    monkeypatch.setattr(sharing, "stop", stop)
    await ask(ana)
    assert stopped == [await account_of(ana)]


async def test_regret_brings_everything_back_as_far_as_it_was_said(life: Life, db: Database):
    ana, me = life.visitor, life.id
    moments = await Entry.count().where(Entry.owner == me)
    await ask(ana)
    await days_pass(6)
    with clock.set_to(NOON + REGRET - timedelta(minutes=1)):
        await ana.sign_in(ana.email)
        answer = await ana.post(f"{PAGE}/retrait")
        assert answer.headers["location"] == "/"
        assert "Votre compte reste" in unescape((await ana.get("/")).text)
        assert f"{MARK} écrit." in (await ana.get("/carnet")).text
    await days_pass(9)
    assert (
        await Entry.count().where(Entry.owner == me),
        await Account.exists().where(Account.id == me),
    ) == (moments, True)
    again = await ana.post(f"{PAGE}/retrait")
    assert (again.status_code, await ErasureRequest.count()) == (303, 0)


async def test_nothing_is_left_of_her_but_what_was_said(life: Life, db: Database):
    ana, me = life.visitor, life.id
    known = await ids_of(life)
    await throttle.Attempt.of(CONFIG, ana.email, "192.0.2.1").count()
    secret = blake2b(CONFIG.secret.encode()).digest()
    counted = blake2b(f"account:{ana.email}".encode(), key=secret, digest_size=16).digest()
    assert counted in {row["key_hash"] for row in await Throttle.select()}
    before = await everywhere(db, MARK, ana.email, *known)
    assert len(before) > 25
    await ask(ana)
    await days_pass(8)
    found = await everywhere(db, MARK, ana.email, *known, *(one.bytes for one in known), counted)
    assert found == {"attendance.name": 1}
    assert await Attendance.select(Attendance.name, Attendance.state, Attendance.account).where(
        Attendance.name.is_not_null()
    ) == [{"name": MARK, "state": "present", "account": None}]
    assert erased.ledger(keyring.bound().folder) == {me}


async def test_what_others_have_stays_right(life: Life):
    house, me = life.house, life.id
    ferdinand, pauline = house.ids[Role.FACILITATOR], house.ids[Role.PARTICIPANT]
    first, last, now = NOON.date().replace(day=1), NOON.date().replace(day=30), NOON

    async def told() -> tuple[Any, ...]:
        [employer] = await employers(ferdinand)
        month = await statement.statement(ferdinand, "F", employer, first, last, now)
        own = await hours.own(pauline, house.organisation, first, last)
        given = await supervision_given.minutes_given(house.organisation, first, last, now)
        sheet = await sheets.sheet(ferdinand, life.circle.meetings[0])
        assert sheet
        held = [(one.name, one.present) for one in month.meetings]
        mine = [(one.name, one.attended.minutes) for one in own]
        return held, month.minutes, mine, sum(one.minutes for one in given), sheet.names

    before = await told()
    assert before[0] == [("Tilleuls et Rivage", 1)]
    assert MARK in before[4]
    await ask(life.visitor)
    await days_pass(7)
    assert not await Account.exists().where(Account.id == me)
    assert await told() == before


@pytest.mark.parametrize("asked", [True, False])
async def test_other_peoples_pages_still_work(life: Life, asked: bool):
    house = life.house
    await (ask(life.visitor) if asked else erasure.erase_now(life.id, CONFIG))
    await days_pass(7)
    past = await Appointment.select(Appointment.id).where(Appointment.starts_at < NOON)
    ferdinand, pauline = house.people[Role.FACILITATOR], house.people[Role.PARTICIPANT]
    visits = [
        *(
            (ferdinand, path)
            for path in (
                "/animation",
                "/animation?semaine=2026-W45",
                "/animation/releve?mois=2026-11",
                f"/animation/seances/{life.circle.meetings[0]}",
                f"/animation/cycles/{life.circle.cycle}",
                "/animation/conventions",
                f"/animation/seances/{life.circle.meetings[0]}/emargement.pdf",
                "/animation/supervision",
                f"/animation/supervision/rendez-vous/{past[0]['id']}",
                f"/animation/supervision/rendez-vous/{past[1]['id']}",
            )
        ),
        *(
            (pauline, path)
            for path in (
                "/groupes",
                "/supervision",
                "/heures",
                f"/supervision/rendez-vous/{life.given}",
                f"/groupes/cycles/{life.led.cycle}",
                f"/supervision/rendez-vous/{past[0]['id']}",
                f"/supervision/rendez-vous/{past[1]['id']}",
            )
        ),
        *(
            (house.people[Role.COLLEAGUE], path)
            for path in (
                "/equipes",
                "/groupes",
                f"/equipes/{house.team}",
                f"/equipes/{house.team}/tendance",
                f"/equipes/{house.team}/engagements",
            )
        ),
        *(
            (house.organiser, path)
            for path in (
                f"/structure/{house.organisation}",
                f"/structure/{house.organisation}/heures",
                "/journal-des-reglages",
                "/planification",
                f"/planification/groupes/{life.led.group}",
                f"/planification/cycles/{life.led.cycle}",
            )
        ),
        *((house.people[Role.MANAGER], path) for path in ("/equipes",)),
    ]
    pages = {path: await visitor.get(path) for visitor, path in visits}
    assert {
        path: one.status_code
        for path, one in pages.items()
        if one.status_code != 200 and not (one.status_code == 404 and "rendez-vous" in path)
    } == {}
    shown = "".join(unescape(one.text) for path, one in pages.items() if "pdf" not in path)
    assert "compte est effacé" in shown or "compte effacé" in shown
    assert f"{MARK} (présent·e)" in shown


async def test_an_invitation_at_the_same_address_gives_a_fresh_account(
    life: Life, app: Litestar, nobody: Visitor
):
    email, old = life.visitor.email, life.id
    await ask(life.visitor)
    with pytest.raises(invitations.AddressTaken):
        await invitations.invite(email)
    await days_pass(7)
    code = await invitations.invite(email)
    await nobody.post(f"/invitation/{code}", {"display_name": "Neuve", "new_password": PASSWORD})
    new = await Account.objects().get(Account.email == email)
    assert new
    assert new.id != old
    assert (
        "Rien" in (await nobody.get("/carnet")).text
        or MARK not in (await nobody.get("/carnet")).text
    )
    assert await Entry.count().where(Entry.owner == new.id) == 0


async def test_seven_days_to_the_minute(ana: Visitor):
    await ask(ana)
    for day in range(1, 7):
        await days_pass(1, since=NOON + timedelta(days=day - 1))
    for minutes, gone in ((-1, False), (0, True)):
        with clock.set_to(NOON + REGRET + timedelta(minutes=minutes)):
            await erasure.erase_due(CONFIG)
        assert (not await Account.exists().where(Account.email == ana.email)) is gone


async def test_a_clock_that_jumps_erases_nobody(ana: Visitor):
    await ask(ana)
    for moment in (
        NOON + timedelta(days=400),
        NOON + timedelta(days=400, minutes=10),
        NOON,
        NOON - timedelta(days=30),
        NOON + timedelta(days=4000),
    ):
        with clock.set_to(moment):
            await erasure.erase_due(CONFIG)
    assert await Account.exists().where(Account.email == ana.email)
    # Put right again, the days count from where they were.
    with clock.set_to(NOON):
        await erasure.erase_due(CONFIG)
    await days_pass(8)
    assert not await Account.exists().where(Account.email == ana.email)


async def test_the_last_administrator_stays_until_there_is_another(
    app: Litestar, admin: Visitor, ana: Visitor
):
    answer = await ask(admin)
    assert (answer.status_code, "dernière personne" in unescape(answer.text)) == (422, True)
    second = await newcomer(app, "second", administrator=True)
    assert (await ask(admin)).status_code == 303
    assert (await ask(second)).status_code == 422  # the other one is leaving


async def test_alone_on_an_instance_she_may_go(admin: Visitor):
    assert (await ask(admin)).status_code == 303


async def test_the_last_organiser_is_told(life: Life):
    await life.house.organiser.get("/")
    await erasure.erase_now(life.house.ids[Role.ORGANISER], CONFIG)
    shown = unescape((await life.visitor.get(PAGE)).text)
    assert "Personne d’autre que vous n’organise" in shown
    assert "Val-Clair" in shown


async def test_an_erasure_that_was_cut_short_is_ended(life: Life, db: Database):
    me = life.id
    await ask(life.visitor)
    assert await leaving.shred(me, asked=True)
    assert (
        await KeySlot.count().where(
            KeySlot.vault.is_in(Vault.select(Vault.id).where(Vault.owner == me))
        ),
        await SignIn.count().where(SignIn.account == me),
    ) == (0, 0)
    assert await leaving.take_back(me) is False  # the keys are gone: there is no way back
    answer = await life.visitor.sign_in(life.visitor.email)
    assert answer.status_code == 422
    await erasure.erase_due(CONFIG)
    assert await everywhere(db, life.visitor.email, me) == {}


async def test_a_restored_backup_is_erased_again(life: Life, db: Database, keys: Path):
    erased.note(keys, life.id)
    config = visitors.settings(RECUL_KEYS=str(keys))
    assert await erasure.erase_again(config) == 1
    assert await everywhere(db, life.visitor.email, life.id) == {}
    assert await erasure.erase_again(config) == 0


def test_the_ledger(tmp_path: Path):
    folder, one, two = tmp_path / "cles", UUID(int=1), UUID(int=2)
    assert erased.ledger(folder) == set()
    for account in (one, one, two):
        erased.note(folder, account)
    file = folder / erased.NAME
    assert (file.stat().st_mode & 0o777, erased.ledger(folder)) == (0o600, {one, two})
    assert file.read_text().count(str(one)) == 1
    # A line that a crash cut short hides nobody, before it or after it.
    file.write_text(file.read_text() + str(UUID(int=3))[:20])
    erased.note(folder, UUID(int=4))
    assert erased.ledger(folder) == {one, two, UUID(int=4)}


async def test_without_a_ledger_nobody_is_erased(ana: Visitor, keys: Path):
    """An account whose erasure cannot be remembered would come back with a backup."""
    await asyncio.to_thread(keys.write_text, "no folder")
    with pytest.raises(OSError):  # noqa: PT011 - each system says it in its own words
        await erasure.erase_now(await account_of(ana), CONFIG)
    assert await Account.exists().where(Account.email == ana.email)


async def test_erasing_nobody(db: Database, keys: Path):
    assert await erasure.erase_now(UUID(int=9), CONFIG) is False
    assert erased.ledger(keys) == {UUID(int=9)}
