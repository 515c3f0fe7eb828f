"""`recul`, by a clock that is ahead, or behind, by as many seconds as a file says.

CLOCK=/a/file python -m tests.loss.shifted serve
"""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from recul import clock
from recul.cli import main
from recul.clockwork import steady

_FILE = Path(os.environ["CLOCK"])


def _now() -> datetime:
    return datetime.now(UTC) + timedelta(seconds=float(_FILE.read_text() or 0))


if __name__ == "__main__":
    clock.now = _now
    steady.PAUSE = timedelta(seconds=1)
    main()
