"""Rows of kept backups: one copy of a database file, and how the keeping of them stands."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class KeptBackup:
    """A copy with its bytes and the instant of which it is (UTC)."""

    path: str
    made_at: datetime
    size: int


@dataclass(frozen=True, slots=True)
class Keeping:
    """Where copies are kept, every how many hours one is made (0: never), how many stay, and the newest one."""

    folder: str
    hours: int
    most: int
    number: int
    newest: KeptBackup | None
