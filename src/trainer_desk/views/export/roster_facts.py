"""What a roster would be of: the sessions chosen or of a range, its first rows, and a name for its file."""

import csv
import datetime as dt
import io
import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.directory import load_directory
from trainer_desk.services.exchange.roster import write_roster
from trainer_desk.services.exchange.selection import Selection, check_selection, session_ids
from trainer_desk.services.exchange.table_out import Shape
from trainer_desk.services.planning.board import load_board, load_cards
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rules.times import local

SHOWN = 5
"""Rows of the preview."""
LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class RosterFacts:
    """`selection` is what is saved, `first` as few of its sessions as fill the preview."""

    selection: Selection
    first: Selection
    sessions: int
    people: int
    file_name: str
    zone: ZoneInfo


def of_sessions(db: Any, session_ids: Collection[int]) -> RosterFacts:
    """Return the facts of a roster of these sessions, cancelled ones too, as they were named."""
    cards = sorted(load_cards(db, session_ids).values(), key=_by_start)
    directory = load_directory(db)
    selection = Selection(refs=tuple(card.ref for card in cards))
    return _facts(selection, cards, _name_of(cards, directory), directory)


def of_range(db: Any, starts_at: dt.datetime, ends_at: dt.datetime) -> RosterFacts:
    """Return the facts of a roster of all that starts in [starts_at, ends_at), UTC, without cancelled sessions."""
    directory = load_directory(db)
    zone = directory.settings.zone
    cards = [
        card
        for card in load_board(db, starts_at, ends_at).sessions
        if card.status is not SessionStatus.CANCELLED and card.starts_at is not None and card.starts_at >= starts_at
    ]
    first, last = local(starts_at, zone).date(), local(ends_at - dt.timedelta(seconds=1), zone).date()
    days = f"{first.isoformat()}" if first == last else f"{first.isoformat()}_{last.isoformat()}"
    selection = Selection(starts_at=starts_at, ends_at=ends_at)
    return _facts(selection, sorted(cards, key=_by_start), f"{days}_roster.csv", directory)


def of_selection(db: Any, selection: Selection, name: str) -> RosterFacts:
    """Return the facts of a roster of a selection. Raises NotFound as `check_selection`."""
    check_selection(db, selection)
    directory = load_directory(db)
    cards = sorted(load_cards(db, session_ids(db, selection)).values(), key=_by_start)
    return _facts(selection, cards, f"{safe_name(name)}.csv", directory)


def preview(db: Any, selection: Selection, zone: ZoneInfo, columns: Sequence[str], shape: Shape) -> list[list[str]]:
    """Return the heading and the first rows as cells, exactly as they would be written."""
    stream = io.StringIO(newline="")
    write_roster(db, selection, stream, zone, columns=columns, shape=shape)
    stream.seek(0)
    return list(islice(csv.reader(stream, delimiter=shape.separator), SHOWN + 1))


def safe_name(text: str) -> str:
    """Return a text as a part of a file name on every system: `Training-Room-A`."""
    plain = unicodedata.normalize("NFC", text)
    return re.sub(r"[^\w.–-]+", "-", plain).strip("-.")[:LONGEST_NAME]


def free_name(path: Path) -> Path:
    """Return the path, or the next one with a number that does not exist: `roster (2).csv`."""
    number, free = 2, path
    while free.exists():
        free = path.with_name(f"{path.stem} ({number}){path.suffix}")
        number += 1
    return free


def _facts(selection: Selection, cards: Sequence[SessionCard], file_name: str, directory: Directory) -> RosterFacts:
    first: list[str] = []
    people = 0
    for card in cards:
        if people < SHOWN:
            first.append(card.ref)
        people += card.seats_taken
    few = Selection(refs=tuple(first)) if first else selection
    return RosterFacts(selection, few, len(cards), people, file_name, directory.settings.zone)


def _name_of(cards: Sequence[SessionCard], directory: Directory) -> str:
    days = sorted(
        local(card.starts_at, directory.settings.zone).date().isoformat()
        for card in cards
        if card.starts_at is not None
    )
    if len(cards) != 1:
        span = "_".join(dict.fromkeys([days[0], days[-1]])) if days else "undated"
        return f"{span}_{len(cards)}-sessions.csv"
    card = cards[0]
    course = directory.courses.get(card.course_id)
    venue = None if card.venue_id is None else directory.venues.get(card.venue_id)
    parts = [days[0] if days else "undated", course.short_code if course else card.ref, venue.name if venue else ""]
    return "_".join(safe_name(part) for part in parts if part) + ".csv"


def _by_start(card: SessionCard) -> tuple[bool, dt.datetime, str]:
    return card.starts_at is None, card.starts_at or dt.datetime.min.replace(tzinfo=dt.UTC), card.ref
