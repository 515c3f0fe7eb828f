"""Kinds of mail that a person may turn off. What is not named here always comes."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """`key` is the name of the templates; `label` and `group` are for the page of choices, in
    French, to be translated there."""

    key: str
    label: str
    group: str


_known: dict[str, Kind] = {}


def register(*kinds: Kind) -> None:
    """Slices above name theirs, once a process; naming one again replaces it."""
    _known.update({kind.key: kind for kind in kinds})


def known() -> list[Kind]:
    return list(_known.values())


def can_be_muted(key: str) -> bool:
    return key in _known


def by_group() -> dict[str, list[Kind]]:
    groups: dict[str, list[Kind]] = {}
    for kind in known():
        groups.setdefault(kind.group, []).append(kind)
    return groups
