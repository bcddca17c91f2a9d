"""Saves the calendar of whatever the window shows: sessions, a person, a trainer, a venue, a course, oneself (X3)."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from trainer_desk.services.accounts.identity import who_is
from trainer_desk.services.directory import load_settings
from trainer_desk.services.errors import NotAllowed, NotFound
from trainer_desk.services.exchange.calendar_events import load_events
from trainer_desk.services.exchange.calendar_folder import BACK
from trainer_desk.services.exchange.ics_out import ics_text
from trainer_desk.services.exchange.new_file import save_bytes
from trainer_desk.services.exchange.selection import COURSES, PEOPLE, RESOURCES, SESSIONS, Selection

OWN_PLACES, OWN_SESSIONS = "own_places", "own_sessions"
"""The kinds of calendar that are whoever asks: where they have a place, and what they teach."""

_WHERE: Mapping[str, tuple[sa.ColumnElement[int], sa.ColumnElement[str], sa.ColumnElement[str]]] = {
    "people": (PEOPLE.c.id, PEOPLE.c.employee_no, PEOPLE.c.name),
    "trainers": (RESOURCES.c.id, RESOURCES.c.code, RESOURCES.c.name),
    "venues": (RESOURCES.c.id, RESOURCES.c.code, RESOURCES.c.name),
    "courses": (COURSES.c.id, COURSES.c.code, COURSES.c.title),
}
_NARROWS = {"people": "person", "trainers": "trainer", "venues": "venue", "courses": "course"}


@dataclass(frozen=True, slots=True)
class CalendarOf:
    """What a calendar would hold: `name` is what it is of, `coming` how many sessions are in it; cancelled ones too."""

    selection: Selection
    name: str
    coming: int


def look_at_calendar(db: Connection, kind: str, ids: Sequence[int], login: str, *, now: dt.datetime) -> CalendarOf:
    """Return what a calendar is of: sessions by id, one thing of the catalogue, or the login's own.

    What is not named session by session reaches from 90 days before `now` (UTC) to all that follow. Raises NotFound,
    and NotAllowed where a login is nobody of the kind.
    """
    selection, name = _of_sessions(db, ids) if kind == "sessions" else _of_thing(db, *_thing(db, kind, ids, login), now)
    return CalendarOf(selection, name, len(load_events(db, selection)))


def save_calendar(
    db: Connection,
    path: Path,
    step: Callable[[int], None],
    of: CalendarOf,
    *,
    drafts: bool = False,
    names: bool = False,
) -> int:
    """Write the calendar to a file and return how many sessions are in it; `step` hears so. Raises as `new_file`."""
    settings = load_settings(db)
    events = load_events(db, of.selection, drafts=drafts, names=names)
    step(len(events))
    save_bytes(None, path, ics_text(events, settings.zone, f"{settings.organisation} – {of.name}"))
    return len(events)


def _of_sessions(db: Connection, ids: Sequence[int]) -> tuple[Selection, str]:
    query = sa.select(SESSIONS.c.ref).where(SESSIONS.c.id.in_(list(ids)), SESSIONS.c.deleted_at.is_(None))
    refs = tuple(db.execute(query.order_by(SESSIONS.c.starts_at, SESSIONS.c.id)).scalars())
    if not refs:
        raise NotFound(kind="session", key="")
    return Selection(refs=refs), refs[0] if len(refs) == 1 else f"{refs[0]} …"


def _thing(db: Connection, kind: str, ids: Sequence[int], login: str) -> tuple[str, int]:
    if kind not in (OWN_PLACES, OWN_SESSIONS):
        return kind, ids[0]
    identity = who_is(db, login)
    own = identity.person_id if kind == OWN_PLACES else identity.trainer_id
    if own is None:
        raise NotAllowed(role=identity.role, why="no_person")
    return ("people" if kind == OWN_PLACES else "trainers"), own


def _of_thing(db: Connection, kind: str, thing_id: int, now: dt.datetime) -> tuple[Selection, str]:
    key, code, name = _WHERE[kind]
    row: Any = db.execute(sa.select(code, name).where(key == thing_id)).one_or_none()
    if row is None:
        raise NotFound(kind=_NARROWS[kind], key=f"#{thing_id}")
    since = (now - BACK).replace(hour=0, minute=0, second=0, microsecond=0)
    return replace(Selection(starts_at=since), **{_NARROWS[kind]: row[0]}), str(row[1])
