"""What the sheet of those to tell shows, and the table that is copied from it; pure but for one read."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from trainer_desk.services.directory import load_settings
from trainer_desk.services.notices.to_tell import load_to_tell
from trainer_desk.services.rows.tellings import ToTell
from trainer_desk.texts.facts import shown
from trainer_desk.texts.tellings import news_text, occasion_text
from trainer_desk.texts.translate import _

SOON = timedelta(days=14)
"""What begins within so many days is shown first."""

HEADINGS = (
    "Session",
    "When and where",
    "Name",
    "Number",
    "Department",
    "To tell",
    "Phone",
    "Manager",
    "Manager's phone",
)


@dataclass(frozen=True, slots=True)
class TellingFacts:
    """Who has to be told, by start and name, as of `now` (UTC)."""

    zone: ZoneInfo
    now: datetime
    rows: tuple[ToTell, ...]


def gather(db: Any, now: datetime, session_ids: Collection[int] | None = None) -> TellingFacts:
    """Read whom somebody has to tell, of all sessions or of these."""
    return TellingFacts(load_settings(db).zone, now, tuple(load_to_tell(db, now, session_ids=session_ids)))


def is_soon(row: ToTell, now: datetime) -> bool:
    """Whether the session begins soon, or was told to do so."""
    starts = [facts.starts_at for facts in (row.facts, row.told) if facts is not None and facts.starts_at is not None]
    return any(start <= now + SOON for start in starts)


def by_session(rows: Sequence[ToTell]) -> list[tuple[ToTell, list[ToTell]]]:
    """Return the people of each session, with one of them to tell which session it is."""
    groups = (list(group) for _key, group in groupby(rows, key=lambda row: row.session_id))
    return [(group[0], group) for group in groups]


def table(rows: Sequence[ToTell], zone: ZoneInfo, now: datetime) -> str:
    """Return the rows as a table for the clipboard: headings, tabs and line ends (X5)."""
    lines = [[_(heading) for heading in HEADINGS]]
    lines += [
        [
            row.title,
            occasion_text(row, zone, now),
            row.name,
            row.employee_no,
            row.department,
            news_text(row, zone, now),
            row.phone or "",
            row.manager or "",
            row.manager_phone or "",
        ]
        for row in rows
    ]
    return "".join("\t".join(shown(cell) for cell in line) + "\n" for line in lines)
