"""What the forms of a group ask: what it is, for whom, for how many, its charter."""

from collections.abc import Mapping
from dataclasses import asdict
from uuid import UUID

from recul.booking.kinds import (
    CLOSED,
    CO_OPTATION,
    FACILITATED,
    FEWEST,
    LONGEST,
    MOST,
    OPEN,
    REQUEST,
    SHORTEST,
    Kind,
)
from recul.booking.plan import GroupChange, GroupPlan, Setting
from recul.web.forms import Form
from recul.words import N_

NAME = 120
PURPOSE = 600
CHARTER = 12_000
PLACE = 200
ACCESS = 2_000
LINK = 500
ADMISSIONS = (OPEN, REQUEST, CLOSED)
"""How somebody comes into a group that is led."""
INCOMPLETE = N_("Ce formulaire est incomplet : rechargez la page, puis reprenez.")
NO_LINK = N_("Ce lien n’est pas lisible. Il commence par https:// et ne se coupe pas.")
NOT_OFFERED = N_("Choisissez l’une des réponses proposées.")
MINIMUM_OVER = N_("Le minimum ne peut pas dépasser le nombre de places.")


def kind(form: Form) -> Kind | None:
    """The kind of a group that is led."""
    key = form.choice("kind", tuple(one.key for one in FACILITATED))
    if not key:
        form.error("kind", N_("Choisissez un type de groupe."))
    return next((one for one in FACILITATED if one.key == key), None)


def fresh_id(form: Form, name: str) -> UUID | None:
    """The id that a form was shown with: sent twice, it makes one thing."""
    found = form.id(name)
    if found is None:
        form.error(name, INCOMPLETE)
    return found


def seen(form: Form, name: str) -> int:
    """A number that the form was shown with; one that nothing has when it is none."""
    typed = form.typed(name)
    return int(typed) if typed.isdecimal() and len(typed) <= 9 else -1


def picked(form: Form, name: str, offered: Mapping[UUID, str], *, needed: bool) -> UUID | None:
    """One of a list of people or teams; none when nothing is picked and nothing is needed."""
    typed = form.typed(name)
    found = next((one for one in offered if str(one) == typed), None)
    if found is None and (typed or needed):
        form.error(name, NOT_OFFERED)
    return found


def group_change(
    form: Form, of: Kind, facilitators: Mapping[UUID, str], teams: Mapping[UUID, str]
) -> GroupChange | None:
    """What a group is to be; none when something is wrong. Nobody comes to lead one that runs
    itself, and its members say who joins."""
    led = not of.self_managed
    called = name(form)
    purpose = form.text("purpose", longest=PURPOSE)
    facilitator = picked(form, "facilitator", facilitators, needed=True) if led else None
    team = picked(form, "team", teams, needed=False)
    admission = form.choice("admission", ADMISSIONS, OPEN) if led else CO_OPTATION
    capacity, minimum = seats(form)
    minutes = form.number("minutes", SHORTEST, LONGEST)
    if not form.ok or capacity is None or minimum is None or minutes is None:
        return None
    return GroupChange(
        name=called,
        purpose=purpose,
        facilitator=facilitator,
        admission=admission,
        capacity=capacity,
        minimum=minimum,
        minutes=minutes,
        team=team,
    )


def group_plan(
    form: Form, of: Kind, facilitators: Mapping[UUID, str], teams: Mapping[UUID, str]
) -> GroupPlan | None:
    """A group to be founded; none when something is wrong."""
    text = charter(form)
    change = group_change(form, of, facilitators, teams)
    if change is None or not form.ok:
        return None
    return GroupPlan(kind=of.key, charter=text, **asdict(change))


def name(form: Form) -> str:
    """Of a group, without doubled spaces."""
    typed = form.text("name", longest=NAME, required=N_("Donnez un nom au groupe."))
    return " ".join(typed.split())


def charter(form: Form) -> str:
    return form.text("charter", longest=CHARTER, required=N_("Écrivez la charte du groupe."))


def seats(form: Form) -> tuple[int | None, int | None]:
    """How many seats, and how many people it takes at least."""
    capacity = form.number("capacity", FEWEST, MOST)
    minimum = form.number("minimum", 1, MOST)
    if capacity is not None and minimum is not None and minimum > capacity:
        form.error("minimum", MINIMUM_OVER)
    return capacity, minimum


def setting(form: Form) -> Setting | None:
    """Where a cycle meets and for how many; none when something is wrong."""
    place = form.text("place", longest=PLACE)
    access_note = form.text("access_note", longest=ACCESS)
    link = video_link(form)
    capacity, minimum = seats(form)
    if not form.ok or capacity is None or minimum is None:
        return None
    return Setting(
        place=place,
        access_note=access_note,
        video_link=link,
        capacity=capacity,
        minimum=minimum,
    )


def video_link(form: Form) -> str:
    typed = form.text("video_link", longest=LINK)
    whole = typed.startswith("https://") and len(typed) > len("https://")
    if typed and (not whole or any(c.isspace() for c in typed)):
        form.error("video_link", NO_LINK)
    return typed
