"""What of each table goes into a backup. A table without a decision stops a backup, and a test;
one that a migration dropped keeps its decision, as older databases are backed up before they are
brought up to date.

After a restore, time has gone back: whatever was spent, withdrawn or sent since must not come
alive again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Kept:
    """Every row goes into the backup, with some columns replaced by a value."""

    instead: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Left:
    """No row goes into the backup. `said` is what an operator reads about it after a restore."""

    why: str
    said: str = ""


Decision = Kept | Left
WHOLE = Kept()

OF_ITSELF = {"migration", "sqlite_sequence"}
"""Made anew by the migrations themselves; the header says which of them ran."""

DECISIONS: dict[str, Decision] = {
    # Who may come in.
    "account": WHOLE,
    "vault": WHOLE,
    "key_slot": WHOLE,
    "sign_in": Left(
        "A sign-in that has ended since would come alive again, and its row with the cookie of a "
        "lost device opens the vault.",
        "Every device signs in again, with the password of the day of the backup.",
    ),
    "invitation": Left(
        "A link that was used or withdrawn since would work again, also one to choose a new "
        "password.",
        "Links that were waiting to be used are void: invite again, from the page or with "
        "`recul invite`.",
    ),
    # When a code was last taken says when somebody came; one of before the backup is too old.
    "second_factor": Kept({"last_step": 0}),
    "passkey": WHOLE,
    "access_event": WHOLE,
    "erasure_request": WHOLE,
    "throttle": Left("Failures to sign in are forgotten after a while anyway."),
    "installation": WHOLE,
    # Journals.
    "entry": WHOLE,
    "journal_keep": WHOLE,
    "draft": WHOLE,
    "import_preview": Left(
        "It is a copy of a file that its owner has, and waits for one click.",
        "Whoever was importing a journal gives the file again.",
    ),
    # Organisations. The link that led to a place is void, so its place waits for a new one.
    "organisation": WHOLE,
    "unit": WHOLE,
    "team": WHOLE,
    "membership": WHOLE,
    "role": WHOLE,
    "line_manager": WHOLE,
    "steward_ballot": WHOLE,
    "trust_change": WHOLE,
    "place": Kept({"invitation": None, "valid_until": None}),
    "people_import": Left("It belongs to a sign-in and is gone with it."),
    # Mail.
    "outbox_mail": Left(
        "What was waiting has left since: it would be sent twice, perhaps weeks late. And its "
        "boxes open with the server's secret alone.",
        "Mail that was waiting is not sent. A reminder that left since may come a second time.",
    ),
    "hours": WHOLE,
    "muted": WHOLE,
    # The clockwork.
    "lease": Left("It says which process was at work, and none of them is."),
    # Trends. Version 0 is that of no key: such a cell is begun anew as one whose key was lost.
    "cell": WHOLE,
    "cycle": WHOLE,
    "roster": WHOLE,
    "sealed_cell": Kept({"key_version": 0, "box": b""}),
    "receipt": WHOLE,
    "publication": WHOLE,
    "publication_figure": WHOLE,
    "upper_figure": WHOLE,
    "upward_vote": WHOLE,
    "upward_decision": WHOLE,
    "marker": WHOLE,
    "commitment": WHOLE,
    # Groups and supervision.
    "service_agreement": WHOLE,
    "meeting_group": WHOLE,
    "group_agreement": WHOLE,
    "agreement_acceptance": WHOLE,
    "meeting_cycle": WHOLE,
    "meeting": WHOLE,
    "enrolment": WHOLE,
    "seat_offer": WHOLE,
    "attendance": WHOLE,
    "peer_voice": WHOLE,
    "meeting_role": WHOLE,
    "supervision_offer": WHOLE,
    "availability": WHOLE,
    "availability_exception": WHOLE,
    "supervision": WHOLE,
    "appointment": WHOLE,
    "meeting_memo": WHOLE,
    "booking_rules": WHOLE,
    "certificate": WHOLE,
    "calendar_feed": Left(
        "An address that was withdrawn since, because somebody else had it, would tell dates "
        "again.",
        "Calendar feeds have ended: whoever uses one makes a new address on its page.",
    ),
}
