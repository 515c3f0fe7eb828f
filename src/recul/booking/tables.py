"""Groups, their cycles of dates, who has a seat, and individual supervision.

Accounts, teams, organisations and vaults are other slices' tables: they are referred to by id
here, and by foreign keys in the migration. The wall clock is the truth of a date: `day`,
`starts` (minutes after midnight) and the zone of its cycle; `starts_at` and `ends_at` are worked
out of them when they are written, for order and overlaps.
"""

from piccolo.columns import (
    UUID,
    Boolean,
    Bytea,
    Date,
    ForeignKey,
    Integer,
    OnDelete,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.columns.defaults.uuid import UUID4
from piccolo.table import Table


class ServiceAgreement(Table):
    """A *convention*: hours that a facilitator and an organisation agreed on."""

    id = UUID(primary_key=True, default=UUID4())
    organisation = UUID(default=None)
    facilitator = UUID(default=None, null=True)  # null: it was erased
    name = Varchar(length=120, default=None)
    planned_minutes = Integer(default=None)
    starts_on = Date(default=None)
    ends_on = Date(default=None)


class MeetingGroup(Table):
    """A group: what kind, whose, for how many. Its cycles have the dates."""

    id = UUID(primary_key=True, default=UUID4())
    organisation = UUID(default=None)
    team = UUID(default=None, null=True)  # for members of this team only
    kind = Varchar(length=32, default=None)  # a key of `kinds.KINDS`
    name = Varchar(length=120, default=None)
    purpose = Text(default="")
    # Null in a group that runs itself, and where the account was erased: `kind` tells which.
    facilitator = UUID(default=None, null=True)
    admission = Varchar(length=12, default=None)  # open | request | closed | co_optation
    capacity = Integer(default=None)
    minimum = Integer(default=None)
    minutes = Integer(default=None)  # how long a meeting lasts
    service_agreement = ForeignKey(ServiceAgreement, null=True, on_delete=OnDelete.set_null)
    opened_on = Date(default=None)
    closed_on = Date(default=None, null=True)


class GroupAgreement(Table):
    """A version of the *charte*. The highest one is in force."""

    id = UUID(primary_key=True, default=UUID4())
    meeting_group = ForeignKey(MeetingGroup, null=False, on_delete=OnDelete.cascade)
    version = Integer(default=None)
    text = Text(default=None)
    made_on = Date(default=None)


class AgreementAcceptance(Table):
    id = UUID(primary_key=True, default=UUID4())
    agreement = ForeignKey(GroupAgreement, null=False, on_delete=OnDelete.cascade)
    account = UUID(default=None)
    accepted_on = Date(default=None)


class MeetingCycle(Table):
    """A commitment to a series of dates: one enrolment for all of them."""

    id = UUID(primary_key=True, default=UUID4())
    meeting_group = ForeignKey(MeetingGroup, null=False, on_delete=OnDelete.cascade)
    zone = Varchar(length=64, default=None)  # whose wall clock
    area = Varchar(length=12, default=None)  # whose holidays: FR, FR-57, CH-VD, BE
    place = Varchar(length=200, default="")
    access_note = Text(default="")  # for those who have a seat
    video_link = Varchar(length=500, default="")  # for those who have a seat
    capacity = Integer(default=None)
    minimum = Integer(default=None)
    decide_on = Date(default=None)
    state = Varchar(length=12, default=None)  # planned | confirmed | cancelled
    asked_on = Date(default=None, null=True)  # when the facilitator was asked to decide
    arrivals = Integer(default=0)  # the last arrival that was given; locked to be raised


class Meeting(Table):
    """One date of a cycle."""

    id = UUID(primary_key=True, default=UUID4())
    cycle = ForeignKey(MeetingCycle, null=False, on_delete=OnDelete.cascade)
    day = Date(default=None)
    starts = Integer(default=None)
    minutes = Integer(default=None)
    starts_at = Timestamptz(default=None)
    ends_at = Timestamptz(default=None)
    place = Varchar(length=200, default=None, null=True)  # null: where its cycle meets
    cancelled = Boolean(default=False)
    sequence = Integer(default=0)  # raised by each change that calendars must hear of
    changed_at = Timestamptz(default=None)
    noted_on = Date(default=None, null=True)  # attendance was written down: it was held
    reminded = Integer(default=0)  # 1: a week before, 2: two days before, 3: both


class Enrolment(Table):
    """A person in a cycle. `arrival` is her rank for good: seats are given in this order."""

    id = UUID(primary_key=True, default=UUID4())
    cycle = ForeignKey(MeetingCycle, null=False, on_delete=OnDelete.cascade)
    account = UUID(default=None)
    state = Varchar(length=10, default=None)  # asked | waiting | seated | left | refused
    arrival = Integer(default=None)
    asked_on = Date(default=None)
    settled_on = Date(default=None, null=True)  # when she got her seat, left or was refused


class SeatOffer(Table):
    """A seat that is kept for somebody of the waiting list. `seat` names the seat that became
    free: who passed or let an offer of it run out is not offered the same seat again."""

    id = UUID(primary_key=True, default=UUID4())
    cycle = ForeignKey(MeetingCycle, null=False, on_delete=OnDelete.cascade)
    enrolment = ForeignKey(Enrolment, null=False, on_delete=OnDelete.cascade)
    seat = UUID(default=None)
    made_at = Timestamptz(default=None)
    until = Timestamptz(default=None)
    state = Varchar(length=10, default=None)  # open | taken | passed | expired | withdrawn


class Attendance(Table):
    """What is noted of one person at one meeting; she writes `excused` herself beforehand."""

    id = UUID(primary_key=True, default=UUID4())
    meeting = ForeignKey(Meeting, null=False, on_delete=OnDelete.cascade)
    account = UUID(default=None, null=True)  # null: it was erased, `name` is as it was printed
    state = Varchar(length=8, default=None)  # present | excused | absent
    name = Varchar(length=80, default=None, null=True)


class PeerVoice(Table):
    """What a member of a group that runs itself says of somebody who asks to join."""

    id = UUID(primary_key=True, default=UUID4())
    enrolment = ForeignKey(Enrolment, null=False, on_delete=OnDelete.cascade)
    voter = UUID(default=None)
    agrees = Boolean(default=None)


class MeetingRole(Table):
    """Who does what at one meeting: `role` is a key of `kinds.ROLES`."""

    id = UUID(primary_key=True, default=UUID4())
    meeting = ForeignKey(Meeting, null=False, on_delete=OnDelete.cascade)
    role = Varchar(length=16, default=None)
    account = UUID(default=None)


class SupervisionOffer(Table):
    """Individual supervision by one facilitator for one organisation, and its rules."""

    id = UUID(primary_key=True, default=UUID4())
    organisation = UUID(default=None)
    facilitator = UUID(default=None, null=True)  # null: it was erased
    purpose = Text(default="")
    zone = Varchar(length=64, default=None)
    area = Varchar(length=12, default=None)
    minutes = Integer(default=None)
    buffer_minutes = Integer(default=None)  # kept free before and after
    notice_hours = Integer(default=None)  # not booked later than that
    change_hours = Integer(default=None)  # not moved or cancelled freely later than that
    daily_most = Integer(default=None)
    horizon_days = Integer(default=None)  # how far ahead slots are shown
    package = Integer(default=None)  # meetings of one package
    place = Varchar(length=200, default="")
    access_note = Text(default="")
    video_link = Varchar(length=500, default="")
    service_agreement = ForeignKey(ServiceAgreement, null=True, on_delete=OnDelete.set_null)
    closed_on = Date(default=None, null=True)


class Availability(Table):
    """Hours of each week."""

    id = UUID(primary_key=True, default=UUID4())
    offer = ForeignKey(SupervisionOffer, null=False, on_delete=OnDelete.cascade)
    weekday = Integer(default=None)  # 1: Monday
    starts = Integer(default=None)
    ends = Integer(default=None)


class AvailabilityException(Table):
    """A day that is otherwise: closed as a whole, or with hours of its own added."""

    id = UUID(primary_key=True, default=UUID4())
    offer = ForeignKey(SupervisionOffer, null=False, on_delete=OnDelete.cascade)
    day = Date(default=None)
    starts = Integer(default=None, null=True)  # null: the whole day is closed
    ends = Integer(default=None, null=True)


class Supervision(Table):
    """A person and her supervisor, for a package of meetings. Known to the two of them."""

    id = UUID(primary_key=True, default=UUID4())
    offer = ForeignKey(SupervisionOffer, null=False, on_delete=OnDelete.cascade)
    account = UUID(default=None, null=True)  # null: it was erased, and her hours are kept
    meetings = Integer(default=None)  # of the package
    started_on = Date(default=None)
    ended_on = Date(default=None, null=True)


class Appointment(Table):
    """One meeting of a supervision."""

    id = UUID(primary_key=True, default=UUID4())
    supervision = ForeignKey(Supervision, null=False, on_delete=OnDelete.cascade)
    facilitator = UUID(default=None, null=True)  # null, here and below: erased since
    account = UUID(default=None, null=True)
    day = Date(default=None)
    starts = Integer(default=None)
    minutes = Integer(default=None)
    starts_at = Timestamptz(default=None)
    ends_at = Timestamptz(default=None)
    state = Varchar(length=10, default=None)  # booked | cancelled
    late = Boolean(default=False)  # cancelled after the notice: it counts in the package
    sequence = Integer(default=0)
    changed_at = Timestamptz(default=None)
    attended = Boolean(default=None, null=True)
    reminded = Integer(default=0)


class MeetingMemo(Table):
    """A facilitator's own memo of one meeting, sealed in her vault until the day it is erased."""

    id = UUID(primary_key=True, default=UUID4())
    vault = UUID(default=None)
    meeting = UUID(default=None)  # of a cycle or of a supervision
    box = Bytea(default=None)
    erase_on = Date(default=None)


class BookingRules(Table):
    """What an organisation goes by: hours due to each professional, holidays, its clock."""

    organisation = UUID(primary_key=True, default=None)
    rule_pack = Varchar(length=24, default=None)
    area = Varchar(length=12, default=None)
    zone = Varchar(length=64, default=None)


class Certificate(Table):
    """Hours that a person chose to show to her organisation, and nothing else of them."""

    id = UUID(primary_key=True, default=UUID4())
    account = UUID(default=None)
    organisation = UUID(default=None)
    first_day = Date(default=None)
    last_day = Date(default=None)
    minutes = Integer(default=None)
    made_on = Date(default=None)


class CalendarFeed(Table):
    """A secret address that a calendar reads. The address itself is known to its owner only."""

    id = UUID(primary_key=True, default=UUID4())
    account = UUID(default=None)
    token_hash = Bytea(default=None)
    detail = Varchar(length=8, default=None)  # busy | type | title
    made_on = Date(default=None)
