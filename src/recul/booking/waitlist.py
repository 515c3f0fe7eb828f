"""Who gets a seat: strictly first come, and never the same seat twice to the same person.

A seat that becomes free gets an id. It is offered to whoever waits longest and was not offered
it before; who passes, or lets the offer run out, keeps her rank for the next seat. When nobody
is left to be offered it, it is free for whoever comes.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID, uuid4


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody on the waiting list. `arrival` is her rank for good."""

    enrolment: UUID
    arrival: int
    offered: bool = False
    """A seat is kept for her at this moment."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A seat to be kept for somebody."""

    seat: UUID
    enrolment: UUID


@dataclass(frozen=True, slots=True)
class Dealt:
    """What is to be done with the free seats of a cycle."""

    offers: list[Offer]
    left: list[UUID]
    """Seats that everybody who waits was offered: for whoever comes."""
    gone: list[UUID]
    """Seats that were offered once and are no more, because there are fewer."""


def deal(free: int, declined: Mapping[UUID, Collection[UUID]], waiting: Iterable[Waiting]) -> Dealt:
    """Hand out `free` seats. `declined` are those of them that were offered already, with the
    enrolments that did not take them; the seats they leave room for are new ones.

    Those that most people declined come first: who passed on one takes part in the others.
    """
    known = sorted(declined, key=lambda seat: len(declined[seat]), reverse=True)
    kept, gone = known[: max(free, 0)], known[max(free, 0) :]
    line = sorted((one for one in waiting if not one.offered), key=lambda one: one.arrival)
    offers, left = [], []
    for seat in kept + [uuid4() for _ in range(free - len(kept))]:
        passed = declined.get(seat, ())
        taker = next((one for one in line if one.enrolment not in passed), None)
        if taker is None:
            left.append(seat)
        else:
            line.remove(taker)
            offers.append(Offer(seat, taker.enrolment))
    return Dealt(offers, left, gone)
