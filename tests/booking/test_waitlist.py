"""The waiting list: first come, first offered; nobody overtaken, no seat promised twice."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import TypeVar
from uuid import UUID, uuid4

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from recul.booking.waitlist import Waiting, deal

T = TypeVar("T")
MOST = 4


def test_a_seat_goes_to_who_waits_longest():
    late, early = Waiting(uuid4(), 9), Waiting(uuid4(), 2)
    dealt = deal(1, {}, [late, early])
    assert [offer.enrolment for offer in dealt.offers] == [early.enrolment]
    assert (dealt.left, dealt.gone) == ([], [])


def test_who_declined_a_seat_is_not_offered_it_again():
    first, second, seat = Waiting(uuid4(), 1), Waiting(uuid4(), 2), uuid4()
    dealt = deal(1, {seat: {first.enrolment}}, [first, second])
    assert [(offer.seat, offer.enrolment) for offer in dealt.offers] == [(seat, second.enrolment)]


def test_a_seat_that_everybody_declined_is_left():
    first, seat = Waiting(uuid4(), 1), uuid4()
    dealt = deal(1, {seat: {first.enrolment}}, [first])
    assert (dealt.offers, dealt.left) == ([], [seat])


def test_who_declined_one_seat_gets_the_next():
    first, second, old = Waiting(uuid4(), 1), Waiting(uuid4(), 2), uuid4()
    dealt = deal(2, {old: {first.enrolment}}, [first, second])
    assert [(o.enrolment, o.seat == old) for o in dealt.offers] == [
        (second.enrolment, True),
        (first.enrolment, False),
    ]


def test_for_whom_a_seat_is_kept_another_is_not():
    dealt = deal(2, {}, [Waiting(uuid4(), 1, offered=True), one := Waiting(uuid4(), 2)])
    assert [offer.enrolment for offer in dealt.offers] == [one.enrolment]
    assert len(dealt.left) == 1


def test_fewer_seats_than_were_declined():
    seats = {uuid4(): {uuid4()}, uuid4(): {uuid4(), uuid4()}}
    dealt = deal(1, seats, [])
    assert [len(seats[seat]) for seat in dealt.left] == [2]
    assert [len(seats[seat]) for seat in dealt.gone] == [1]


def chosen(data: st.DataObject, among: list[T]) -> T:
    """One of several, by its place: ids are others each time."""
    return among[data.draw(st.integers(0, len(among) - 1))]


@dataclass
class Person:
    arrival: int
    state: str = "waiting"
    enrolment: UUID = field(default_factory=uuid4)


class Cycle(RuleBasedStateMachine):
    """A cycle as `actions` keep it, with the same steps, in memory."""

    def __init__(self) -> None:
        super().__init__()
        self.capacity = 2
        self.arrivals: Iterator[int] = count(1)
        self.people: list[Person] = []
        self.open: dict[UUID, UUID] = {}
        """By seat, the enrolment it is kept for."""
        self.declined: dict[UUID, set[UUID]] = {}
        self.offered: list[tuple[UUID, UUID]] = []

    def those(self, state: str) -> list[Person]:
        return [person for person in self.people if person.state == state]

    def settle(self) -> list[UUID]:
        free = self.capacity - len(self.those("seated")) - len(self.open)
        waiting = [
            Waiting(one.enrolment, one.arrival, one.enrolment in self.open.values())
            for one in self.those("waiting")
        ]
        dealt = deal(max(free, 0), self.declined, waiting)
        for gone in dealt.gone:
            del self.declined[gone]
        for offer in dealt.offers:
            self.assert_nobody_overtaken(offer.seat, offer.enrolment)
            assert offer.seat not in self.open
            self.open[offer.seat] = offer.enrolment
            self.offered.append((offer.seat, offer.enrolment))
            passed = self.declined.pop(offer.seat, set())
            self.history = getattr(self, "history", {}) | {offer.seat: passed}
        return dealt.left

    def assert_nobody_overtaken(self, seat: UUID, chosen: UUID) -> None:
        arrival = next(one.arrival for one in self.people if one.enrolment == chosen)
        for other in self.those("waiting"):
            if other.arrival < arrival and other.enrolment not in self.open.values():
                assert (seat, other.enrolment) in self.offered

    def decline(self, seat: UUID) -> None:
        passed = self.history[seat] | {self.open.pop(seat)}
        self.declined[seat] = passed
        self.settle()

    @rule()
    def come(self) -> None:
        free = self.settle()
        if free:
            self.declined.pop(free[0], None)
        person = Person(next(self.arrivals), "seated" if free else "waiting")
        self.people.append(person)

    @precondition(lambda self: self.open)
    @rule(data=st.data())
    def take(self, data: st.DataObject) -> None:
        seat = chosen(data, list(self.open))
        enrolment = self.open.pop(seat)
        next(one for one in self.people if one.enrolment == enrolment).state = "seated"

    @precondition(lambda self: self.open)
    @rule(data=st.data())
    def pass_or_let_it_run_out(self, data: st.DataObject) -> None:
        self.decline(chosen(data, list(self.open)))

    @precondition(lambda self: self.those("seated") + self.those("waiting"))
    @rule(data=st.data())
    def leave(self, data: st.DataObject) -> None:
        active = self.those("seated") + self.those("waiting")
        gone = chosen(data, active)
        gone.state = "left"
        kept = [seat for seat, whose in self.open.items() if whose == gone.enrolment]
        if kept:
            self.decline(kept[0])
        self.settle()

    @rule(capacity=st.integers(1, MOST))
    def change_capacity(self, capacity: int) -> None:
        """Never below what was promised."""
        promised = len(self.those("seated")) + len(self.open)
        self.capacity = max(capacity, promised)
        self.settle()

    @invariant()
    def no_seat_is_promised_twice(self) -> None:
        assert len(set(self.open.values())) == len(self.open)
        assert len(self.those("seated")) + len(self.open) <= self.capacity
        assert len(set(self.offered)) == len(self.offered)

    @invariant()
    def no_seat_stays_while_somebody_would_have_it(self) -> None:
        free = self.capacity - len(self.those("seated")) - len(self.open)
        idle = [one for one in self.those("waiting") if one.enrolment not in self.open.values()]
        for one in idle if free else []:
            declined = [seat for seat, by in self.declined.items() if one.enrolment in by]
            assert len(declined) >= free


TestCycle = Cycle.TestCase
TestCycle.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
