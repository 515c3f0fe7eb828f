"""Lines of iCalendar: how a value is written, and where a line is folded."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from unicodedata import category

EOL = "\r\n"
WIDTH = 75
"""Bytes of a line, its end not counted (RFC 5545, 3.1)."""
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


def text(value: str) -> str:
    """A value of type TEXT (RFC 5545, 3.3.11), without what no line may hold."""
    plain = value.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(c for c in plain if c == "\n" or category(c) not in ("Cc", "Cs"))
    return kept.translate(_ESCAPES)


def parameter(value: str) -> str:
    """The value of a parameter, in quotes, which it cannot hold itself."""
    return '"' + "".join(c for c in value if c != '"' and category(c) not in ("Cc", "Cs")) + '"'


def folded(line: str) -> str:
    """Cut into lines of `WIDTH` bytes at most; a character is never cut in two."""
    if len(line) <= WIDTH and (line.isascii() or len(line.encode()) <= WIDTH):
        return line
    parts, room = [""], WIDTH
    for sign in line:
        size = len(sign.encode())
        if size > room:
            parts.append("")
            room = WIDTH - 1  # after the space that says that it goes on
        parts[-1] += sign
        room -= size
    return f"{EOL} ".join(parts)


@lru_cache(1024)
def written(name: str, value: str) -> str:
    """A property with a TEXT, which many dates of one calendar share."""
    return folded(f"{name}:{text(value)}")


def utc(moment: datetime) -> str:
    return f"{wall(moment.astimezone(UTC))}Z"


def wall(moment: datetime) -> str:
    """As on the wall, without saying where."""
    m = moment
    return f"{m.year:04}{m.month:02}{m.day:02}T{m.hour:02}{m.minute:02}{m.second:02}"


def offset(ahead: timedelta) -> str:
    """Ahead of UTC: +0100, -0330."""
    seconds = int(ahead.total_seconds())
    sign, rest = "-" if seconds < 0 else "+", abs(seconds)
    last = f"{rest % 60:02}" if rest % 60 else ""
    return f"{sign}{rest // 3600:02}{rest // 60 % 60:02}{last}"
