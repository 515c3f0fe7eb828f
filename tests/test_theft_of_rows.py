"""Somebody holds every row, and the server's secret: sizes tell steps, keys open nothing."""

import sqlite3
from collections.abc import Iterator
from hashlib import blake2b, sha256
from pathlib import Path
from typing import Any

import pytest
from litestar import Litestar
from tests import visitors
from tests.accounts.phones import turn_on
from tests.journal.pages import ids, lock, write
from tests.visitors import Visitor, newcomer

from recul import jobs
from recul.accounts.cookie import read
from recul.accounts.tables import KeySlot, SecondFactor, SignIn
from recul.database import Database, bound
from recul.journal.tables import Draft, Entry, ImportPreview, JournalKeep
from recul.vault import boxes, keys
from recul.vault.errors import Unreadable
from recul.vault.sign_in_key import open_with_token

COLUMNS = {
    "entry": {"id", "owner", "vault", "month", "box"},
    "journal_keep": {"vault", "version", "box"},
    "draft": {"vault", "box"},
    "import_preview": {"vault", "box"},
}
# Every date and time of the database: none belongs to anything that somebody wrote.
TIMES = {
    ("access_event", "forget_on"),
    ("account", "joined_on"),
    ("agreement_acceptance", "accepted_on"),
    ("appointment", "changed_at"),
    ("appointment", "day"),
    ("appointment", "ends_at"),
    ("appointment", "starts_at"),
    ("availability_exception", "day"),
    ("calendar_feed", "made_on"),
    ("certificate", "first_day"),
    ("certificate", "last_day"),
    ("certificate", "made_on"),
    ("commitment", "due_on"),
    ("cycle", "out_on"),
    ("enrolment", "asked_on"),
    ("enrolment", "settled_on"),
    ("erasure_request", "asked_at"),
    ("erasure_request", "counted_on"),
    ("erasure_request", "erase_at"),
    ("group_agreement", "made_on"),
    ("invitation", "expires_at"),
    ("lease", "due_at"),
    ("lease", "last_run_at"),
    ("lease", "until"),
    ("line_manager", "ended_on"),
    ("line_manager", "started_on"),
    ("marker", "month"),
    ("meeting", "changed_at"),
    ("meeting", "day"),
    ("meeting", "ends_at"),
    ("meeting", "noted_on"),
    ("meeting", "starts_at"),
    ("meeting_cycle", "asked_on"),
    ("meeting_cycle", "decide_on"),
    ("meeting_group", "closed_on"),
    ("meeting_group", "opened_on"),
    ("meeting_memo", "erase_on"),
    ("membership", "ended_on"),
    ("membership", "started_on"),
    ("migration", "ran_on"),
    ("outbox_mail", "claimed_until"),
    ("outbox_mail", "created_at"),
    ("outbox_mail", "erase_at"),
    ("outbox_mail", "first_try_at"),
    ("outbox_mail", "next_try_at"),
    ("outbox_mail", "sent_at"),
    ("outbox_mail", "useful_until"),
    ("passkey", "created_on"),
    ("people_import", "forget_at"),
    ("place", "asked_on"),
    ("place", "valid_until"),
    ("role", "ended_on"),
    ("role", "started_on"),
    ("seat_offer", "made_at"),
    ("seat_offer", "until"),
    ("service_agreement", "ends_on"),
    ("service_agreement", "starts_on"),
    ("sign_in", "created_on"),
    ("sign_in", "open_until"),
    ("sign_in", "proved_until"),
    ("sign_in", "seen_on"),
    ("supervision", "ended_on"),
    ("supervision", "started_on"),
    ("supervision_offer", "closed_on"),
    ("team", "closed_on"),
    ("throttle", "forget_at"),
    ("trust_change", "changed_on"),
    ("unit", "closed_on"),
}
"""Of accounts, places, mail, groups and their dates. None of a journal, and none of what is shared
with a team."""
STEPS = {512, 1024, 2048, 4096, 8192, 12288, 16384, 20480, 24576}
TEXTS = ["x", "", "é" * 200, "x" * 900, "é" * 1500, "x" * 4000, "x" * 4100, "é" * 9000, "x" * 20000]


async def columns(db: Database) -> list[tuple[str, str, str]]:
    """(table, column, type) of the whole database."""
    if db.engine_type == "sqlite":
        sql = (
            "SELECT m.name AS t, c.name AS c, c.type AS k FROM sqlite_master m"
            " JOIN pragma_table_info(m.name) c WHERE m.type = 'table'"
        )
    else:
        sql = (
            "SELECT table_name AS t, column_name AS c, data_type AS k"
            " FROM information_schema.columns WHERE table_schema = 'public'"
        )
    return [(row["t"], row["c"], row["k"]) for row in await db.run_sql(sql)]


async def test_what_was_written_has_these_columns_and_no_others(db: Database):
    found: dict[str, set[str]] = {table: set() for table in COLUMNS}
    for table, column, _ in await columns(db):
        if table in found:
            found[table].add(column)
    assert found == COLUMNS


async def test_no_time_is_kept_with_what_was_written(db: Database):
    times = {
        (table, column)
        for table, column, kind in await columns(db)
        if kind.lower().startswith(("date", "time"))
    }
    assert times == TIMES


async def test_sqlite_keeps_no_order_of_writing(db: Database):
    if db.engine_type != "sqlite":
        return
    with pytest.raises(sqlite3.OperationalError, match="no such column: rowid"):
        await db.run_sql("SELECT rowid FROM entry")


def sizes(rows: list[dict[str, Any]], overhead: int) -> set[int]:
    return {len(row["box"]) - overhead for row in rows}


async def test_sizes_fall_on_the_steps(ana: Visitor):
    for text in TEXTS:
        await write(ana, text, workload="3", own_feeling=f"mot {len(text)}")
        await ana.post("/carnet/brouillon", {"template": "free", "text-text": text})
        assert sizes(await Draft.select(), 49) < STEPS
    await lock(ana)
    for text in TEXTS:
        await write(ana, text, workload="3")
    filed = await Entry.select().where(Entry.month.is_not_null())
    waiting = await Entry.select().where(Entry.month.is_null())
    assert (len(filed), len(waiting)) == (len(TEXTS), len(TEXTS))
    assert sizes(filed, 41) < STEPS
    assert sizes(waiting, 49) < STEPS
    assert sizes(await JournalKeep.select(), 41) < STEPS
    assert {len(row["month"]) for row in filed} == {16}


async def test_an_import_that_waits_falls_on_the_steps(ana: Visitor):
    header = "full_date,date,weekday,time,mood,activities,note_title,note\n"
    for n in (1, 20):
        data = (header + "2026-03-05,March 5,Thursday,10:00,rad,a,,b\n" * n).encode()
        await ana.upload("/carnet/import", {"file": ("d.csv", data, "text/csv")})
        assert sizes(await ImportPreview.select(), 41) < STEPS


async def test_the_same_moment_twice_is_two_unlike_rows(ana: Visitor, boris: Visitor):
    for visitor in (ana, ana, boris):
        await write(visitor, "Pareil.", workload="3", date="2026-03-05", time="10:00")
    rows = await Entry.select()
    assert len({row["id"] for row in rows}) == 3
    starts, ends = {row["box"][:40] for row in rows}, {row["box"][-40:] for row in rows}
    assert (len(starts), len(ends)) == (3, 3)
    # One person's month is one index, or her months could not be found; another's is another.
    assert len({row["month"] for row in rows}) == 2


async def everything(db: Database) -> list[bytes]:
    """Every value of every row, and the server's secret, as bytes."""
    found: list[bytes] = [visitors.settings().secret.encode()]
    for table in {table for table, *_ in await columns(db)}:
        for row in await db.run_sql(f"SELECT * FROM {table}"):
            for value in row.values():
                if isinstance(value, bytes | bytearray | memoryview):
                    found.append(bytes(value))
                elif value is not None:
                    found.append(getattr(value, "bytes", str(value).encode()))
    return found


def candidates(found: list[bytes]) -> Iterator[bytes]:
    """Keys of 32 bytes that a thief may try: parts of what was found, and digests of it."""
    for value in found:
        yield from (value[at : at + 32] for at in range(len(value) - 31) if len(value) < 200)
        yield sha256(value).digest()
        yield blake2b(value, digest_size=32).digest()
        yield value.ljust(32, b"\0")[:32]


PURPOSES = ("sign-in", "password slot", "private key", "entry", "keep")


async def sealed(db: Database, ana: Visitor) -> list[tuple[bytes, bytes]]:
    """(box, what it is bound to) of a box of each kind."""
    sign_in: dict[str, Any]
    [sign_in] = await SignIn.select(SignIn.id, SignIn.key_box)
    [second] = await SecondFactor.select()
    [vault] = await db.run_sql("SELECT * FROM vault")
    [entry] = await db.run_sql("SELECT * FROM entry")
    owner, vault_id, entry_id = vault["owner"].bytes, vault["id"].bytes, entry["id"].bytes
    slots: list[dict[str, Any]] = await KeySlot.select(KeySlot.kind, KeySlot.box)
    return [
        (sign_in["key_box"], sign_in["id"].bytes),
        *((slot["box"], vault_id + slot["kind"].encode()) for slot in slots),
        (vault["private_box"], owner + vault["public_key"]),
        (second["box"], owner + (1).to_bytes(8, "big") + b"totp"),
        (entry["box"], owner + entry_id + b"\x01"),
    ]


def opens(key: bytes, box: bytes, aad: bytes) -> bool:
    try:
        boxes.open_box(key, box, aad)
    except Unreadable:
        return False
    return True


async def test_no_key_in_the_database_opens_anything_in_it(live_db: Database, app: Litestar):
    ana = await newcomer(app)
    await turn_on(ana)
    await write(ana, "Ce que personne n’ouvre.")
    targets = await sealed(live_db, ana)
    assert len(targets) == 13
    tried = set(candidates(await everything(live_db)))
    assert len(tried) > 500
    for key in tried:
        for used in (key, *(keys.subkey(key, purpose) for purpose in PURPOSES)):
            assert not [aad for box, aad in targets if opens(used, box, aad)]
    # With the browser's cookie, which is nowhere in the database, it all opens.
    [row] = await SignIn.select(SignIn.id, SignIn.key_box)
    token = read(ana.client.cookies["recul"])
    assert token
    data_key = open_with_token(token, row["key_box"], row["id"])
    *_, (second, bound_to), (box, aad) = targets
    assert opens(keys.subkey(data_key, "keep"), second, bound_to)
    assert opens(keys.subkey(data_key, "entry"), box, aad)
    assert token not in b"".join(await everything(live_db))


def stolen(url: str) -> bytes:
    path = Path(url.removeprefix("sqlite:///"))
    return b"".join(p.read_bytes() for p in path.parent.glob(f"{path.name}*"))


async def test_what_was_locked_or_erased_leaves_the_files(
    live_db: Database, live_url: str, app: Litestar
):
    """The write-ahead log holds it until the next round of housekeeping, a minute at most."""
    ana = await newcomer(app)
    await write(ana, "À effacer.")
    [sign_in], [entry] = await SignIn.select(), await Entry.select()
    await ana.post(f"/carnet/moments/{ids(await ana.get('/carnet'))[0]}/effacer")
    await lock(ana)
    assert (await SignIn.select(SignIn.key_box), await Entry.count()) == ([{"key_box": None}], 0)
    await jobs.sweep(visitors.settings())
    if bound().engine_type == "sqlite":
        files = stolen(live_url)
        assert sign_in["token_hash"] in files
        assert (sign_in["key_box"] in files, entry["box"] in files) == (False, False)
