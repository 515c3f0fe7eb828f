"""`recul` as it would be if trends heard nothing of what is written: for comparison, here only.

``python -m tests.bench.without_trends serve --port N``
"""

from recul import cli, wiring
from recul.journal import changes
from recul.settings import Settings

_connect = wiring.connect


def connect(config: Settings) -> None:
    _connect(config)
    del changes.when_written["trends"], changes.when_looked_at["trends"]


if __name__ == "__main__":
    wiring.connect = connect
    cli.main()
