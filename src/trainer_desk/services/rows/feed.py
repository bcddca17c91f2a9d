"""Which rows the changes of others touched, as a feed reads them from the journal."""

from dataclasses import dataclass

ONE_BY_ONE = 100
"""So many changes at once are read row by row; beyond, everything counts as changed."""

MOST_ROWS = 500
"""So many rows of one change are told one by one; beyond, everything counts as changed."""


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """One row that a change touched; `key` is its primary key as the journal writes it."""

    change_id: int
    table: str
    key: str
