"""One file with everything about oneself, and nothing about anybody else."""

import io
import json
import re
from html import unescape
from typing import Any
from zipfile import ZipFile

import pytest
from jsonschema import Draft202012Validator
from litestar import Litestar
from tests.organisation.world import House
from tests.privacy.life import MARK, OTHERS, Life, lived, with_second_step
from tests.visitors import Visitor

from recul.accounts.tables import KeySlot, SignIn, Vault
from recul.database import all_tables
from recul.privacy import copying
from recul.privacy.columns import left_out
from recul.web.roles import Role


@pytest.fixture
async def life(app: Litestar, house: House) -> Life:
    life = await lived(app, house)
    await with_second_step(life)
    return life


async def copy_of(visitor: Visitor) -> dict[str, bytes]:
    answer = await visitor.post("/compte/copie")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-disposition"] == 'attachment; filename="copie.zip"'
    assert answer.headers["cache-control"] == "no-store"
    with ZipFile(io.BytesIO(answer.content)) as whole:
        assert whole.testzip() is None
        return {name: whole.read(name) for name in whole.namelist()}


async def test_everything_of_a_life_is_in_it(life: Life):
    files = await copy_of(life.visitor)
    assert set(files) == {
        "lisez-moi.html",
        "donnees.json",
        "donnees.schema.json",
        "carnet/carnet.html",
        "carnet/carnet.csv",
        "carnet/carnet.json",
        "carnet/carnet.schema.json",
        "carnet/import-en-attente",
    }
    data: dict[str, Any] = json.loads(files["donnees.json"])
    schema = json.loads(files["donnees.schema.json"])
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(data)
    # Only what she has not asked for is empty.
    assert [section.key for section in copying.sections() if not data[section.key]] == ["erasure"]
    for name in ("carnet/carnet.json", "carnet/carnet.csv", "carnet/carnet.html"):
        assert f"{MARK} écrit." in files[name].decode()
    assert MARK in files["carnet/import-en-attente"].decode()


async def test_what_it_says(life: Life):
    data = json.loads((await copy_of(life.visitor))["donnees.json"])
    [account] = data["account"]
    assert (account["display_name"], account["email"]) == (MARK, life.visitor.email)
    assert data["memos"] == [
        {"day": "2026-11-07", "text": f"Mémo : {MARK}.", "erase_on": "2026-12-21"}
    ]
    assert {row["text"] for row in data["draft"]} >= {f"{MARK} commence."}
    assert [(row["state"], row["day"]) for row in data["attendance"]] == [
        ("present", "2026-11-07"),
        ("excused", "2026-12-03"),
    ]
    assert [row["subject"] for row in data["mail"]] == ["Le lien que vous avez demandé"]
    assert [row["choice"] for row in data["sharing"]] == ["no"]
    assert {(row["weekday"], row["starts"], row["ends"]) for row in data["availability"]} == {
        (2, "09:00", "12:00"),
        (4, "14:00", "17:00"),
    }


async def test_it_is_readable(life: Life):
    page = unescape((await copy_of(life.visitor))["lisez-moi.html"].decode())
    for words in (MARK, "Présences et excuses", "présent·e", "Ce qu’elle ne contient pas", "oui"):
        assert words in page
    assert "7 nov. 2026" in page
    assert not re.search(r"<td>20\d\d-", page)
    for raw in ("seated", "excused", "None", "True", "src=", 'href="h'):
        assert raw not in page, raw


async def test_nothing_of_anybody_else_is_in_it(life: Life):
    whole = b"".join((await copy_of(life.visitor)).values()).decode().casefold()
    assert MARK.casefold() in whole
    people = [visitor for role, visitor in life.house.people.items() if role is not Role.SELF]
    for other in (*OTHERS, *(visitor.email for visitor in people)):
        assert other.casefold() not in whole, other
    for account in life.house.ids.values():
        assert str(account) not in whole


async def test_no_key_is_in_it(life: Life):
    whole = b"".join((await copy_of(life.visitor)).values())
    slots = await KeySlot.select(KeySlot.box, KeySlot.salt)
    vaults = await Vault.select(Vault.private_box, Vault.public_key)
    sign_ins = await SignIn.select(SignIn.token_hash, SignIn.public_mark, SignIn.key_box)
    for row in (*slots, *vaults, *sign_ins):
        for value in row.values():
            assert value is None or (value not in whole and value.hex().encode() not in whole)


async def test_a_newcomer_has_one_too(ana: Visitor):
    data = json.loads((await copy_of(ana))["donnees.json"])
    assert (len(data["account"]), data["enrolments"]) == (1, [])


async def test_it_needs_an_open_vault(ana: Visitor, nobody: Visitor):
    await ana.post("/carnet/verrou")
    assert (await ana.post("/compte/copie")).status_code == 401
    assert (await nobody.post("/compte/copie")).status_code == 401


def test_every_column_of_the_database_was_decided_on():
    """A new column is told to its person, or a line of `columns` says why not."""
    told = {
        column
        for section in copying.sections()
        for field in section.fields.values()
        for column in field.columns
    }
    every = {
        f"{table._meta.tablename}.{column._meta.db_column_name}"
        for table in all_tables()
        for column in table._meta.columns
    }
    assert every - told - set(left_out()) == set(), "decide in recul.privacy.columns, or export it"
    assert (told | set(left_out())) - every == set(), "no such column"
    assert told & set(left_out()) == set(), "both told and left out"


def test_each_field_says_where_it_comes_from():
    for section in copying.sections():
        assert section.title
        for key, field in section.fields.items():
            assert field.label, (section.key, key)
            assert field.columns, (section.key, key)


def test_the_schema_documents_each_field():
    for section, found in copying.schema()["properties"].items():
        if section not in ("format", "version", "exported_on"):
            assert all(one["description"] for one in found["items"]["properties"].values())
