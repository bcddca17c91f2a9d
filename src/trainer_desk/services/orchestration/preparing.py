"""Ticks what is seen to before a session: planners anywhere, a trainer where they teach (S12)."""

import datetime as dt

from sqlalchemy.orm import Session as DbSession

from trainer_desk.services.orchestration.own import require_own_session
from trainer_desk.services.planning.session_checklists import session_of, set_done


def tick(db: DbSession, item_id: int, *, actor: str, now: dt.datetime) -> None:
    """Note that something on a session's checklist was seen to; a second tick changes nothing.

    Raises NotFound, NotAllowed for a trainer whose session it is not, WrongState for one that is over or cancelled.
    """
    require_own_session(db, session_of(db, item_id), actor)
    set_done(db, item_id, True, actor=actor, now=now)


def untick(db: DbSession, item_id: int, *, actor: str, now: dt.datetime) -> None:
    """Note that something on a session's checklist is still to be seen to. Raises as `tick`."""
    require_own_session(db, session_of(db, item_id), actor)
    set_done(db, item_id, False, actor=actor, now=now)
