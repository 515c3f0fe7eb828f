"""Why a column of the database is in nobody's copy of everything. Every other one is named by a
field of a section: see `copying`. A new column without a line on either side fails a test.

Tables and columns by hand, since it is a decision about each; pure data.
"""

from enum import Enum


class Why(Enum):
    """What keeps a column out."""

    LINK = "an id that says which rows belong together; the rows themselves are told"
    JOURNAL = "in the journal's own files of the copy, or an index that only they make sense of"
    KEY = "opens something, or is compared with what opens it: a thief of the copy would use it"
    OTHERS = "somebody else's, or says who somebody else is"
    NOBODY = "of a structure, a group or a team, the same for all its people"
    WORKING = "how the program does its work: counters, claims, copies of what is told already"
    UNPROVEN = "written by somebody else for an address that nobody has shown to be hers"


LEFT_OUT: dict[Why, dict[str, str]] = {
    Why.LINK: {
        "access_event": "id account",
        "account": "id",
        "agreement_acceptance": "id account agreement",
        "appointment": "id account supervision",
        "attendance": "id account meeting",
        "availability": "id offer",
        "availability_exception": "id offer",
        "calendar_feed": "id account",
        "certificate": "id account organisation",
        "draft": "vault",
        "enrolment": "id account cycle",
        "erasure_request": "account",
        "group_agreement": "id meeting_group",
        "hours": "account",
        "import_preview": "vault",
        "invitation": "id account",
        "journal_keep": "vault",
        "key_slot": "id",
        "line_manager": "id account team",
        "meeting_memo": "id vault",
        "meeting_role": "id account meeting",
        "membership": "id account team",
        "muted": "account",
        "outbox_mail": "id account joined",
        "passkey": "id account",
        "peer_voice": "id voter",
        "receipt": "vault",
        "role": "id account organisation",
        "roster": "account",
        "seat_offer": "id cycle enrolment seat",
        "service_agreement": "id facilitator organisation",
        "sign_in": "id account",
        "steward_ballot": "id team voter",
        "supervision": "id account offer",
        "supervision_offer": "id facilitator organisation service_agreement",
        "trust_change": "id changed_by organisation",
        "upward_vote": "id team voter",
        "vault": "id owner",
    },
    Why.JOURNAL: {
        "entry": "id owner vault month box",
        "import_preview": "box",
        "journal_keep": "box version",
    },
    Why.KEY: {
        "calendar_feed": "token_hash",
        "invitation": "token_hash",
        "key_slot": "box salt memory_kib passes",
        "passkey": "credential_id public_key sign_count",
        "second_factor": "box",
        "sign_in": "token_hash public_mark key_box",
        "throttle": "key_hash",
        "vault": "public_key private_box",
    },
    Why.OTHERS: {
        "appointment": "facilitator",
        "attendance": "name",
        "peer_voice": "enrolment",
        "steward_ballot": "candidate",
    },
    Why.UNPROVEN: {
        "invitation": "display_name leads_into administrator",
        "people_import": "sign_in organisation box forget_at",
        "place": "id organisation team kind display_name email invitation valid_until asked_on",
    },
    Why.NOBODY: {
        "booking_rules": "organisation rule_pack area zone",
        "cell": "id unit",
        "commitment": "id team said_in text owner_name due_on state outcome",
        "cycle": "number closed out_on",
        "group_agreement": "made_on",
        "installation": "id demo",
        "marker": "id team month kind words",
        "meeting": "id cycle starts_at ends_at place noted_on",
        "meeting_cycle": "id meeting_group zone area place access_note video_link capacity minimum"
        " decide_on state asked_on",
        "meeting_group": "id organisation team facilitator admission capacity minimum minutes"
        " service_agreement",
        "organisation": "id",
        "publication": "cell cycle published",
        "publication_figure": "cell cycle dimension figure noisy_s noisy_n centre",
        "sealed_cell": "cell cycle key_version box",
        "team": "id unit closed_on",
        "unit": "id organisation closed_on",
        "upper_figure": "place cycle dimension figure people cells",
        "upward_decision": "id team cycle agreed",
    },
    Why.WORKING: {
        "access_event": "forget_on",
        "invitation": "mailed",
        "appointment": "starts_at ends_at changed_at sequence reminded",
        "erasure_request": "nights counted_on begun",
        "lease": "name holder until due_at failures last_run_at last_ok note",
        "meeting": "changed_at sequence reminded",
        "meeting_cycle": "arrivals",
        "outbox_mail": "time_zone urgent useful_until next_try_at first_try_at tries claim"
        " claimed_until handing unsure erase_at joinable",
        "passkey": "computes",
        "second_factor": "last_step",
        "sign_in": "second_due proved_until",
        "throttle": "failures forget_at",
    },
}


def left_out() -> dict[str, Why]:
    """By "table.column"."""
    return {
        f"{table}.{column}": why
        for why, tables in LEFT_OUT.items()
        for table, columns in tables.items()
        for column in columns.split()
    }
