"""When a moment took place: the chips of the form, and the instant they stand for."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

from recul.words import N_

NOW = "now"
OTHER = "date"
EARLIEST = date(1950, 1, 1)
MORNING, NOON, EVENING = time(9), time(12), time(19)
WEEKDAYS = (
    N_("Lundi"),
    N_("Mardi"),
    N_("Mercredi"),
    N_("Jeudi"),
    N_("Vendredi"),
    N_("Samedi"),
    N_("Dimanche"),
)


class WhenError(ValueError):
    """A time that cannot be kept. `message` is a French sentence, `field` the one to correct."""

    def __init__(self, message: str, field: str = "date") -> None:
        super().__init__(message)
        self.message = message
        self.field = field


@dataclass(frozen=True, slots=True)
class WhenOption:
    """A chip. `key` names its own day, so that a form sent after midnight keeps its meaning."""

    key: str
    label: str


def when_options(now: datetime) -> list[WhenOption]:
    """The chips for a form shown at `now` (the person's wall time), newest first."""
    today = now.date()
    chips = [WhenOption(NOW, N_("À l’instant"))]
    if now.hour > MORNING.hour:
        chips.append(_chip(today, MORNING, N_("Ce matin")))
    chips += [
        _chip(today - timedelta(days=1), EVENING, N_("Hier soir")),
        _chip(today - timedelta(days=1), NOON, N_("Hier")),
        _chip(today - timedelta(days=2), NOON, N_("Avant-hier")),
    ]
    for ago in range(3, 7):
        day = today - timedelta(days=ago)
        chips.append(_chip(day, NOON, WEEKDAYS[day.weekday()]))
    return [*chips, WhenOption(OTHER, N_("Une autre date"))]


def moment_time(choice: str, day: date | None, clock: time | None, now: datetime) -> datetime:
    """The instant meant by a chip or a date and an optional hour, with its offset.

    `now` is aware, in the person's zone. A typed hour replaces the chip's own; a typed day goes
    before « À l’instant », which forms have chosen beforehand. Raises WhenError.
    """
    if choice not in ("", NOW, OTHER):
        day, usual = _read(choice)
        clock = clock or usual
    elif choice == OTHER and day is None:
        raise WhenError(N_("Choisissez un jour."))
    day = day or now.date()
    if day == now.date() and clock is None:
        return fixed(now)
    at = wall_time(day, clock or NOON, now.tzinfo or UTC)
    if at > fixed(now):
        field = "time" if day == now.date() else "date"
        raise WhenError(N_("Ce moment n’est pas encore arrivé."), field)
    return at


def wall_time(day: date, clock: time, zone: tzinfo) -> datetime:
    """The instant when clocks of `zone` show this, with its offset.

    In the hour that spring skips, clocks have moved on: so does the result. In the hour that
    autumn repeats, the first one is meant. Raises WhenError before 1950 and at the end of time.
    """
    if day < EARLIEST:
        raise WhenError(N_("Choisissez un jour à partir de 1950."))
    if day.year == date.max.year:
        raise WhenError(N_("Ce moment n’est pas encore arrivé."))
    naive = datetime.combine(day, clock.replace(second=0, microsecond=0, tzinfo=None, fold=0))
    return fixed(naive.replace(tzinfo=zone).astimezone(UTC).astimezone(zone))


def fixed(at: datetime) -> datetime:
    """The same minute with its offset only: comparisons then follow time, not the clocks."""
    offset = at.utcoffset()
    if offset is None:
        raise ValueError("an aware time was expected")
    return at.replace(second=0, microsecond=0, tzinfo=timezone(offset), fold=0)


def _chip(day: date, clock: time, label: str) -> WhenOption:
    return WhenOption(f"{day.isoformat()}T{clock:%H:%M}", label)


def _read(choice: str) -> tuple[date, time]:
    day, _, clock = choice.partition("T")
    try:
        return date.fromisoformat(day), time.fromisoformat(clock).replace(tzinfo=None)
    except ValueError:
        raise WhenError(N_("Choisissez un jour.")) from None
