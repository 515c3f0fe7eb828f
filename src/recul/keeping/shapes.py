"""What tables a database has, found in the database itself: it may be older than the code."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from recul.keeping.decisions import OF_ITSELF
from recul.keeping.refusals import Refused

KINDS = {
    "uuid": "uuid",
    "varchar": "text",
    "text": "text",
    "character varying": "text",
    "boolean": "bool",
    "integer": "int",
    "smallint": "int",
    "bigint": "int",
    "date": "date",
    "timestamptz": "instant",
    "timestamp with time zone": "instant",
    "bytea": "bytes",
    "blob": "bytes",
}
"""The kind of value that a column holds, by its type in either database."""

SQLITE = """
SELECT m.name AS "table", c.name AS "column", c.type AS "type", c.pk AS "key"
FROM sqlite_master m JOIN pragma_table_info(m.name) c
WHERE m.type = 'table' ORDER BY m.name, c.cid"""
SQLITE_LINKS = """
SELECT m.name AS "table", f."table" AS "to"
FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table'"""
POSTGRES = """
SELECT c.table_name AS "table", c.column_name AS "column", c.data_type AS "type",
    COALESCE(array_position(i.indkey::int2[], a.attnum), -1) + 1 AS "key"
FROM information_schema.columns c
JOIN pg_class t ON t.relname = c.table_name AND t.relkind = 'r'
    AND t.relnamespace = current_schema()::regnamespace
JOIN pg_attribute a ON a.attrelid = t.oid AND a.attname = c.column_name
LEFT JOIN pg_index i ON i.indrelid = t.oid AND i.indisprimary
WHERE c.table_schema = current_schema() ORDER BY c.table_name, c.ordinal_position"""
POSTGRES_LINKS = """
SELECT a.relname AS "table", b.relname AS "to" FROM pg_constraint c
JOIN pg_class a ON a.oid = c.conrelid JOIN pg_class b ON b.oid = c.confrelid
WHERE c.contype = 'f' AND c.connamespace = current_schema()::regnamespace"""


@dataclass(frozen=True, slots=True)
class Shape:
    """A table: its columns with the kind of their values, and those of its primary key."""

    name: str
    columns: tuple[tuple[str, str], ...]
    key: tuple[str, ...]

    @property
    def names(self) -> list[str]:
        return [name for name, _ in self.columns]

    @property
    def kinds(self) -> list[str]:
        return [kind for _, kind in self.columns]

    def select(self, collation: str) -> str:
        """Every row, ordered by its key the same way in every database."""
        kinds = dict(self.columns)
        order = (
            f'"{name}" {collation}' if kinds[name] == "text" else f'"{name}"' for name in self.key
        )
        return f'SELECT {quoted(self.names)} FROM "{self.name}" ORDER BY {", ".join(order)}'


def quoted(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def shapes(
    columns: Iterable[tuple[str, str, str, int]], links: Iterable[tuple[str, str]]
) -> list[Shape]:
    """The tables of (table, column, type, place in the key), those referred to first."""
    found: dict[str, list[tuple[str, str, int]]] = {}
    for table, column, kind, place in columns:
        if table not in OF_ITSELF:
            found.setdefault(table, []).append((column, _kind(table, column, kind), place))
    made = {name: _shape(name, parts) for name, parts in found.items()}
    return [made[name] for name in _in_order(sorted(made), set(links))]


def _kind(table: str, column: str, type_: str) -> str:
    plain = type_.lower().partition("(")[0].strip()
    if plain not in KINDS:
        raise Refused(f"{table}.{column} has a type that no backup knows: {type_}.")
    return KINDS[plain]


def _shape(name: str, parts: Sequence[tuple[str, str, int]]) -> Shape:
    key = sorted((place, column) for column, _, place in parts if place)
    columns = sorted((column, kind) for column, kind, _ in parts)
    return Shape(name, tuple(columns), tuple(column for _, column in key))


def _in_order(names: Sequence[str], links: set[tuple[str, str]]) -> list[str]:
    """Each after those that it refers to, itself apart."""
    ordered: list[str] = []
    left = list(names)
    while left:
        ready = [
            name
            for name in left
            if not any(a == name and b != name and b in left for a, b in links)
        ]
        if not ready:
            raise Refused(f"These tables refer to each other in a circle: {', '.join(left)}.")
        ordered += ready
        left = [name for name in left if name not in ready]
    return ordered
