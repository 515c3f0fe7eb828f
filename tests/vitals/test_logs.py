"""Lines of the log: what happened and where, never to whom."""

import asyncio
import json
import logging
import sys
import warnings
from collections.abc import Iterator
from io import StringIO

import pytest
from tests.visitors import settings

from recul.vitals import logs

SECRET = "ana@exemple.fr a pleuré"


@pytest.fixture(params=["human", "json"])
def said(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[StringIO]:
    """What is written, with the logging of the whole process set up and put back."""
    root = logging.getLogger()
    kept = (root.handlers[:], root.level, sys.excepthook, sys.unraisablehook)
    written = StringIO()
    monkeypatch.setattr(sys, "stderr", written)
    logs.set_up(settings(RECUL_LOG=request.param))
    yield written
    root.handlers[:], root.level = kept[0], kept[1]
    sys.excepthook, sys.unraisablehook = kept[2], kept[3]
    logging.captureWarnings(capture=False)
    logging.getLogger("recul").setLevel(logging.NOTSET)


def failing() -> None:
    local = SECRET
    raise ValueError(local)


def test_an_exception_tells_where_and_not_what(said: StringIO):
    try:
        try:
            failing()
        except ValueError as error:
            raise RuntimeError(SECRET) from error
    except RuntimeError:
        logging.getLogger("recul").exception("it failed")
    text = said.getvalue()
    assert SECRET not in text
    for word in ("it failed", "RuntimeError", "ValueError", "test_logs.py", "failing"):
        assert word in text


def test_groups_and_loops_of_exceptions(said: StringIO):
    first, second = ValueError(SECRET), KeyError(SECRET)
    first.__cause__, second.__cause__ = second, first
    group = ExceptionGroup(SECRET, [first])
    logging.getLogger("recul").error("both", exc_info=group)
    text = said.getvalue()
    assert SECRET not in text
    assert [word in text for word in ("ExceptionGroup", "ValueError", "KeyError")] == [True] * 3


@pytest.mark.parametrize("name", ["asyncpg.pool", "piccolo", "aiosmtplib", "litestar", "httpx"])
def test_other_loggers_only_say_that_they_spoke(
    said: StringIO, name: str, monkeypatch: pytest.MonkeyPatch
):
    # A bare Litestar of another test gives its logger ways of its own.
    monkeypatch.setattr(logging.getLogger(name), "propagate", True)
    logging.getLogger(name).error("for %s", SECRET)
    logging.getLogger(name).error(f"about {SECRET}")  # noqa: G004 - that is what others do
    text = said.getvalue()
    assert SECRET not in text
    assert text.count("test_logs.py") == 2
    assert "about" not in text


async def test_a_task_that_nobody_waited_for(said: StringIO):
    async def lost() -> None:
        raise ValueError(SECRET)

    task = asyncio.get_running_loop().create_task(lost(), name=SECRET)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    del task
    text = said.getvalue()
    assert SECRET not in text
    assert "Task exception was never retrieved" in text
    assert "ValueError" in text


def test_a_warning(said: StringIO):
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn(SECRET, stacklevel=1)
    assert SECRET not in said.getvalue()
    assert "py.warnings" in said.getvalue()


def test_what_nobody_caught(said: StringIO):
    try:
        failing()
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    assert SECRET not in said.getvalue()
    assert "ValueError" in said.getvalue()


def test_json_lines_are_json(monkeypatch: pytest.MonkeyPatch):
    record = logging.LogRecord("recul", logging.INFO, __file__, 1, "request", (), None)
    record.facts = {"route": "/carnet", "status": 200}
    token = logs.REQUEST.set("abc")
    try:
        line = json.loads(logs.JsonLines().format(record))
    finally:
        logs.REQUEST.reset(token)
    assert line | {"time": ""} == {
        "time": "",
        "level": "info",
        "logger": "recul",
        "message": "request",
        "request": "abc",
        "route": "/carnet",
        "status": 200,
    }
