"""A session that stood in an absence goes back there with an undo, also when the absence went and came back (C4)."""

import datetime as dt

import pytest

from tests.factories import MONDAY, make_course, make_scheduled, make_trainer, prepared
from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.errors import Refused
from trainer_desk.services.orchestration import scheduling
from trainer_desk.services.orchestration.absences import enter_absence, lift_absence
from trainer_desk.services.orchestration.soundness import check_database
from trainer_desk.services.orchestration.undoing import redo_last, undo_last
from trainer_desk.services.planning.board import load_card
from trainer_desk.services.planning.holidays import add_holiday, lift_holiday, list_holidays
from trainer_desk.services.planning.publishing import session_findings
from trainer_desk.services.rows.absences import Wanted
from trainer_desk.services.rows.settling import Choice, Way
from trainer_desk.services.store.engine import Store

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
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


def off_the_holiday(store: Store) -> tuple[int, int]:
    """Have a holiday come over a session, which is then moved to the next day; give the session and the holiday."""
    store.clock = FixedClock(MONDAY - 3 * DAY)
    with prepared(store) as db:
        course = make_course(db)
        session = make_scheduled(db, course=course, trainer=make_trainer(db, courses=[course]))
    feast = store.write("Feast", add_holiday, MONDAY.date(), MONDAY.date(), "Feast").value.id
    later = {"starts_at": MONDAY + DAY, "ends_at": MONDAY + DAY + HOUR}
    store.write("Move", scheduling.edit_session, session, later)
    return session, feast


def test_a_move_off_a_holiday_is_undone_back_onto_it(store: Store) -> None:
    """There it stands red again, as before the move."""
    session, _feast = off_the_holiday(store)
    assert undo_last(store).value == "Move"
    assert store.read(load_card, session).starts_at == MONDAY
    assert [one.code for one in store.read(session_findings, session, now=store.clock.now())] == ["venue_closed"]
    [feast] = store.read(list_holidays)
    assert (feast.name, feast.standing) == ("Feast", 1)
    redo_last(store)
    assert store.read(load_card, session).starts_at == MONDAY + DAY
    undo_last(store)
    with store.snapshot() as db:
        assert check_database(db, now=store.clock.now()) == []


def test_a_holiday_that_came_since_is_an_obstacle(sqlite_store: Store) -> None:
    store = sqlite_store
    session, feast = off_the_holiday(store)
    store.write("Lift", lift_holiday, feast, version=1, actor="other")
    store.write("Feast", add_holiday, MONDAY.date(), MONDAY.date(), "Another feast", actor="other")
    with pytest.raises(Refused) as refusal:
        undo_last(store)
    [finding] = refusal.value.findings
    assert (finding.code, finding.facts["reason"]) == ("venue_closed", "Another feast")
    assert store.read(load_card, session).starts_at == MONDAY + DAY
