"""A clock that jumps: what cannot be undone waits, the rest goes on, and nobody is locked out."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from litestar import Litestar
from tests.clockwork.test_leases import HOURLY, nothing
from tests.journal.pages import texts, unlock, write
from tests.notifications.mails import a_mail, state
from tests.notifications.servers import MailServer, mail_server
from tests.visitors import Visitor, newcomer, settings

from recul import clock, jobs
from recul.accounts import throttle
from recul.accounts.actions import invitations, sign_ins
from recul.accounts.tables import Invitation, SignIn
from recul.clockwork import Job, leases, steady
from recul.clockwork.steady import Watch
from recul.database import Database
from recul.notifications import outbox
from recul.notifications.tables import OutboxMail

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)
JUMPS = [DAY, -DAY, 3 * HOUR, -3 * HOUR, 400 * DAY, -400 * DAY]
GRAVE = Job("grave", nothing, every=timedelta(minutes=1), needs_right_time=True)


@dataclass
class Time:
    """The time on the wall, and seconds that pass whatever it says."""

    wall: datetime = NOW
    count: float = 0

    def pass_by(self, span: timedelta) -> None:
        self.wall += span
        self.count += span.total_seconds()

    def watch(self) -> Watch:
        return Watch(lambda: self.count)


@pytest.mark.parametrize("jump", JUMPS)
def test_what_cannot_be_undone_waits_after_a_jump(jump: timedelta):
    time = Time()
    watch = time.watch()
    for _ in range(100):
        watch.look(time.wall, time.wall)
        time.pass_by(SECOND)
    assert (watch.allows(True), watch.allows(False)) == (True, True)
    time.wall += jump
    watch.look(time.wall, NOW)
    assert (watch.allows(True), watch.allows(False)) == (False, False)
    time.pass_by(steady.PAUSE)
    watch.look(time.wall, NOW)
    assert (watch.allows(True), watch.allows(False)) == (False, True)
    time.wall -= jump  # put right
    watch.look(time.wall, NOW)
    time.pass_by(steady.SETTLES - SECOND)
    watch.look(time.wall, NOW)
    assert watch.allows(True) is False
    time.pass_by(SECOND)
    watch.look(time.wall, NOW)
    assert watch.allows(True) is True


def test_small_steps_and_a_sleeping_machine_are_no_jumps():
    time = Time()
    watch = time.watch()
    for step in (0.5, -0.5, 60, -60):
        watch.look(time.wall, time.wall)
        time.pass_by(SECOND)
        time.wall += timedelta(seconds=step)
    time.pass_by(10 * HOUR)
    watch.look(time.wall, time.wall)
    assert watch.allows(True) is True


@pytest.mark.parametrize("jump", JUMPS)
def test_a_machine_that_starts_with_the_wrong_date(jump: timedelta):
    """Restarting it as often as one likes makes the date no better."""
    for _ in range(3):
        time = Time(NOW + jump)
        watch = time.watch()
        watch.look(time.wall, NOW)
        assert (watch.allows(True), watch.allows(False)) == (False, True)
        time.pass_by(30 * timedelta(minutes=1))


def test_another_process_that_goes_by_another_clock():
    """As long as it is seen at work, nothing is done by a clock that differs from its own."""
    time = Time(NOW + DAY)
    watch = time.watch()
    for minute in range(180):
        watch.look(time.wall, NOW + timedelta(minutes=minute))
        assert watch.allows(True) is False
        time.pass_by(timedelta(minutes=1))


async def test_a_grave_job_is_not_begun_in_doubt(db: Database):
    time = Time()
    watch = time.watch()
    with clock.set_to(NOW):
        await leases.enrol(settings(), (HOURLY, GRAVE))
        assert await leases.due((HOURLY, GRAVE), watch) == [HOURLY, GRAVE]
    time.pass_by(SECOND)
    with clock.set_to(NOW + DAY):
        assert await leases.due((HOURLY, GRAVE), watch) == []
    time.pass_by(steady.PAUSE)
    with clock.set_to(NOW + DAY + steady.PAUSE):
        assert await leases.due((HOURLY, GRAVE), watch) == [HOURLY]


def test_which_jobs_cannot_be_undone():
    """What locks, sends what is due or changes keys harms nobody at the wrong time."""
    assert {job.name for job in jobs.JOBS if not job.needs_right_time} == {
        "sweep",
        "outbox",
        "trends re-key",
    }


async def test_a_vault_is_not_open_until_next_year(db: Database, app: Litestar):
    ana = await newcomer(app)
    await write(ana, "Avant.")
    with clock.set_to(datetime.now(UTC) + 400 * DAY):
        await ana.sign_in(ana.email)
        assert (await ana.get("/carnet")).status_code == 200
    await sign_ins.lock_idle()
    assert (await ana.get("/carnet")).headers["location"].startswith("/carnet/ouvrir")
    await unlock(ana)
    assert texts(await ana.get("/carnet")) == ["Avant."]


async def test_the_sweep_locks_what_a_wrong_clock_left_open(db: Database, app: Litestar):
    await newcomer(app)
    with clock.set_to(datetime.now(UTC) - 3 * HOUR):
        await sign_ins.lock_idle()
    assert await SignIn.count().where(SignIn.key_box.is_not_null()) == 0


async def test_nobody_is_locked_out_until_next_year(db: Database, app: Litestar):
    ana = await newcomer(app)
    window = Visitor(app)
    with clock.set_to(datetime.now(UTC) + 400 * DAY):
        for _ in range(throttle.PER_ACCOUNT_AND_ADDRESS + 1):
            answer = await window.sign_in(ana.email, "mauvais mot de passe")
        assert answer.status_code == 429
    assert (await window.sign_in(ana.email)).status_code == 303


@pytest.mark.parametrize("jump", [400 * DAY, -400 * DAY])
async def test_who_is_signed_in_stays_so(db: Database, app: Litestar, jump: timedelta):
    """The jobs that go on while the clock is wrong end no sign-in and no link."""
    ana = await newcomer(app)
    await invitations.invite("boris@exemple.fr")
    with clock.set_to(datetime.now(UTC) + jump):
        for job in jobs.JOBS:
            if not job.needs_right_time and job.name != "outbox":
                await job.work(settings())
    assert (await ana.get("/compte")).status_code == 200
    assert await Invitation.count() == 1


@pytest.fixture
async def post(db: Database):
    async with mail_server() as server:
        yield server


async def test_a_mail_of_the_wrong_year_leaves_today(post: MailServer):
    """It was written, and its claim taken, while the clock was ahead."""
    config = post.settings()
    with clock.set_to(NOW + 400 * DAY):
        mail: UUID = await a_mail(config, urgent=True)
        await OutboxMail.update({OutboxMail.claimed_until: clock.now() + HOUR}).where(
            OutboxMail.id == mail
        )
    with clock.set_to(NOW):
        await outbox.send_due(config)
        await outbox.send_due(config)
    assert (await state(mail), len(post.received)) == ("sent", 1)


async def test_a_mail_is_not_given_up_by_a_clock_in_doubt(
    post: MailServer, monkeypatch: pytest.MonkeyPatch
):
    config, doubt = post.settings(), Watch()
    doubt.look(NOW, None)
    doubt.look(NOW + DAY, None)
    monkeypatch.setattr(outbox, "WATCH", doubt)
    with clock.set_to(NOW):
        mail = await a_mail(config, urgent=True, useful_until=NOW + HOUR)
    with clock.set_to(NOW + DAY):
        await outbox.send_due(config)
        assert (await state(mail), post.received) == ("waiting", [])
    monkeypatch.setattr(outbox, "WATCH", Watch())
    with clock.set_to(NOW + DAY + HOUR):
        await outbox.send_due(config)
        assert (await state(mail), post.received) == ("failed", [])
