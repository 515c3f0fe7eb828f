"""Each person's own day: across zones, around midnight, in the nights that have 23 and 25 hours."""

import re
from datetime import UTC, datetime

import httpx
import pytest
from litestar import Litestar
from tests.journal.pages import ids, texts, value, write
from tests.visitors import Visitor, newcomer

from recul import clock
from recul.database import Database

NOUMEA, MARTINIQUE = "Pacific/Noumea", "America/Martinique"


async def somebody(app: Litestar, zone: str = "Europe/Paris") -> Visitor:
    visitor = await newcomer(app)
    fields = {"display_name": "Ana", "time_zone": zone, "idle_minutes": "60"}
    assert (await visitor.post("/compte", fields)).status_code == 303
    return visitor


def instants(page: httpx.Response) -> list[str]:
    return re.findall(r'<time datetime="([^"]+)"', page.text)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("now", "instant"),
    [
        (utc(2026, 3, 29, 0, 59), "2026-03-29T01:59+01:00"),
        (utc(2026, 3, 29, 1, 0), "2026-03-29T03:00+02:00"),
        (utc(2026, 10, 25, 0, 30), "2026-10-25T02:30+02:00"),
        (utc(2026, 10, 25, 1, 30), "2026-10-25T02:30+01:00"),
    ],
)
async def test_now_in_the_nights_of_the_change(
    db: Database, app: Litestar, now: datetime, instant: str
):
    with clock.set_to(now):
        ana = await somebody(app)
        await write(ana, "Cette nuit.")
        assert instants(await ana.get("/carnet")) == [instant]


@pytest.mark.parametrize(
    ("day", "time", "instant"),
    [
        ("2026-03-29", "02:30", "2026-03-29T03:30+02:00"),  # an hour that was not
        ("2026-03-29", "01:59", "2026-03-29T01:59+01:00"),
        ("2026-10-25", "02:30", "2026-10-25T02:30+02:00"),  # the first of two
        ("2026-10-25", "03:00", "2026-10-25T03:00+01:00"),
        ("2026-03-28", "", "2026-03-28T12:00+01:00"),
    ],
)
async def test_a_night_of_the_change_told_later(
    db: Database, app: Litestar, day: str, time: str, instant: str
):
    with clock.set_to(utc(2026, 11, 24, 15, 42)):
        ana = await somebody(app)
        await write(ana, "Cette nuit-là.", when="date", date=day, time=time)
        page = await ana.get(f"/carnet/mois/{day[:7]}")
        assert instants(page) == [instant]


async def test_both_half_past_two_stay_in_their_order(db: Database, app: Litestar):
    with clock.set_to(utc(2026, 10, 25, 0, 30)):
        ana = await somebody(app)
        await write(ana, "La première.")
    with clock.set_to(utc(2026, 10, 25, 1, 10)):
        await write(ana, "La seconde.")
        assert texts(await ana.get("/carnet")) == ["La seconde.", "La première."]


async def change_text(visitor: Visitor, month: str) -> list[str]:
    """Another text for the only moment of a month: the instants of the month after that."""
    [moment] = ids(await visitor.get(f"/carnet/mois/{month}"))
    address = f"/carnet/moments/{moment}/modifier"
    form = await visitor.get(address)
    typed = {n: value(form, n) for n in ("seen", "template", "when", "date", "time")}
    answer = await visitor.post(address, typed | {"text-line": "Après."})
    assert answer.status_code == 303
    page = await visitor.get(f"/carnet/mois/{month}")
    assert texts(page) == ["Après."]
    return instants(page)


async def test_another_text_leaves_the_hour_that_came_twice(db: Database, app: Litestar):
    with clock.set_to(utc(2026, 10, 25, 1, 30)):
        ana = await somebody(app)
        await write(ana, "Avant.")
        assert await change_text(ana, "2026-10") == ["2026-10-25T02:30+01:00"]


async def test_another_text_in_another_zone_leaves_the_hour(db: Database, app: Litestar):
    """16:42 in Paris is still to come in Martinique, and yet it has been."""
    with clock.set_to(utc(2026, 11, 24, 15, 42)):
        ana = await somebody(app)
        await write(ana, "Avant.")
        fields = {"display_name": "Ana", "time_zone": MARTINIQUE, "idle_minutes": "60"}
        await ana.post("/compte", fields)
        assert await change_text(ana, "2026-11") == ["2026-11-24T16:42+01:00"]


async def test_the_same_instant_is_another_day_elsewhere(db: Database, app: Litestar):
    with clock.set_to(utc(2026, 11, 30, 23, 30)):
        east, west = await somebody(app, NOUMEA), await somebody(app, MARTINIQUE)
        paris = await somebody(app)
        seen = {}
        for visitor in (east, west, paris):
            await write(visitor, "Maintenant.")
            page = await visitor.get("/carnet")
            title = re.findall("<h1>([^<]+)</h1>", page.text)[0]
            seen[visitor.email] = (title, instants(page))
        assert list(seen.values()) == [
            ("Décembre 2026", ["2026-12-01T10:30+11:00"]),
            ("Novembre 2026", ["2026-11-30T19:30-04:00"]),
            ("Décembre 2026", ["2026-12-01T00:30+01:00"]),
        ]


async def test_a_month_begins_at_the_midnight_of_the_person(db: Database, app: Litestar):
    with clock.set_to(utc(2026, 10, 31, 22, 59)):
        ana = await somebody(app)
        await write(ana, "Encore octobre.")
        assert texts(await ana.get("/carnet")) == ["Encore octobre."]
    with clock.set_to(utc(2026, 10, 31, 23, 0)):
        await write(ana, "Déjà novembre.")
        assert texts(await ana.get("/carnet")) == ["Déjà novembre."]
        assert texts(await ana.get("/carnet/mois/2026-10")) == ["Encore octobre."]


@pytest.mark.parametrize(
    ("zone", "day", "accepted"),
    [
        (NOUMEA, "2026-12-01", True),
        (NOUMEA, "2026-12-02", False),
        (MARTINIQUE, "2026-11-30", True),
        (MARTINIQUE, "2026-12-01", False),
    ],
)
async def test_tomorrow_is_the_persons_own(
    db: Database, app: Litestar, zone: str, day: str, accepted: bool
):
    with clock.set_to(utc(2026, 11, 30, 23, 30)):
        ana = await somebody(app, zone)
        typed = {"nonce": "n", "text-line": "Ce jour-là.", "when": "date", "date": day}
        answer = await ana.post("/carnet/vite", typed)
        assert answer.status_code == (303 if accepted else 422)


async def test_yesterday_evening_of_a_page_from_before_midnight(db: Database, app: Litestar):
    """The chip names its day: sent after midnight it still means the evening that it showed."""
    with clock.set_to(utc(2026, 11, 24, 22, 55)):
        ana = await somebody(app)
        form = await ana.get("/carnet/vite")
        assert 'value="2026-11-23T19:00"' in form.text
    with clock.set_to(utc(2026, 11, 24, 23, 5)):
        await write(ana, "Hier soir.", when="2026-11-23T19:00")
        assert instants(await ana.get("/carnet")) == ["2026-11-23T19:00+01:00"]


async def test_a_person_who_moves_keeps_the_days_as_they_were(db: Database, app: Litestar):
    with clock.set_to(utc(2026, 11, 30, 23, 30)):
        ana = await somebody(app)
        await write(ana, "À Paris.")
        await ana.post(
            "/compte", {"display_name": "Ana", "time_zone": MARTINIQUE, "idle_minutes": "60"}
        )
        await write(ana, "En Martinique.")
        assert texts(await ana.get("/carnet")) == ["En Martinique."]
        december = await ana.get("/carnet/mois/2026-12")
        assert instants(december) == ["2026-12-01T00:30+01:00"]


async def test_behind_the_lock_the_persons_hour_is_kept_too(db: Database, app: Litestar):
    with clock.set_to(utc(2026, 11, 30, 23, 30)):
        ana = await somebody(app, NOUMEA)
        await ana.post("/carnet/verrou")
        await write(ana, "Déposé.")
        await ana.sign_in(ana.email)
        assert instants(await ana.get("/carnet")) == ["2026-12-01T10:30+11:00"]
