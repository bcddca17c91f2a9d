"""Moves of the calendar as one write each: copy to a place, and one verb for many sessions."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session as DbSession

from trainer_desk.services.errors import DatabaseTrouble, DeskError
from trainer_desk.services.planning import drafts
from trainer_desk.services.store.trouble import savepoint


@dataclass(frozen=True, slots=True)
class Batch:
    """What became of many sessions: `done` in their order, and why each of the others was left as it was."""

    done: tuple[int, ...]
    refused: tuple[tuple[int, DeskError], ...] = ()


def place_copy(db: DbSession, session_id: int, fields: Mapping[str, Any], *, actor: str, now: dt.datetime) -> int:
    """Make a draft like this session with other fields (V1: Ctrl+drag); return its id. Raises NotFound, BadValue."""
    copied = drafts.duplicate_session(db, session_id, actor=actor, now=now)
    drafts.edit_session(db, copied, fields, actor=actor, now=now)
    return copied


def for_each(
    db: DbSession, session_ids: Sequence[int], verb: Callable[..., Any], *args: Any, actor: str, now: dt.datetime
) -> Batch:
    """Call `verb(db, id, *args)` for each session; what is refused leaves nothing behind, and the rest is done.

    All is one change, so one undo takes all of it back (V4).
    """
    done: list[int] = []
    refused: list[tuple[int, DeskError]] = []
    for session_id in session_ids:
        try:
            with savepoint(db):
                verb(db, session_id, *args, actor=actor, now=now)
        except DatabaseTrouble:
            raise
        except DeskError as error:
            refused.append((session_id, error))
        else:
            done.append(session_id)
    return Batch(tuple(done), tuple(refused))
