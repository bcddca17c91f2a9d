"""From which instant on something is coming, seen from a day; and the last lines of a history."""

import datetime as dt
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from trainer_desk.services.journal.history import ChangeEntry
from trainer_desk.services.rows.dossiers import PastChange
from trainer_desk.services.rules.times import day_bounds, local

MOST = 50
"""Lines of a history that a page shows."""


def seen_from(day: dt.date, zone: ZoneInfo, now: dt.datetime) -> dt.datetime:
    """Return the instant (UTC) that parts what is past from what is coming: `now` on its own day, else its first."""
    return now if local(now, zone).date() == day else day_bounds(day, zone)[0]


def lines_of(entries: Iterable[ChangeEntry]) -> tuple[PastChange, ...]:
    """Return changes as lines of a history, in the same order."""
    return tuple(PastChange(entry.at, entry.by, entry.label, entry.kind) for entry in entries)
