"""A change as it is read: who, when, and field by field what was there before and after, with names for ids (U4)."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from trainer_desk.models.enums import ChangeKind


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field: values are names, texts, numbers, days or UTC instants; None: nothing was there."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row: `subject` names whom or what it is about; `made` says that the change added it, `gone` that it went."""

    table: str
    key: str
    subject: str
    made: bool
    gone: bool
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class ToldChange:
    """One change, `at` in UTC; `is_undone` says that another one took it back, `touched` how many rows it wrote.

    `rows` are only those that concern the thing whose history this is.
    """

    id: int
    at: dt.datetime
    by: str
    label: str
    kind: ChangeKind
    is_undone: bool
    rows: tuple[RowChange, ...]
    touched: int = 0

    @property
    def tables(self) -> frozenset[str]:
        """The tables of its rows."""
        return frozenset(row.table for row in self.rows)


@dataclass(frozen=True, slots=True)
class ToldHistory:
    """Changes of a thing, newest first, and the zone in which they are told; `more` says that there are older ones."""

    zone: ZoneInfo
    changes: tuple[ToldChange, ...]
    more: bool = False
