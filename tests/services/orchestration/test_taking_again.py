"""A session that stood in an absence goes back there with an undo, also when the absence went and came back (C4)."""

import datetime as dt

import pytest

from tests.factories import MONDAY, make_course, make_scheduled, make_trainer, prepared
from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.errors import Refused
from trainer_desk.services.orchestration import scheduling
from trainer_desk.services.orchestration.absences import enter_absence, lift_absence
from trainer_desk.services.orchestration.undoing import undo_last
from trainer_desk.services.planning.board import load_card
from trainer_desk.services.rows.absences import Wanted
from trainer_desk.services.rows.settling import Choice, Way
from trainer_desk.services.store.engine import Store

DAY = dt.timedelta(days=1)
LEAVE = (MONDAY - DAY, MONDAY + DAY, "Leave")


def left_standing(store: Store) -> tuple[int, int, int]:
    """Cancel a session that was left standing in leave; give it, the trainer and the leave."""
    store.clock = FixedClock(MONDAY - 3 * DAY)
    with prepared(store) as db:
        course = make_course(db)
        trainer = make_trainer(db, courses=[course])
        session = make_scheduled(db, course=course, trainer=trainer)
    kept = {session: Choice(Way.KEEP)}
    leave = store.write("Leave", enter_absence, Wanted(trainer, *LEAVE), kept).value.block_id
    store.write("Cancel", scheduling.cancel, session, "Storm")
    return session, trainer, leave


def test_leave_that_was_lifted_and_brought_back_is_no_obstacle(store: Store) -> None:
    session, _trainer, leave = left_standing(store)
    store.write("Lift", lift_absence, leave)
    undo_last(store)
    undo_last(store)
    assert store.read(load_card, session).status is SessionStatus.SCHEDULED


def test_leave_that_was_entered_anew_since_is_one(sqlite_store: Store) -> None:
    """On a server everybody here is one login, so that there is no undoing below another's change."""
    store = sqlite_store
    session, trainer, leave = left_standing(store)
    store.write("Lift", lift_absence, leave, actor="other")
    store.write("Leave", enter_absence, Wanted(trainer, *LEAVE), {}, actor="other")
    with pytest.raises(Refused, match="trainer_away"):
        undo_last(store)
    assert store.read(load_card, session).status is SessionStatus.CANCELLED
