"""What the guard points out: a place in the text, and something that could stand there instead."""

from dataclasses import dataclass
from typing import Literal

from recul.words import N_

Kind = Literal["name", "phone", "email", "address", "number", "date"]

# Shown beside the proposal. « numéro » is a NIR, AVS or NISS; « date », a date of birth.
KIND_LABELS: dict[Kind, str] = {
    "name": N_("un nom"),
    "phone": N_("un numéro de téléphone"),
    "email": N_("une adresse de courriel"),
    "address": N_("une adresse postale"),
    "number": N_("un numéro d’assurance sociale"),
    "date": N_("une date de naissance"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """`start` and `end` count characters of the text read, as Python does."""

    start: int
    end: int
    kind: Kind
    text: str
    proposal: str
