"""How long everything is kept: each line of `retention` is tried, at the day before and the day."""

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from html import unescape
from uuid import UUID, uuid4

import pytest
from litestar import Litestar
from piccolo.querystring import QueryString
from tests import visitors
from tests.booking.supervising import an_offer
from tests.booking.world import NOON, a_group, enrol
from tests.organisation.world import House, a_place
from tests.privacy.life import SMTP, lived
from tests.test_theft_of_rows import TIMES
from tests.visitors import Visitor

from recul import clock, jobs
from recul.accounts import throttle
from recul.accounts.actions import invitations
from recul.accounts.tables import Invitation, SignIn, Throttle
from recul.booking.actions.keeping import years_before
from recul.booking.tables import (
    Appointment,
    Attendance,
    AvailabilityException,
    Certificate,
    Enrolment,
    Meeting,
    MeetingMemo,
    MeetingRole,
    PeerVoice,
    SeatOffer,
    Supervision,
)
from recul.database import Database, all_tables, fetch
from recul.journal.tables import ImportPreview
from recul.notifications.tables import OutboxMail
from recul.organisation.actions import trust
from recul.organisation.tables import LineManager, Membership, PeopleImport, Place
from recul.organisation.tables import Role as RoleRow
from recul.privacy.retention import RULES, by_table
from recul.trends.tables import Cell, Cycle, UpwardVote
from recul.web.roles import Role

CONFIG = visitors.settings(**SMTP)
DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)


async def after(moment: datetime, *names: str) -> None:
    """The jobs of these names, as they run at a moment."""
    with clock.set_to(moment):
        for job in jobs.JOBS:
            if job.name in names:
                await job.work(CONFIG)


async def kept_until(
    moment: datetime, job: str, count: Callable[[], Awaitable[int]], step: timedelta = DAY
) -> None:
    """It is there one step before, and gone at the moment."""
    assert await count() > 0
    await after(moment - step, job)
    assert await count() > 0
    await after(moment, job)
    assert await count() == 0


def midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def test_every_table_has_a_line_and_every_line_a_job_or_a_reason():
    tables = {table._meta.tablename for table in all_tables()} | {"migration"}
    assert set(by_table()) == tables
    assert sum(len(rule.tables) for rule in RULES) == len(tables)
    known = {job.name for job in jobs.JOBS}
    for rule in RULES:
        assert rule.jobs or rule.why, rule.tables
        assert set(rule.jobs) <= known, rule.tables


def test_every_table_with_a_date_has_a_line():
    """A new date is noticed by the test of TIMES; its table must be told here."""
    assert {table for table, _ in TIMES} <= set(by_table())


async def test_the_page_shows_every_line(nobody: Visitor):
    shown = unescape((await nobody.get("/combien-de-temps")).text)
    shown = shown.replace("\u202f", " ").replace("\u00a0", " ")
    for rule in RULES:
        assert rule.what in shown
    assert "30 jours sans visite" in shown


async def test_sign_ins(ana: Visitor):
    await SignIn.update({SignIn.seen_on: NOON.date()}, force=True)
    await kept_until(NOON + 31 * DAY, "purge", SignIn.count)


async def test_a_staged_import(ana: Visitor):
    header = "full_date,date,weekday,time,mood,activities,note_title,note\n"
    data = (header + "2026-03-05,March 5,Thursday,10:00,rad,a,,b\n").encode()
    await ana.upload("/carnet/import", {"file": ("d.csv", data, "text/csv")})
    await kept_until(NOON + 2 * DAY, "purge", ImportPreview.count)


async def test_a_staged_import_goes_when_nobody_is_signed_in(ana: Visitor):
    header = "full_date,date,weekday,time,mood,activities,note_title,note\n"
    data = (header + "2026-03-05,March 5,Thursday,10:00,rad,a,,b\n").encode()
    await ana.upload("/carnet/import", {"file": ("d.csv", data, "text/csv")})
    await ana.post("/deconnexion")
    await after(NOON, "purge")
    assert await ImportPreview.count() == 0


async def test_attempts_and_links(db: Database):
    await throttle.Attempt.of(CONFIG, "x@exemple.fr", "192.0.2.1").count()
    await kept_until(NOON + throttle.WINDOW + SECOND, "sweep", Throttle.count, 2 * SECOND)
    await invitations.invite("neuve@exemple.fr")
    await kept_until(NOON + 7 * DAY + SECOND, "purge", Invitation.count, 2 * SECOND)


async def test_places(house: House):
    await a_place(house)
    await kept_until(NOON + 91 * DAY, "purge", Place.count)


async def test_a_file_of_people(house: House):
    data = "nom;adresse;équipe\nZoé;;Polyvalence\n".encode()
    await house.organiser.upload(
        f"/structure/{house.organisation}/import", {"file": ("p.csv", data, "text/csv")}
    )
    if not await PeopleImport.count():
        [sign_in] = await SignIn.select(SignIn.id).limit(1)
        await PeopleImport(
            sign_in=sign_in["id"],
            organisation=house.organisation,
            box=b"x",
            forget_at=NOON + timedelta(hours=1),
        ).save()
    await kept_until(NOON + timedelta(hours=1) + SECOND, "purge", PeopleImport.count, 2 * SECOND)


@pytest.mark.parametrize(("sent", "kept"), [(True, DAY), (False, 30 * DAY)])
async def test_mail(db: Database, sent: bool, kept: timedelta):
    mail = OutboxMail(
        _ignore_missing=True,
        id=uuid4(),
        kind="invitation",
        time_zone="UTC",
        box=b"x" if sent else None,
        created_at=NOON,
        next_try_at=NOON,
        failed=not sent,
        sent_at=NOON if sent else None,
        erase_at=NOON + (DAY if sent else timedelta()),
    )
    await OutboxMail.insert(mail)
    await kept_until(NOON + kept, "outbox erasure", OutboxMail.count, SECOND)


async def test_what_has_ended(house: House):
    ended = NOON.date()
    for table in (Membership, RoleRow, LineManager):
        await table.update({"ended_on": ended}, force=True)

    async def left() -> int:
        counts: list[int] = [await table.count() for table in (Membership, RoleRow, LineManager)]
        return max(counts)

    await kept_until(midnight(ended) + timedelta(days=5 * 365 + 1), "retention", left)


async def test_what_goes_on_stays(house: House):
    before = [await table.count() for table in (Membership, RoleRow, LineManager)]
    await after(NOON + timedelta(days=20 * 365), "retention")
    assert [await table.count() for table in (Membership, RoleRow, LineManager)] == before


BOOKED = (
    Attendance,
    MeetingRole,
    SeatOffer,
    PeerVoice,
    Enrolment,
    Appointment,
    Supervision,
    Certificate,
)


async def all_on(day: date, house: House, app: Litestar) -> None:
    """A life of groups, whose every date was that day."""
    await lived(app, house)
    at = midnight(day)
    await Meeting.update(day=day, starts_at=at, ends_at=at + timedelta(hours=2), force=True)
    await fetch(QueryString("UPDATE appointment SET day = {}", day))
    await fetch(QueryString("UPDATE supervision SET ended_on = {}", day))
    await fetch(QueryString("UPDATE certificate SET last_day = {}", day))


@pytest.mark.parametrize("years", [5, 2])
async def test_groups_and_supervision(house: House, app: Litestar, years: int):
    """Five years, or fewer where an organisation chose it."""
    if years != 5:
        await trust.harden(house.ids[Role.ORGANISER], house.organisation, "attendance_years", years)
    day = date(2026, 11, 3)
    await all_on(day, house, app)
    before = {table: await table.count() for table in BOOKED}
    assert min(before.values()) > 0
    last = midnight(day.replace(year=2026 + years))
    await after(last, "retention")
    assert {table: await table.count() for table in BOOKED} == before
    await after(last + DAY, "retention")
    assert {table: await table.count() for table in BOOKED} == dict.fromkeys(BOOKED, 0)


async def test_another_organisation_goes_by_its_own_years(house: House, app: Litestar):
    elsewhere = house.ids[Role.STRANGER]
    await trust.harden(house.ids[Role.ORGANISER], house.organisation, "attendance_years", 1)
    await all_on(date(2026, 11, 3), house, app)
    other = await an_organisation_of(elsewhere)
    kept = await a_group(House(other, house.unit, house.team))
    await enrol(kept, elsewhere)
    await Meeting.update(day=date(2026, 11, 3)).where(Meeting.cycle == kept.cycle)
    await after(midnight(date(2027, 11, 4)), "retention")
    assert await Enrolment.select(Enrolment.account) == [{"account": elsewhere}]


async def an_organisation_of(account: UUID) -> UUID:
    [row] = await RoleRow.select(RoleRow.organisation).where(RoleRow.account == account).limit(1)
    return UUID(str(row["organisation"]))


async def test_other_days_of_supervision(house: House):
    offer = await an_offer(house)
    row = AvailabilityException(offer=offer, day=NOON.date(), starts=None, ends=None)
    await row.save()
    await kept_until(NOON + DAY, "retention", AvailabilityException.count)


async def test_memos(ana: Visitor, db: Database):
    [vault] = await db.run_sql("SELECT id FROM vault")
    await MeetingMemo(
        vault=vault["id"], meeting=uuid4(), box=b"x", erase_on=NOON.date() + 30 * DAY
    ).save()
    await kept_until(NOON + 30 * DAY, "purge", MeetingMemo.count)


async def test_voices_go_with_the_next_publication(house: House):
    """Whatever the clock says: it is the publication that ends them."""
    cell = Cell(team=house.team, unit=house.unit)
    await cell.save()
    for number in (36, 37):
        await Cycle(number=number, closed=True, out_on=NOON.date()).save()
    await UpwardVote(team=house.team, cycle=36, voter=house.ids[Role.SELF], yes=True).save()
    publish = "INSERT INTO publication (cell, cycle, published) VALUES ({}, {}, {})"
    await fetch(QueryString(publish, cell.id, 36, True))
    await fetch(QueryString(publish, cell.id, 37, False))
    await after(NOON, "retention")
    assert await UpwardVote.count() == 1
    await fetch(QueryString("UPDATE publication SET published = {}", True))
    await after(NOON, "retention")
    assert await UpwardVote.count() == 0


async def test_a_leap_day():
    assert years_before(date(2028, 2, 29), 1) == date(2027, 2, 28)
    assert years_before(date(2028, 2, 29), 4) == date(2024, 2, 29)
