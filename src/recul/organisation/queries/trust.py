"""Trust settings and their log, which every member reads."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from piccolo.querystring import QueryString

from recul.accounts.queries import PERSON
from recul.database import fetch
from recul.organisation.queries.shapes import Person
from recul.organisation.rules import TRUST_SETTINGS

LOG = f"""
SELECT c.setting, c.value, c.changed_on, p.display_name AS changed_by
FROM trust_change c LEFT JOIN {PERSON} p ON p.account = c.changed_by
WHERE c.organisation = {{}}
ORDER BY c.setting, c.value
"""
ORGANISERS = f"""
SELECT p.account, p.display_name FROM role r JOIN {PERSON} p ON p.account = r.account
WHERE r.organisation = {{}} AND r.kind = 'organiser' AND r.ended_on IS NULL
ORDER BY lower(p.display_name), p.account
"""


@dataclass(frozen=True, slots=True)
class Change:
    """A setting made harder, and what it was before."""

    setting: str
    before: int
    value: int
    changed_on: date
    changed_by: str | None
    """None when the account is gone."""


OF_ORGANISATION = ", ".join(
    f"(SELECT max(c.value) FROM trust_change c WHERE c.organisation = o.id AND c.setting = '{key}')"
    f" AS {key}"
    for key in TRUST_SETTINGS
)
"""Columns that tell the trust settings of an organisation `o`, for `taken`."""


def taken(row: dict[str, Any]) -> dict[str, int]:
    """Take the trust settings in force out of a row."""
    return {key: row.pop(key) or setting.softest for key, setting in TRUST_SETTINGS.items()}


async def settings(organisation: UUID) -> dict[str, int]:
    """The trust settings in force."""
    statement = """
        SELECT setting, min(value) AS least, max(value) AS most FROM trust_change
        WHERE organisation = {} GROUP BY setting
    """
    rows = await fetch(QueryString(statement, organisation))
    softest = {key: setting.softest for key, setting in TRUST_SETTINGS.items()}
    return softest | {
        row["setting"]: TRUST_SETTINGS[row["setting"]].harder(row["least"], row["most"])
        for row in rows
    }


async def log(organisation: UUID) -> list[Change]:
    """Every change, newest first. Since settings only harden, values tell the order."""
    before = {key: setting.softest for key, setting in TRUST_SETTINGS.items()}
    changes = []
    rows = await fetch(QueryString(LOG, organisation))
    falling = [row for row in rows if TRUST_SETTINGS[row["setting"]].falls]
    for row in [*(row for row in rows if row not in falling), *reversed(falling)]:
        changes.append(Change(before=before[row["setting"]], **row))
        before[row["setting"]] = row["value"]
    return sorted(changes, key=lambda change: change.changed_on, reverse=True)


async def years_kept() -> dict[UUID, int]:
    """For how long each organisation keeps attendance: for work that no viewer asked for."""
    statement = """
        SELECT o.id, coalesce(min(c.value), {}) AS years FROM organisation o
        LEFT JOIN trust_change c ON c.organisation = o.id AND c.setting = 'attendance_years'
        GROUP BY o.id
    """
    rows = await fetch(QueryString(statement, TRUST_SETTINGS["attendance_years"].softest))
    return {row["id"]: int(row["years"]) for row in rows}


async def organisers(organisation: UUID) -> list[Person]:
    """Who organises now."""
    return [Person(**row) for row in await fetch(QueryString(ORGANISERS, organisation))]
