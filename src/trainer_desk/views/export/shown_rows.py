"""A list page as something to save: its columns, those on show, and its rows on every page (R6)."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from trainer_desk.services.exchange.table_out import Value
from trainer_desk.views.export.list_sheet import Listing
from trainer_desk.views.parts.row_model import Row
from trainer_desk.views.parts.row_table import RowTable


def listing_of(
    table: RowTable, key: str, title: str, pages: Callable[[Any], Iterator[Sequence[Row]]] | None = None
) -> Listing:
    """Return the list of a table; `pages` reads all its rows anew where the table holds only those scrolled to."""
    columns = table.model.columns
    numbers = frozenset(place for place, column in enumerate(columns) if column.right)
    held = table.model.rows()

    def rows(db: Any) -> Iterator[Sequence[Value]]:
        for page in pages(db) if pages is not None else (held,):
            for row in page:
                yield [_value(cell, place in numbers) for place, cell in enumerate(row[1:])]

    words = {column.id: column.title or column.id for column in columns}
    return Listing(key, title, words, table.shown_columns(), rows)


def _value(cell: object, is_number: bool) -> Value:
    """Return the text of a cell, and a whole number where the column holds such."""
    text = "" if cell is None else str(cell)
    plain = text.replace(",", "")
    return int(plain) if is_number and plain.isascii() and plain.isdigit() else text
