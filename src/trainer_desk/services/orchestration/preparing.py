"""Shows and ticks what is seen to before a session: planners anywhere, a trainer where they teach (S12)."""

import datetime as dt

from sqlalchemy.orm import Session as DbSession

from trainer_desk.models.enums import Role
from trainer_desk.services.accounts.identity import who_is
from trainer_desk.services.directory import load_settings
from trainer_desk.services.orchestration.own import require_own_session, teaches
from trainer_desk.services.planning.board import load_card
from trainer_desk.services.planning.session_checklists import checklist_of_session, session_of, set_done
from trainer_desk.services.rows.checklists import SessionChecklist
from trainer_desk.services.rules.times import local
from trainer_desk.services.rules.transitions import OPEN_FOR_PEOPLE
from trainer_desk.services.store.db import Db


def load_checklist(db: Db, session_id: int, actor: str, *, now: dt.datetime) -> SessionChecklist:
    """Return the checklist of a session as `actor` sees it at `now` (UTC). Raises NotFound."""
    card, zone, identity = load_card(db, session_id), load_settings(db).zone, who_is(db, actor)
    return SessionChecklist(
        session_id=session_id,
        items=checklist_of_session(db, session_id, zone=zone),
        day=local(now, zone).date(),
        zone=zone,
        is_open=card.status in OPEN_FOR_PEOPLE,
        is_own=identity.role is not Role.TRAINER or teaches(db, session_id, identity.trainer_id),
    )


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
