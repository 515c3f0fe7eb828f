"""What became of somebody's wish for a seat."""

from enum import Enum


class Outcome(Enum):
    """The same for a form that was sent twice: how things are now, never an error."""

    SEATED = "she has a seat"
    WAITING = "she is on the waiting list"
    ASKED = "her request waits for an answer"
    LEFT = "she is not in it any more"
    REFUSED = "her request was not followed"
    GONE = "what the form was about is over, or was never hers"
    CLOSED = "the cycle takes nobody now"
    AGREEMENT = "the agreement in force is to be accepted first"
    OVERLAP = "she has something else at one of these times"
    LINE = "somebody of her hierarchy, or who answers to her, is in it"
    LEADS = "she leads this group"


IN = {"seated": Outcome.SEATED, "waiting": Outcome.WAITING, "asked": Outcome.ASKED}
"""By the state of an enrolment that goes on."""
