"""Lets a test see which statements ran, to hold a page to its number of queries; and tells those
that only read from those that write."""

from collections.abc import Iterator
from contextlib import contextmanager

_records: list[list[str]] = []


def note(sql: str) -> None:
    for record in _records:
        record.append(sql)


@contextmanager
def recorded_statements() -> Iterator[list[str]]:
    """The statements that ran inside, without those that begin or end a transaction."""
    record: list[str] = []
    _records.append(record)
    try:
        yield record
    finally:
        # By identity: two records nested in one another may be equal.
        _records[:] = [kept for kept in _records if kept is not record]


def only_reads(sql: str) -> bool:
    start = sql.lstrip()[:6].upper()
    if start.startswith("WITH"):
        words = set(sql.upper().split())
        return words.isdisjoint({"INSERT", "UPDATE", "DELETE", "REPLACE"})
    return start == "SELECT"
