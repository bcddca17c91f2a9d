"""Rows of the settings page: a holiday, and what came of making one."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class HolidayRow:
    """Days on which the whole organisation is closed, both included; `standing` sessions are scheduled on them."""

    id: int
    name: str
    first: date
    last: date
    standing: int
    version: int
