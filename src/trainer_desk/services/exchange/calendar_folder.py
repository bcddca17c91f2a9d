"""Keeps a folder with one calendar per trainer up to date: a file is written only where something changed (X3)."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import Connection

from trainer_desk.models.enums import ResourceKind, Role, SessionRole
from trainer_desk.services.accounts.identity import who_is
from trainer_desk.services.directory import load_settings
from trainer_desk.services.errors import BadValue, NotAllowed
from trainer_desk.services.exchange.calendar_events import load_events
from trainer_desk.services.exchange.ics_out import ics_text
from trainer_desk.services.exchange.new_file import save_bytes
from trainer_desk.services.exchange.selection import LINKS, RESOURCES, SESSIONS, Selection
from trainer_desk.services.rows.calendars import CalendarEvent

BACK = dt.timedelta(days=90)
"""So far back the calendars go; what is older stays in whichever program took it in."""

TABLES = ("sessions", "session_resources", "resources", "courses", "venues", "settings")
"""A change of these may change a calendar."""

TRAINERS = (
    sa.select(RESOURCES.c.id, RESOURCES.c.code, RESOURCES.c.name, RESOURCES.c.active)
    .where(RESOURCES.c.kind == ResourceKind.TRAINER.value)
    .order_by(RESOURCES.c.code, RESOURCES.c.id)
)
LEADING = sa.select(SESSIONS.c.uuid, SESSIONS.c.trainer_id).where(SESSIONS.c.trainer_id.is_not(None))
HELPING = (
    sa.select(SESSIONS.c.uuid, LINKS.c.resource_id)
    .join(LINKS, LINKS.c.session_id == SESSIONS.c.id)
    .where(LINKS.c.role == SessionRole.CO_TRAINER.value)
)
_UNFIT = re.compile(r"[^\w.–-]+")


@dataclass(frozen=True, slots=True)
class Kept:
    """What came of it: how many calendars there are, how many of them were written, and what sessions are in them."""

    files: int
    written: int
    sessions: int


def keep_folder(db: Connection, folder: Path, login: str, *, now: dt.datetime) -> Kept:
    """Bring the calendars of a folder up to date: of every trainer in use, and of others who have sessions.

    They hold the sessions of the last 90 days and all that follow, without drafts and without anybody's name but the
    trainers'. A trainer keeps only their own. Raises NotAllowed for who does not teach or plan, BadValue with why
    no_such_folder or as `new_file`; what was written until then stays.
    """
    folder = folder.expanduser()
    if not folder.is_dir():
        raise BadValue(field="folder", value=str(folder), why="no_such_folder")
    settings = load_settings(db)
    since = (now - BACK).replace(hour=0, minute=0, second=0, microsecond=0)
    of_trainer = _by_trainer(db, since)
    names = _file_names(db, login, of_trainer, folder)
    written = 0
    for trainer, (name, path) in names.items():
        calendar = f"{settings.organisation} – {name}"
        written += _write(path, ics_text(of_trainer.get(trainer, []), settings.zone, calendar))
    return Kept(len(names), written, len({one.uuid for key in names for one in of_trainer.get(key, [])}))


def _by_trainer(db: Connection, since: dt.datetime) -> Mapping[int, list[CalendarEvent]]:
    events = load_events(db, Selection(starts_at=since))
    found: dict[int, list[CalendarEvent]] = defaultdict(list)
    whose: dict[str, list[int]] = defaultdict(list)
    for query in (LEADING, HELPING):
        for uuid, trainer in db.execute(query.where(SESSIONS.c.starts_at >= since)):
            whose[uuid].append(trainer)
    for event in events:
        for trainer in dict.fromkeys(whose[event.uuid]):
            found[trainer].append(event)
    return found


def _file_names(
    db: Connection, login: str, of_trainer: Mapping[int, list[CalendarEvent]], folder: Path
) -> dict[int, tuple[str, Path]]:
    """Return name and file of every trainer who has a calendar here; a file once written is kept true."""
    identity = who_is(db, login)
    if identity.role is Role.REQUESTER or (identity.role is Role.TRAINER and identity.trainer_id is None):
        raise NotAllowed(role=identity.role, roles=(Role.TRAINER, Role.SUPERVISOR, Role.ADMINISTRATOR))
    found: dict[int, tuple[str, Path]] = {}
    taken: set[str] = set()
    for key, code, name, active in db.execute(TRAINERS):
        stem = f"trainer-{_UNFIT.sub('-', code)}"
        stem = f"{stem}-{key}" if stem.casefold() in taken else stem
        taken.add(stem.casefold())
        path = folder / f"{stem}.ics"
        is_mine = identity.role is not Role.TRAINER or key == identity.trainer_id
        if is_mine and (active or key in of_trainer or path.exists()):
            found[key] = (name, path)
    return found


def _write(path: Path, content: bytes) -> bool:
    """Write a file if it says something else now; return whether it did."""
    try:
        if path.read_bytes() == content:
            return False
    except OSError:
        pass  # it is not there yet, or only writing will tell what is wrong with it
    save_bytes(None, path, content)
    return True
