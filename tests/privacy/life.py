"""A whole life in the application: somebody with a row of everything that a person can have, and
everything of hers marked, so that it can be looked for in every column."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from litestar import Litestar
from piccolo.querystring import QueryString
from tests import visitors
from tests.booking.supervising import THURSDAY, an_offer, booked, slot
from tests.booking.world import FIRST, Circle, a_group, enrol, seat, slots
from tests.organisation.world import House, participant
from tests.visitors import Visitor

from recul import clock
from recul.accounts import queries as accounts
from recul.accounts.actions import invitations, second_step
from recul.accounts.passkey_queries import name_of
from recul.accounts.tables import Passkey, SecondFactor
from recul.booking.actions import (
    attendance,
    availability,
    excuses,
    feeds,
    hours,
    memos,
    peers,
    service_agreements,
)
from recul.booking.plan import AgreementPlan
from recul.booking.queries.within import meetings
from recul.booking.tables import Appointment, Meeting, SeatOffer
from recul.database import Database, fetch
from recul.notifications import actions as notifications
from recul.notifications.rules import WorkHours
from recul.organisation import rules
from recul.organisation.actions import ballots, roles, trust
from recul.trends.tables import Cell, Cycle, UpwardVote
from recul.vault.opened import OpenVault
from recul.web.roles import Role
from recul.web.viewer import Viewer

MARK = "Zéphyrine"
"""Her name, and a word of everything she writes."""
OTHERS = ("Clotilde", "Rosemonde", "Ferdinand", "Pauline", "Olga", "Maximilien")
SMTP = {"RECUL_SMTP_URL": "smtp://127.0.0.1:9?tls=none", "RECUL_MAIL_FROM": "recul@exemple.fr"}


@dataclass
class Life:
    """Anabelle of the house, who also leads a group, supervises and organises."""

    house: House
    circle: Circle
    led: Circle
    given: UUID

    @property
    def visitor(self) -> Visitor:
        return self.house.self

    @property
    def id(self) -> UUID:
        return self.house.ids[Role.SELF]


async def open_vault(visitor: Visitor) -> OpenVault:
    """The vault that this browser has open."""
    return (await viewer_of(visitor)).vault  # type: ignore[return-value]


async def viewer_of(visitor: Visitor) -> Viewer:
    from recul.accounts import cookie
    from recul.accounts.recognise import _viewer

    token = cookie.read(visitor.client.cookies["recul"])
    assert token
    found = await _viewer(token, visitors.settings())
    assert found
    return found


async def lived(app: Litestar, house: House) -> Life:
    """The clock stands at `world.NOON`; what was held, was held two weeks before."""
    ana, me = house.self, house.ids[Role.SELF]
    await participant(app, house)
    await ana.post(
        "/compte",
        {"display_name": MARK, "time_zone": "Europe/Paris", "language": "fr", "idle_minutes": "20"},
    )
    await ana.post("/carnet/vite", {"text-line": f"{MARK} écrit.", "workload": "4", "nonce": "n"})
    await ana.post("/carnet/brouillon", {"template": "free", "text-text": f"{MARK} commence."})
    await ana.post("/carnet/codes", {"password": visitors.PASSWORD})
    daylio = (
        f"full_date,date,weekday,time,mood,activities,note_title,note\n"
        f"2026-03-05,March 5,Thursday,10:00,rad,a,,{MARK}\n"
    ).encode()
    await ana.upload("/carnet/import", {"file": ("d.csv", daylio, "text/csv")})
    await notifications.set_hours(me, WorkHours("1234", 540, 1020))
    await notifications.mute(me, "meeting-reminder-7")
    await invitations.offer_link(me, ana.email, timedelta(hours=24))
    await _mail(me, ana.email)
    await _organised(house, me)
    await _trends(house, me)
    circle = await _groups(house, me)
    led, given = await _leads(house, me)
    return Life(house, circle, led, given)


async def with_second_step(life: Life) -> None:
    """A code of an application, and a passkey: signing in anew would ask for one of them."""
    vault = await open_vault(life.visitor)
    box = second_step.sealed_secret(vault, "JBSWY3DPEHPK3PXP")
    await SecondFactor.insert(SecondFactor(account=vault.owner, box=box))
    key = uuid4()
    await Passkey.insert(
        Passkey(
            id=key,
            account=vault.owner,
            credential_id=key.bytes,
            public_key=b"\xa5",
            transports="internal",
            name_box=vault.seal_keep(name_of(key), f"Clé de {MARK}".encode(), 0),
            computes=False,
            created_on=clock.today(),
        )
    )


async def _mail(me: UUID, email: str) -> None:
    await notifications.send(
        visitors.settings(**SMTP),
        to=email,
        kind="password-reset",
        language="fr",
        zone="Europe/Paris",
        context={"url": f"https://recul.test/{MARK}"},
        account=me,
    )


async def _organised(house: House, me: UUID) -> None:
    for kind in (rules.ORGANISER, rules.FACILITATOR):
        await roles.appoint(me, house.organisation, kind)
    await trust.harden(me, house.organisation, "manager_delay_days", 9)
    await ballots.vote(me, house.team, house.ids[Role.COLLEAGUE])


async def _trends(house: House, me: UUID) -> None:
    cell = Cell(team=house.team, unit=house.unit)
    await cell.save()
    for number, closed in ((36, True), (38, False)):
        await Cycle(
            number=number, closed=closed, out_on=date(2026, 9, 1) if closed else None
        ).save()
    await fetch(
        QueryString(
            "INSERT INTO publication (cell, cycle, published) VALUES ({}, 36, {})", cell.id, True
        )
    )
    await fetch(
        QueryString("INSERT INTO roster (account, cycle, cell) VALUES ({}, 38, {})", me, cell.id)
    )
    await UpwardVote(team=house.team, cycle=36, voter=me, yes=True).save()


async def _groups(house: House, me: UUID) -> Circle:
    """One group that was held and goes on, one that she waits for, one that runs itself."""
    pauline = house.ids[Role.PARTICIPANT]
    circle = await a_group(house, *slots(3, FIRST - timedelta(days=14)), capacity=2)
    await seat(circle, me, pauline)
    await enrol(circle, house.ids[Role.COLLEAGUE], "waiting")
    await held(circle, {me: "present", pauline: "excused"})
    await excuses.excuse(visitors.settings(), me, circle.meetings[1])
    waits = await a_group(house, *slots(2, FIRST + timedelta(days=1)))
    enrolment = await enrol(waits, me, "waiting")
    await SeatOffer(
        cycle=waits.cycle,
        enrolment=enrolment,
        seat=uuid4(),
        made_at=clock.now(),
        until=clock.now() + timedelta(days=2),
        state="open",
    ).save()
    own = await a_group(house, *slots(2, FIRST + timedelta(days=2)), kind="peer_supervision")
    await seat(own, me, pauline)
    asked = await enrol(own, house.ids[Role.FACILITATOR], "asked")
    await peers.say(visitors.settings(), me, asked, True)
    await peers.take(me, own.meetings[0], "host")
    offer = await an_offer(house)
    await booked(offer, me)
    past = await booked(offer, me, slot(THURSDAY, 14 * 60))
    await gone_by(past)
    await hours.show(me, house.organisation, date(2026, 1, 1), date(2026, 12, 31))
    await feeds.make(visitors.settings(), me, "her form", "title")
    return circle


async def held(circle: Circle, states: dict[UUID, str]) -> None:
    """The first date of a circle, two weeks ago."""
    day = clock.today() - timedelta(days=14)
    at = clock.now() - timedelta(days=14)
    await Meeting.update(day=day, starts_at=at, ends_at=at + timedelta(hours=2)).where(
        Meeting.id == circle.meetings[0]
    )
    first = next(one for one in await meetings(circle.cycle) if one.id == circle.meetings[0])
    await attendance.note(first, states)


async def gone_by(appointment: UUID) -> None:
    at = clock.now() - timedelta(days=10)
    await Appointment.update(
        day=at.date(), starts_at=at, ends_at=at + timedelta(hours=1), attended=True
    ).where(Appointment.id == appointment)


async def _leads(house: House, me: UUID) -> tuple[Circle, UUID]:
    """A group of hers, a convention, an offer with dates of Pauline's, past and to come, a memo."""
    pauline = house.ids[Role.PARTICIPANT]
    hers = House(house.organisation, house.unit, house.team)
    hers.ids[Role.FACILITATOR] = me
    led = await a_group(hers, *slots(2, FIRST + timedelta(days=5)), name="Groupe du Port")
    await seat(led, pauline)
    await held(led, {pauline: "present"})
    offer = await an_offer(house, me, purpose=f"{MARK} écoute.", access_note=f"Sonner : {MARK}.")
    await availability.add_exception(offer, FIRST, None, None)
    past = await booked(offer, pauline, slot(starts=10 * 60 + 15))
    await gone_by(past)
    await Appointment.update({Appointment.starts: 10 * 60}).where(Appointment.id == past)
    given = await booked(offer, pauline, slot(THURSDAY, 15 * 60 + 15))
    plan = AgreementPlan(
        organisation=house.organisation,
        name="Année",
        planned_minutes=600,
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
    )
    await service_agreements.make(me, uuid4(), plan)
    await memos.keep(
        await open_vault(house.self),
        led.meetings[0],
        f"Mémo : {MARK}.",
        clock.today() + timedelta(days=30),
    )
    return led, given


async def everywhere(db: Database, *wanted: object) -> dict[str, int]:
    """In how many rows of which columns something stands: by "table.column"."""
    needles = [bytes(w) if isinstance(w, bytes) else str(w).casefold() for w in wanted]
    found: dict[str, int] = {}
    for table in await tables(db):
        for row in await db.run_sql(f"SELECT * FROM {table}"):
            for column, value in row.items():
                if any(_has(value, needle) for needle in needles):
                    place = f"{table}.{column}"
                    found[place] = found.get(place, 0) + 1
    return found


def _has(value: Any, needle: str | bytes) -> bool:
    if isinstance(value, bytes | bytearray | memoryview):
        raw = needle if isinstance(needle, bytes) else needle.encode()
        return raw in bytes(value)
    return isinstance(needle, str) and needle in str(value).casefold()


async def tables(db: Database) -> list[str]:
    sql = (
        "SELECT name AS t FROM sqlite_master WHERE type = 'table'"
        if db.engine_type == "sqlite"
        else "SELECT table_name AS t FROM information_schema.tables WHERE table_schema = 'public'"
    )
    return [row["t"] for row in await db.run_sql(sql)]


async def ids_of(life: Life) -> list[UUID]:
    """Her account, and every vault of hers."""
    vaults = await accounts.vaults(life.id, closed=False)
    return [life.id, *(vault.id for vault in vaults)]
