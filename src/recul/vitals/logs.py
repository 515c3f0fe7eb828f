"""The log: one line an event on stderr, for people or as JSON, without anything personal.

What an exception says may hold an address or a sentence of somebody's journal (a database repeats
the value that it refuses). So its type is written and the places in the code that it came through,
never its message and never a variable. Of other people's loggers only those are repeated whose
first line is known to be their own words.
"""

import json
import logging
import sys
import threading
from collections.abc import Iterator
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from typing_extensions import override

from recul.settings import Settings

REQUEST: ContextVar[str] = ContextVar("REQUEST", default="")
"""The random number of the request that is being answered."""
FRAMES = 25
PLAIN_SPOKEN = ("uvicorn.error", "asyncio")
"""Loggers whose first line, before anything is filled in, is a constant of theirs."""

log = logging.getLogger("recul")


def set_up(config: Settings) -> None:
    """Send everything there, also what nobody caught."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if config.log == "json" else HumanLines())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    log.setLevel(logging.INFO)
    logging.captureWarnings(capture=True)
    sys.excepthook = _nobody_caught
    sys.unraisablehook = lambda found: _say("unraisable", found.exc_value)
    threading.excepthook = lambda found: _say("thread died", found.exc_value)


def _nobody_caught(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
    else:
        _say("stopped", error)


def _say(what: str, error: BaseException | None) -> None:
    log.critical(what, extra={"errors": described(error)})


def message(record: logging.LogRecord) -> str:
    """What a line may say."""
    if record.name.split(".")[0] == "recul":
        return record.getMessage().replace("\n", " ")
    if record.name in PLAIN_SPOKEN:
        return str(record.msg).strip().split("\n", maxsplit=1)[0][:200]
    return f"said something at {_place(record.pathname, record.lineno)}"


def errors(record: logging.LogRecord) -> list[dict[str, Any]]:
    """What a record says of an exception."""
    told: list[dict[str, Any]] | None = getattr(record, "errors", None)
    return told or described(record.exc_info[1] if record.exc_info else None)


def described(error: BaseException | None) -> list[dict[str, Any]]:
    """An exception and those behind it, the last one first: `extra={"errors": described(error)}`
    keeps its message from every handler, which `exc_info` would not."""
    return [
        {"type": type(each).__name__, "frames": _frames(each.__traceback__)}
        for each in _chain(error)
    ]


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen = set[int]()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        if isinstance(error, BaseExceptionGroup):
            error = error.exceptions[0]
        else:
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _frames(trace: TracebackType | None) -> list[str]:
    found = []
    while trace is not None:
        code = trace.tb_frame.f_code
        found.append(f"{_place(code.co_filename, trace.tb_lineno)} {code.co_name}")
        trace = trace.tb_next
    return found[-FRAMES:]


def _place(file: str, line: int) -> str:
    parts = Path(file).parts
    for root in ("site-packages", "src"):
        if root in parts:
            parts = parts[len(parts) - parts[::-1].index(root) :]
    return f"{Path(*parts)}:{line}"


class Lines(logging.Formatter):
    def facts(self, record: logging.LogRecord) -> dict[str, Any]:
        """What else is known: `extra={"facts": {…}}`, and which request it was about."""
        found: dict[str, Any] = getattr(record, "facts", {})
        request = REQUEST.get()
        return ({"request": request} if request else {}) | found

    def at(self, record: logging.LogRecord) -> str:
        return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")


class HumanLines(Lines):
    @override
    def format(self, record: logging.LogRecord) -> str:
        facts = [f"{name}={value}" for name, value in self.facts(record).items()]
        head = (self.at(record), record.levelname, record.name, message(record), *facts)
        lines = [" ".join(head)]
        for error in errors(record):
            lines.append(f"    {error['type']}")
            lines.extend(f"        {frame}" for frame in error["frames"])
        return "\n".join(lines)


class JsonLines(Lines):
    @override
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": self.at(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": message(record),
        }
        found = errors(record)
        more: dict[str, Any] = {"errors": found} if found else {}
        return json.dumps(line | self.facts(record) | more, ensure_ascii=False)
