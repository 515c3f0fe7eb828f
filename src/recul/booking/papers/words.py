"""Days, hours and lengths as papers write them."""

from dataclasses import dataclass
from datetime import date

from recul.booking import kinds
from recul.booking.wall import Slot
from recul.web import dates
from recul.web.i18n import translations
from recul.words import N_


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes in one language."""

    language: str

    def say(self, text: str, **values: object) -> str:
        said = translations(self.language).gettext(text)
        return said % values if values else said

    def day(self, day: date) -> str:
        """jeudi 3 décembre 2026: paper is read in other years too."""
        said = dates.day_long(day, self.language)
        return said if said.endswith(str(day.year)) else f"{said} {day.year}"

    def short_day(self, day: date) -> str:
        return dates.day_short(day, self.language)

    def hours(self, slot: Slot) -> str:
        """14 h 00 – 16 h 00"""
        ends = (dates.hour(one, self.language) for one in (slot.wall, slot.wall_end))
        return " – ".join(ends)

    def length(self, minutes: int) -> str:
        """6 h, 1 h 30, 45 min: as `booking/_time.html` says it."""
        if 0 < minutes < 60:
            return self.say(N_("%(minutes)s min"), minutes=minutes)
        if minutes % 60:
            rest = f"{minutes % 60:02}"
            return self.say(N_("%(hours)s h %(minutes)s"), hours=minutes // 60, minutes=rest)
        return self.say(N_("%(hours)s h"), hours=minutes // 60)

    def kind(self, key: str) -> str:
        return self.say(kinds.label(key))


def decimal(minutes: int) -> str:
    """Hours for a spreadsheet: 1,5."""
    hours, rest = divmod(round(minutes * 100 / 60), 100)
    return f"{hours},{rest:02}".rstrip("0").rstrip(",")
