"""Publications of more cycles than there is time to live through: copies of real ones."""

from piccolo.querystring import QueryString

from recul.database import fetch, write_transaction
from recul.trends.tables import Cycle, Publication, PublicationFigure, UpperFigure

NUMBERED = (
    (Cycle, "number"),
    (Publication, "cycle"),
    (PublicationFigure, "cycle"),
    (UpperFigure, "cycle"),
)
"""What is left of a closed cycle, and the column with its number."""
AGAIN = """
INSERT INTO {table} ({number}, {others}) SELECT {number} + {{}}, {others} FROM {table}
WHERE {number} BETWEEN {{}} AND {{}}
"""


async def repeated(first: int, last: int, *, shift: int) -> None:
    """The closed cycles from `first` to `last` once more, so many cycles later, or earlier."""
    async with write_transaction():
        for table, number in NUMBERED:
            names = [column._meta.db_column_name for column in table._meta.columns]
            others = ", ".join(name for name in names if name != number)
            statement = AGAIN.format(table=table._meta.tablename, number=number, others=others)
            await fetch(QueryString(statement, shift, first, last))
