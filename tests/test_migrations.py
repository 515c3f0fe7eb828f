"""Migrations: forwards, backwards, twice at once, and never behind the tables' backs."""

import asyncio
import sys
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from piccolo.apps.migrations.tables import Migration

from recul import database
from recul.accounts.tables import KeySlot, SignIn
from recul.database import Database, bind, engine_for, migrate, migrate_back, migration_state
from recul.database.binding import all_tables
from recul.database.migrations import _files
from recul.trends.cycles import first_day
from recul.trends.tables import Cycle

# (table, column) -> (type, may be null)
Schema = dict[tuple[str, str], tuple[str, bool]]


@pytest.fixture
async def empty_db(empty_url: str):
    engine = engine_for(empty_url)
    bind(engine)
    await engine.open()
    yield engine
    await engine.close()


async def schema(engine: Database) -> Schema:
    if engine.engine_type == "sqlite":
        rows = await engine.run_sql(
            """SELECT t.name AS "table", c.name AS "column", c.type, NOT c."notnull" AS "null"
            FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type = 'table'"""
        )
    else:
        rows = await engine.run_sql(
            """SELECT table_name AS "table", column_name AS "column", is_nullable = 'YES' AS "null",
            concat(data_type, character_maximum_length) AS "type"
            FROM information_schema.columns WHERE table_schema = 'public'"""
        )
    return {
        (row["table"], row["column"]): (row["type"], bool(row["null"]))
        for row in rows
        if row["table"] not in ("migration", "sqlite_sequence")
    }


async def created_by_piccolo(engine: Database) -> Schema:
    for table in all_tables():
        await table.create_table()
    return await schema(engine)


async def indexes(engine: Database) -> set[str]:
    sql = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL",
        "postgres": "SELECT indexname AS name FROM pg_indexes WHERE indexdef NOT LIKE '%_pkey%'"
        " AND indexname NOT LIKE '%_key' AND schemaname = 'public'",
    }
    return {row["name"] for row in await engine.run_sql(sql[engine.engine_type])}


async def test_up_down_up(empty_db: Database) -> None:
    known = sorted(_files())
    assert await migration_state() == ([], known)
    assert await migrate() == known
    assert await migrate() == []
    first = await schema(empty_db), await indexes(empty_db)
    assert await migrate_back(len(known)) == known[::-1]
    assert (await schema(empty_db), await indexes(empty_db)) == ({}, set())
    assert await migrate() == known
    assert (await schema(empty_db), await indexes(empty_db)) == first
    assert await migration_state() == (known, known)


async def test_each_step_can_be_undone_and_redone(empty_db: Database) -> None:
    await migrate()
    whole = before = await schema(empty_db)
    for count in range(1, len(_files()) + 1):
        undone = await migrate_back(count)
        assert len(undone) == count
        assert await schema(empty_db) != before
        before = await schema(empty_db)
        assert await migrate() == sorted(undone)
        assert await schema(empty_db) == whole


async def test_migrations_make_what_the_tables_say(empty_db: Database, databases) -> None:
    await migrate()
    migrated = await schema(empty_db)
    other_url = await databases.make()
    other = engine_for(other_url)
    bind(other)
    declared = await created_by_piccolo(other)
    await other.close()
    await databases.remove(other_url)
    assert migrated == declared
    assert {table for table, _ in migrated} == {t._meta.tablename for t in all_tables()}


async def test_indexes(empty_db: Database) -> None:
    await migrate()
    assert await indexes(empty_db) == {
        "vault_owner",
        "vault_one_open",
        "access_event_account",
        "access_event_forget_on",
        "second_factor_last_step",
        "key_slot_passkey_id",
        "key_slot_vault",
        "passkey_account",
        "sign_in_account",
        "invitation_account",
        "unit_organisation",
        "unit_one_name",
        "team_unit",
        "team_one_name",
        "membership_account",
        "membership_team",
        "membership_one_active",
        "membership_one_home",
        "role_organisation",
        "role_one_active",
        "line_manager_team",
        "line_manager_one_active",
        "steward_ballot_one_each",
        "steward_ballot_voter",
        "steward_ballot_candidate",
        "trust_change_one_each",
        "trust_change_changed_by",
        "place_organisation",
        "place_team",
        "place_invitation",
        "entry_vault_month",
        "entry_owner",
        "outbox_mail_next_try_at",
        "cell_of_team",
        "cycle_one_open",
        "cell_pool_of_unit",
        "cell_unit",
        "roster_cell",
        "upward_vote_one_each",
        "upward_vote_voter",
        "upward_decision_one_each",
        "marker_team",
        "commitment_team",
        "outbox_mail_account",
        "outbox_mail_joined",
        "service_agreement_facilitator",
        "service_agreement_organisation",
        "meeting_group_organisation",
        "meeting_group_facilitator",
        "meeting_group_team",
        "group_agreement_version",
        "agreement_acceptance_one_each",
        "agreement_acceptance_account",
        "meeting_cycle_group",
        "meeting_of_cycle",
        "meeting_starts_at",
        "enrolment_account",
        "enrolment_arrival",
        "enrolment_one_active",
        "seat_offer_cycle",
        "seat_offer_enrolment",
        "seat_offer_one_a_person",
        "seat_offer_one_a_seat",
        "seat_offer_until",
        "attendance_one_each",
        "attendance_account",
        "peer_voice_one_each",
        "peer_voice_voter",
        "meeting_role_one_each",
        "meeting_role_account",
        "supervision_offer_facilitator",
        "supervision_offer_organisation",
        "availability_offer",
        "availability_exception_offer",
        "supervision_account",
        "supervision_one_active",
        "appointment_supervision",
        "appointment_account",
        "appointment_facilitator",
        "appointment_one_a_slot",
        "appointment_starts_at",
        "meeting_memo_one_each",
        "meeting_memo_erase_on",
        "certificate_one_each",
        "certificate_organisation",
        "calendar_feed_account",
        "calendar_feed_token",
    }


async def test_cycles_that_closed_before_are_given_their_day(empty_db: Database) -> None:
    """The day after their last, as where the server never sleeps; the open one has none."""
    await migrate()
    await migrate_back(sum(each >= "2026-11-26" for each in _files()))
    for number, closed in ((1, "TRUE"), (37, "TRUE"), (38, "FALSE")):
        await empty_db.run_sql(f"INSERT INTO cycle (number, closed) VALUES ({number}, {closed})")
    await migrate()
    found = {row["number"]: row["out_on"] for row in await Cycle.select()}
    assert found == {1: date(2024, 1, 29), 37: first_day(38), 38: None}


SLOTS = """
INSERT INTO account (id, email, display_name, administrator, time_zone, idle_minutes, joined_on,
    settled) VALUES ('{0}', 'a@exemple.fr', 'Ana', FALSE, 'Europe/Paris', 15, '2026-11-01', FALSE);
INSERT INTO vault (id, owner, public_key, private_box, closed)
    VALUES ('{0}', '{0}', {1}, {1}, FALSE);
INSERT INTO key_slot (id, vault, kind, salt, memory_kib, passes, box)
    VALUES ('{0}', '{0}', 'password', {1}, 8, 1, {1});
INSERT INTO sign_in (id, account, token_hash, public_mark, device, created_on, seen_on)
    VALUES ('{0}', '{0}', {1}, {1}, 'Firefox', '2026-11-01', '2026-11-02')
"""


async def test_key_slots_and_sign_ins_go_through_the_second_step_and_back(empty_db: Database):
    await migrate()
    after = sum(each >= "2026-11-28" for each in _files())
    await migrate_back(after)
    sqlite = empty_db.engine_type == "sqlite"
    some_bytes = "X'0102'" if sqlite else r"'\x0102'"
    for statement in SLOTS.format("11111111-2222-4333-8444-555555555555", some_bytes).split(";"):
        await empty_db.run_sql(statement)
    await migrate()
    [slot], [sign_in] = await KeySlot.select(), await SignIn.select()
    assert (slot["kind"], slot["box"], slot["passkey"]) == ("password", b"\x01\x02", None)
    assert (sign_in["second_due"], sign_in["proved_until"]) == (False, None)
    passkey = {"id": uuid4(), "kind": "passkey", "passkey": None}
    await KeySlot.insert(KeySlot(**(slot | passkey)))
    await migrate_back(after)
    # What only the newer version could read is gone, and nothing else.
    assert await empty_db.run_sql("SELECT kind FROM key_slot") == [{"kind": "password"}]
    assert len(await empty_db.run_sql("SELECT id FROM sign_in")) == 1


async def test_a_newer_database_is_refused(empty_db: Database) -> None:
    await migrate()
    await Migration.insert(Migration(name="2999-01-01T00:00:00:000000", app_name="recul"))
    with pytest.raises(database.DatabaseTooNew, match="2999-01-01"):
        await migration_state()
    with pytest.raises(database.DatabaseTooNew):
        await migrate()


async def test_a_failing_migration_changes_nothing(
    empty_db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in _files().values():
        (tmp_path / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "recul_2999_failing.py").write_text(FAILING, encoding="utf-8")
    monkeypatch.setattr("recul.paths.migrations", lambda: tmp_path)
    with pytest.raises(Exception, match="nowhere"):
        await migrate()
    assert (await migration_state())[0] == []
    assert await schema(empty_db) == {}


FAILING = """
from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.engine import engine_finder

ID = "2999-01-01T00:00:00:000000"


async def fail():
    await engine_finder().run_ddl("DROP TABLE nowhere")


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="recul")
    manager.add_raw(fail)
    return manager
"""


async def test_it_is_quiet(empty_db: Database, capfd: pytest.CaptureFixture[str]) -> None:
    await migrate()
    await migrate_back()
    assert capfd.readouterr() == ("", "")


MIGRATE = """
import asyncio, sys
from recul.database import bind, close_database, engine_for, migrate, open_database

async def main(url):
    bind(engine_for(url))
    print("ready", flush=True)
    sys.stdin.readline()
    await open_database()
    print(await migrate())
    await close_database()

asyncio.run(main(*sys.argv[1:]))
"""


async def test_two_processes_at_once(empty_url: str) -> None:
    pipe = asyncio.subprocess.PIPE
    processes = [
        await asyncio.create_subprocess_exec(
            sys.executable, "-c", MIGRATE, empty_url, stdin=pipe, stdout=pipe, stderr=pipe
        )
        for _ in range(3)
    ]
    for process in processes:
        assert process.stdout
        assert await process.stdout.readline() == b"ready\n"
    outputs = await asyncio.gather(*(process.communicate(b"\n") for process in processes))
    assert [error.decode() for _, error in outputs] == [""] * 3
    said = sorted(output.decode().strip() for output, _ in outputs)
    assert said == sorted(["[]", "[]", str(sorted(_files()))])


async def test_a_journal_is_kept_without_rowid(empty_db: Database) -> None:
    await migrate()
    if empty_db.engine_type == "sqlite":
        rows = await empty_db.run_sql("SELECT sql FROM sqlite_master WHERE name = 'entry'")
        assert rows[0]["sql"].endswith("WITHOUT ROWID")
