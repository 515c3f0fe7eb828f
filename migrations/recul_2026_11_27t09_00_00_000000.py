"""Groups and supervision. Written by hand like the first one: partial indexes and foreign keys
across slices are not Piccolo's to make."""

from typing import Any

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.engine import Engine, engine_finder

ID = "2026-11-27T09:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "groups, cycles of meetings, seats, and individual supervision"

CREATE = """
CREATE TABLE service_agreement (
    id UUID PRIMARY KEY NOT NULL,
    organisation UUID NOT NULL REFERENCES organisation (id) ON DELETE CASCADE,
    facilitator UUID NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    name VARCHAR(120) NOT NULL,
    planned_minutes INTEGER NOT NULL,
    starts_on DATE NOT NULL,
    ends_on DATE NOT NULL
);
CREATE TABLE meeting_group (
    id UUID PRIMARY KEY NOT NULL,
    organisation UUID NOT NULL REFERENCES organisation (id) ON DELETE CASCADE,
    team UUID REFERENCES team (id) ON DELETE SET NULL,
    kind VARCHAR(32) NOT NULL,
    name VARCHAR(120) NOT NULL,
    purpose TEXT NOT NULL,
    facilitator UUID REFERENCES account (id) ON DELETE SET NULL,
    admission VARCHAR(12) NOT NULL
        CHECK (admission IN ('open', 'request', 'closed', 'co_optation')),
    capacity INTEGER NOT NULL,
    minimum INTEGER NOT NULL,
    minutes INTEGER NOT NULL,
    service_agreement UUID REFERENCES service_agreement (id) ON DELETE SET NULL,
    opened_on DATE NOT NULL,
    closed_on DATE
);
CREATE TABLE group_agreement (
    id UUID PRIMARY KEY NOT NULL,
    meeting_group UUID NOT NULL REFERENCES meeting_group (id) ON DELETE CASCADE,
    version INTEGER NOT NULL,
    text TEXT NOT NULL,
    made_on DATE NOT NULL
);
CREATE TABLE agreement_acceptance (
    id UUID PRIMARY KEY NOT NULL,
    agreement UUID NOT NULL REFERENCES group_agreement (id) ON DELETE CASCADE,
    account UUID NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    accepted_on DATE NOT NULL
);
CREATE TABLE meeting_cycle (
    id UUID PRIMARY KEY NOT NULL,
    meeting_group UUID NOT NULL REFERENCES meeting_group (id) ON DELETE CASCADE,
    zone VARCHAR(64) NOT NULL,
    area VARCHAR(12) NOT NULL,
    place VARCHAR(200) NOT NULL,
    access_note TEXT NOT NULL,
    video_link VARCHAR(500) NOT NULL,
    capacity INTEGER NOT NULL,
    minimum INTEGER NOT NULL,
    decide_on DATE NOT NULL,
    state VARCHAR(12) NOT NULL
        CHECK (state IN ('planned', 'confirmed', 'cancelled')),
    asked_on DATE,
    arrivals INTEGER NOT NULL
);
CREATE TABLE meeting (
    id UUID PRIMARY KEY NOT NULL,
    cycle UUID NOT NULL REFERENCES meeting_cycle (id) ON DELETE CASCADE,
    day DATE NOT NULL,
    starts INTEGER NOT NULL,
    minutes INTEGER NOT NULL,
    starts_at TIMESTAMPTZ NOT NULL,
    ends_at TIMESTAMPTZ NOT NULL,
    place VARCHAR(200),
    cancelled BOOLEAN NOT NULL,
    sequence INTEGER NOT NULL,
    changed_at TIMESTAMPTZ NOT NULL,
    noted_on DATE,
    reminded INTEGER NOT NULL,
    CHECK (ends_at > starts_at)
);
CREATE TABLE enrolment (
    id UUID PRIMARY KEY NOT NULL,
    cycle UUID NOT NULL REFERENCES meeting_cycle (id) ON DELETE CASCADE,
    account UUID NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    state VARCHAR(10) NOT NULL
        CHECK (state IN ('asked', 'waiting', 'seated', 'left', 'refused')),
    arrival INTEGER NOT NULL,
    asked_on DATE NOT NULL,
    settled_on DATE
);
CREATE TABLE seat_offer (
    id UUID PRIMARY KEY NOT NULL,
    cycle UUID NOT NULL REFERENCES meeting_cycle (id) ON DELETE CASCADE,
    enrolment UUID NOT NULL REFERENCES enrolment (id) ON DELETE CASCADE,
    seat UUID NOT NULL,
    made_at TIMESTAMPTZ NOT NULL,
    until TIMESTAMPTZ NOT NULL,
    state VARCHAR(10) NOT NULL
        CHECK (state IN ('open', 'taken', 'passed', 'expired', 'withdrawn'))
);
CREATE TABLE attendance (
    id UUID PRIMARY KEY NOT NULL,
    meeting UUID NOT NULL REFERENCES meeting (id) ON DELETE CASCADE,
    account UUID NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    state VARCHAR(8) NOT NULL
        CHECK (state IN ('present', 'excused', 'absent'))
);
CREATE TABLE peer_voice (
    id UUID PRIMARY KEY NOT NULL,
    enrolment UUID NOT NULL REFERENCES enrolment (id) ON DELETE CASCADE,
    voter UUID NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    agrees BOOLEAN NOT NULL
);
CREATE TABLE meeting_role (
    id UUID PRIMARY KEY NOT NULL,
    meeting UUID NOT NULL REFERENCES meeting (id) ON DELETE CASCADE,
    role VARCHAR(16) NOT NULL,
    account UUID NOT NULL REFERENCES account (id) ON DELETE CASCADE
);
CREATE TABLE supervision_offer (
    id UUID PRIMARY KEY NOT NULL,
    organisation UUID NOT NULL REFERENCES organisation (id) ON DELETE CASCADE,
    facilitator UUID NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    purpose TEXT NOT NULL,
    zone VARCHAR(64) NOT NULL,
    area VARCHAR(12) NOT NULL,
    minutes INTEGER NOT NULL,
    buffer_minutes INTEGER NOT NULL,
    notice_hours INTEGER NOT NULL,
    change_hours INTEGER NOT NULL,
    daily_most INTEGER NOT NULL,
    horizon_days INTEGER NOT NULL,
    package INTEGER NOT NULL,
    place VARCHAR(200) NOT NULL,
    access_note TEXT NOT NULL,
    video_link VARCHAR(500) NOT NULL,
    service_agreement UUID REFERENCES service_agreement (id) ON DELETE SET NULL,
    closed_on DATE
);
CREATE TABLE availability (
    id UUID PRIMARY KEY NOT NULL,
    offer UUID NOT NULL REFERENCES supervision_offer (id) ON DELETE CASCADE,
    weekday INTEGER NOT NULL,
    starts INTEGER NOT NULL,
    ends INTEGER NOT NULL
);
CREATE TABLE availability_exception (
    id UUID PRIMARY KEY NOT NULL,
    offer UUID NOT NULL REFERENCES supervision_offer (id) ON DELETE CASCADE,
    day DATE NOT NULL,
    starts INTEGER,
    ends INTEGER
);
CREATE TABLE supervision (
    id UUID PRIMARY KEY NOT NULL,
    offer UUID NOT NULL REFERENCES supervision_offer (id) ON DELETE CASCADE,
    account UUID NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    meetings INTEGER NOT NULL,
    started_on DATE NOT NULL,
    ended_on DATE
);
CREATE TABLE appointment (
    id UUID PRIMARY KEY NOT NULL,
    supervision UUID NOT NULL REFERENCES supervision (id) ON DELETE CASCADE,
    facilitator UUID NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    account UUID NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    day DATE NOT NULL,
    starts INTEGER NOT NULL,
    minutes INTEGER NOT NULL,
    starts_at TIMESTAMPTZ NOT NULL,
    ends_at TIMESTAMPTZ NOT NULL,
    state VARCHAR(10) NOT NULL
        CHECK (state IN ('booked', 'cancelled')),
    late BOOLEAN NOT NULL,
    sequence INTEGER NOT NULL,
    changed_at TIMESTAMPTZ NOT NULL,
    attended BOOLEAN,
    reminded INTEGER NOT NULL
);
CREATE TABLE meeting_memo (
    id UUID PRIMARY KEY NOT NULL,
    vault UUID NOT NULL REFERENCES vault (id) ON DELETE CASCADE,
    meeting UUID NOT NULL,
    box BYTEA NOT NULL,
    erase_on DATE NOT NULL
);
CREATE TABLE booking_rules (
    organisation UUID PRIMARY KEY NOT NULL REFERENCES organisation (id) ON DELETE CASCADE,
    rule_pack VARCHAR(24) NOT NULL,
    area VARCHAR(12) NOT NULL,
    zone VARCHAR(64) NOT NULL
);
CREATE TABLE certificate (
    id UUID PRIMARY KEY NOT NULL,
    account UUID NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    organisation UUID NOT NULL REFERENCES organisation (id) ON DELETE CASCADE,
    first_day DATE NOT NULL,
    last_day DATE NOT NULL,
    minutes INTEGER NOT NULL,
    made_on DATE NOT NULL
);
CREATE TABLE calendar_feed (
    id UUID PRIMARY KEY NOT NULL,
    account UUID NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    token_hash BYTEA NOT NULL,
    detail VARCHAR(8) NOT NULL
        CHECK (detail IN ('busy', 'type', 'title')),
    made_on DATE NOT NULL
);
CREATE INDEX service_agreement_facilitator ON service_agreement (facilitator);
CREATE INDEX service_agreement_organisation ON service_agreement (organisation);
CREATE INDEX meeting_group_organisation ON meeting_group (organisation);
CREATE INDEX meeting_group_facilitator ON meeting_group (facilitator);
CREATE INDEX meeting_group_team ON meeting_group (team);
CREATE UNIQUE INDEX group_agreement_version ON group_agreement (meeting_group, version);
CREATE UNIQUE INDEX agreement_acceptance_one_each ON agreement_acceptance (agreement, account);
CREATE INDEX agreement_acceptance_account ON agreement_acceptance (account);
CREATE INDEX meeting_cycle_group ON meeting_cycle (meeting_group);
CREATE INDEX meeting_of_cycle ON meeting (cycle, starts_at);
CREATE INDEX meeting_starts_at ON meeting (starts_at);
CREATE INDEX enrolment_account ON enrolment (account);
CREATE UNIQUE INDEX enrolment_arrival ON enrolment (cycle, arrival);
CREATE UNIQUE INDEX enrolment_one_active ON enrolment (cycle, account)
    WHERE state IN ('asked', 'waiting', 'seated');
CREATE INDEX seat_offer_cycle ON seat_offer (cycle);
CREATE INDEX seat_offer_enrolment ON seat_offer (enrolment);
CREATE UNIQUE INDEX seat_offer_one_a_person ON seat_offer (enrolment) WHERE state = 'open';
CREATE UNIQUE INDEX seat_offer_one_a_seat ON seat_offer (seat) WHERE state = 'open';
CREATE INDEX seat_offer_until ON seat_offer (until) WHERE state = 'open';
CREATE UNIQUE INDEX attendance_one_each ON attendance (meeting, account);
CREATE INDEX attendance_account ON attendance (account);
CREATE UNIQUE INDEX peer_voice_one_each ON peer_voice (enrolment, voter);
CREATE INDEX peer_voice_voter ON peer_voice (voter);
CREATE UNIQUE INDEX meeting_role_one_each ON meeting_role (meeting, role);
CREATE INDEX meeting_role_account ON meeting_role (account);
CREATE INDEX supervision_offer_facilitator ON supervision_offer (facilitator);
CREATE INDEX supervision_offer_organisation ON supervision_offer (organisation);
CREATE INDEX availability_offer ON availability (offer);
CREATE INDEX availability_exception_offer ON availability_exception (offer, day);
CREATE INDEX supervision_account ON supervision (account);
CREATE UNIQUE INDEX supervision_one_active ON supervision (offer, account)
    WHERE ended_on IS NULL;
CREATE INDEX appointment_supervision ON appointment (supervision);
CREATE INDEX appointment_account ON appointment (account, starts_at);
CREATE INDEX appointment_facilitator ON appointment (facilitator, starts_at);
CREATE UNIQUE INDEX appointment_one_a_slot ON appointment (facilitator, starts_at)
    WHERE state = 'booked';
CREATE INDEX appointment_starts_at ON appointment (starts_at);
CREATE UNIQUE INDEX meeting_memo_one_each ON meeting_memo (vault, meeting);
CREATE INDEX meeting_memo_erase_on ON meeting_memo (erase_on);
CREATE UNIQUE INDEX certificate_one_each
    ON certificate (account, organisation, first_day, last_day);
CREATE INDEX certificate_organisation ON certificate (organisation);
CREATE INDEX calendar_feed_account ON calendar_feed (account);
CREATE UNIQUE INDEX calendar_feed_token ON calendar_feed (token_hash)
"""

TABLES = (
    "calendar_feed certificate booking_rules meeting_memo appointment supervision"
    " availability_exception availability supervision_offer meeting_role peer_voice attendance"
    " seat_offer enrolment meeting meeting_cycle agreement_acceptance group_agreement"
    " meeting_group service_agreement"
)


def bound() -> Engine[Any]:
    engine = engine_finder()
    if engine is None:
        raise RuntimeError("No database is bound.")
    return engine


async def create() -> None:
    engine = bound()
    sqlite = engine.engine_type == "sqlite"
    for statement in CREATE.split(";"):
        await engine.run_ddl(statement.replace("BYTEA", "BLOB") if sqlite else statement)


async def drop() -> None:
    for table in TABLES.split():
        await bound().run_ddl(f"DROP TABLE {table}")


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="recul", description=DESCRIPTION)
    manager.add_raw(create)
    manager.add_raw_backwards(drop)
    return manager
