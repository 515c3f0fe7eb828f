"""Groups and supervision of the demo world, made through the application's own actions."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from uuid import UUID

from recul import clock
from recul.booking import charters, holidays_of, kinds, rhythm
from recul.booking.actions import (
    attendance,
    cycles,
    decisions,
    enrolments,
    groups,
    hours,
)
from recul.booking.areas import AREAS
from recul.booking.plan import CyclePlan, GroupChange, GroupPlan
from recul.booking.queries import waiting, within
from recul.booking.queries.attendance import expected
from recul.booking.queries.hours import Rules
from recul.booking.wall import Slot
from recul.demo.circles import ANNE, BELLERIVE, CIRCLES, ESTRAN, MARC, VAL_CLAIR, Circle
from recul.demo.conventions import agree
from recul.demo.sessions import receive
from recul.organisation import rules
from recul.organisation.actions import memberships, roles, structure
from recul.settings import Settings
from recul.vault.opened import OpenVault
from recul.web.i18n import typeset

ELSEWHERE = {BELLERIVE: ("Petite enfance", "Les Lucioles"), ESTRAN: ("Foyers", "Foyer du Lac")}
GOES_BY = {
    VAL_CLAIR: Rules("libre", "FR", "Europe/Paris"),
    BELLERIVE: Rules("eaje", "FR", "Europe/Paris"),
    ESTRAN: Rules("libre", "CH-VD", "Europe/Zurich"),
}
NEIGHBOURS = 13
"""Who live in the two other organisations: eight in the first, five in the second."""


async def settle_elsewhere(
    vaults: Mapping[str, OpenVault], others: Iterator[OpenVault], val_clair: UUID
) -> dict[str, tuple[UUID, list[UUID]]]:
    """The two other organisations and their people: (organisation, accounts) by name."""
    found: dict[str, tuple[UUID, list[UUID]]] = {}
    for name, (unit, team) in ELSEWHERE.items():
        organisation = await structure.found(name)
        made = await structure.add_team(await structure.add_unit(organisation, unit), team)
        people = [next(others).owner for _ in range(8 if name == BELLERIVE else 5)]
        for account in people:
            await memberships.join(account, made)
        found[name] = (organisation, people)
    for organisation in (val_clair, *(one for one, _ in found.values())):
        await roles.appoint(vaults[ANNE].owner, organisation, rules.FACILITATOR)
    await roles.appoint(vaults[MARC].owner, val_clair, rules.FACILITATOR)
    return found


async def meet(
    settings: Settings,
    people: Mapping[str, UUID],
    places: Mapping[str, tuple[UUID, list[UUID]]],
    today: date,
) -> None:
    """Every group with its dates and its people, then individual supervision and conventions.

    `people`: of the demo, by name; `places`: each organisation with its accounts. Nobody is
    written to of what is past."""
    quiet = replace(settings, smtp=None)
    for name, (organisation, _) in places.items():
        await hours.go_by(organisation, GOES_BY[name])
    for number, circle in enumerate(CIRCLES):
        organisation, accounts = places[circle.organisation]
        start = number * 3 % len(accounts)
        made = await _found(organisation, people, circle, today)
        await _come(quiet, *made, circle, people, accounts[start:] + accounts[:start], today)
        await _note(made[1], today)
    await decisions.ask(quiet)
    await receive(quiet, people, places, today)
    await agree(people[ANNE], places, today)


def monday(today: date) -> date:
    """Of the week in which the demo is made."""
    return today - timedelta(days=today.weekday())


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(6), UTC)


async def _found(
    organisation: UUID, people: Mapping[str, UUID], circle: Circle, today: date
) -> tuple[UUID, UUID]:
    """The ids of the group and of its cycle. Whoever comes is let in, to begin with."""
    goes_by = GOES_BY[circle.organisation]
    first = monday(today) + timedelta(days=circle.first)
    proposal = rhythm.proposed(
        rhythm.Weekly(first, circle.every),
        circle.dates,
        first + timedelta(days=600),
        partial(holidays_of.on, goes_by.area, language="fr"),
    )
    zone = AREAS[goes_by.area].zone
    with clock.set_to(_before(circle, today)):
        group = await groups.found(organisation, _group(circle, people))
        return group, await cycles.plan(
            group,
            CyclePlan(
                slots=tuple(
                    Slot(day, circle.starts, circle.minutes, zone) for day in proposal.days
                ),
                zone=zone,
                area=goes_by.area,
                place=circle.place,
                access_note=typeset(circle.access_note),
                video_link=circle.video_link,
                capacity=circle.capacity,
                minimum=circle.minimum,
                decide_on=min(today, first) if circle.neighbours < circle.minimum else None,
            ),
        )


def _before(circle: Circle, today: date) -> datetime:
    """A month before anything of it happens."""
    first = monday(today) + timedelta(days=circle.first)
    return _morning(min(first, today) - timedelta(days=30))


def _group(circle: Circle, people: Mapping[str, UUID]) -> GroupPlan:
    return GroupPlan(
        kind=circle.kind,
        name=circle.name,
        purpose=circle.purpose,
        facilitator=people[circle.facilitator] if circle.facilitator else None,
        admission=kinds.OPEN,
        capacity=circle.capacity,
        minimum=circle.minimum,
        minutes=circle.minutes,
        charter=charters.usual(typeset, self_managed=circle.facilitator is None),
    )


async def _come(
    settings: Settings,
    group: UUID,
    cycle: UUID,
    circle: Circle,
    people: Mapping[str, UUID],
    others: list[UUID],
    today: date,
) -> None:
    """Everybody in her order; where some wait, the first of those seated leaves again. Those who
    ask come when the group takes people as it means to."""
    own = [people[name] for name in circle.people]
    before, after = others[: circle.neighbours], others[circle.neighbours :]
    arriving = [*own, *before] if circle.facilitator is None else [*before, *own]
    with clock.set_to(_before(circle, today) + timedelta(days=5)):
        for account in [*arriving, *after[: circle.waiting]]:
            await _ask(settings, cycle, account)
    wanted = _group(circle, people)
    change = {name: getattr(wanted, name) for name in GroupChange.__slots__}
    await groups.change(group, GroupChange(**change | {"admission": circle.admission}))
    for account in [*after[: circle.asking], *(people[name] for name in circle.asked_by)]:
        await _ask(settings, cycle, account)
    if circle.waiting:
        await enrolments.leave(settings, before[0], cycle)


async def _ask(settings: Settings, cycle: UUID, account: UUID) -> None:
    wanted = await waiting.asking(account, cycle)
    agreement = wanted.agreement if wanted else None
    await enrolments.ask(settings, account, cycle, agreement, overlap_ok=True)


async def _note(cycle: UUID, today: date) -> None:
    """Who was there, of the dates that are over."""
    for meeting in await within.meetings(cycle):
        if meeting.slot.day >= today:
            continue
        there = await expected(meeting)
        states = {
            one.account: "excused" if number % 7 == meeting.number else "present"
            for number, one in enumerate(there)
        }
        with clock.set_to(meeting.ends_at + timedelta(hours=1)):
            await attendance.note(meeting, states)
