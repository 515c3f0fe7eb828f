"""Public holidays of countries, cantons and regions."""

import sys
from datetime import date, timedelta
from subprocess import run
from zoneinfo import ZoneInfo

import pytest

from recul.booking import holidays_of
from recul.booking.areas import AREA, AREAS, ZONE, ZONES
from recul.booking.holidays_of import UnknownArea

EASTER_MONDAY, GOOD_FRIDAY = date(2026, 4, 6), date(2026, 4, 3)
STEPHEN, NATIONAL = date(2026, 12, 26), date(2026, 7, 14)


@pytest.mark.parametrize("area", AREAS)
def test_every_area_has_its_holidays(area: str):
    found = holidays_of.of_year(area, 2026)
    assert date(2026, 1, 1) in found
    assert all(name and "'" not in name for name in found.values())
    assert ZoneInfo(AREAS[area].zone).key == AREAS[area].zone


def test_alsace_and_moselle_have_two_more():
    for area in ("FR-57", "FR-67", "FR-68"):
        more = set(holidays_of.of_year(area, 2026)) - set(holidays_of.of_year("FR", 2026))
        assert more == {GOOD_FRIDAY, STEPHEN}


@pytest.mark.parametrize(
    ("area", "day", "name"),
    [
        ("FR", NATIONAL, "Fête nationale"),
        ("FR", GOOD_FRIDAY, None),
        ("FR", date(2026, 1, 1), "Jour de l’an"),
        ("FR-974", date(2026, 12, 20), "Abolition de l’esclavage"),
        ("CH-VD", date(2026, 9, 21), "Lundi du Jeûne fédéral"),
        ("CH-GE", date(2026, 9, 10), "Jeûne genevois"),
        ("CH-NE", date(2026, 3, 1), "Instauration de la République"),
        ("CH-VD", NATIONAL, None),
        ("BE", date(2026, 7, 21), "Fête nationale"),
        ("BE", NATIONAL, None),
    ],
)
def test_known_days(area: str, day: date, name: str | None):
    assert holidays_of.on(area, day) == name


def test_names_are_said_in_the_language_of_the_page():
    assert holidays_of.on("FR", EASTER_MONDAY, "en") == "Easter Monday"


def test_those_of_some_days_over_the_new_year():
    days = [date(2026, 12, 24) + timedelta(days=number) for number in range(10)]
    assert holidays_of.among("FR", days) == {
        date(2026, 12, 25): "Noël",
        date(2027, 1, 1): "Jour de l’an",
    }


def test_days_that_are_worked():
    assert holidays_of.working_day_after("FR", date(2026, 12, 24)) == date(2026, 12, 28)
    assert holidays_of.working_day_after("FR", date(2026, 12, 31)) == date(2027, 1, 4)
    assert holidays_of.working_day_after("CH-ZH", date(2026, 12, 24)) == date(2026, 12, 28)


@pytest.mark.parametrize("area", ["", "XX", "CH-XX", "FR-GES", "fr"])
def test_an_unknown_area_is_said_so(area: str):
    with pytest.raises(UnknownArea):
        holidays_of.on(area, NATIONAL)


def test_what_holds_where_nothing_was_chosen():
    assert AREAS[AREA].zone == ZONE == ZONES[0]


def test_the_package_is_loaded_by_who_asks_only():
    code = "import recul.app, sys; print('holidays' in sys.modules)"
    done = run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
