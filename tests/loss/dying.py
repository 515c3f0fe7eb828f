"""`recul`, killed in the middle of its migrations: before the one whose number it is given.

python -m tests.loss.dying 3 migrate
"""

import os
import signal
import sys
from typing import Any

from recul.cli import main
from recul.database import migrations

_steps = iter(range(int(sys.argv.pop(1)) - 1))
_run = migrations._run


async def _dying(migration_id: str, **how: Any) -> None:
    if next(_steps, None) is None:
        os.kill(os.getpid(), signal.SIGKILL)
    await _run(migration_id, **how)


if __name__ == "__main__":
    migrations._run = _dying
    main()
