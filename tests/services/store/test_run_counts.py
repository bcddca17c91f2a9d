"""A run counts each person once, however many of its sessions they have a seat in, and refuses one too many (K8)."""

from collections.abc import Sequence

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from tests.factories import make_draft, make_enrollment, make_hold, make_people, make_run, prepared
from tests.services.store.clients import ENROLL, connected, until_told
from tests.services.store.raw import raw
from tests.services.store.recount import miscounted
from tests.services.store.seat_rows import UNTIL
from tests.services.store.test_seats import BUMP, CARELESS, UNTIL_TEXT, move
from trainer_desk.models import Run
from trainer_desk.models.enums import EnrollmentState
from trainer_desk.services.store.engine import Store
from trainer_desk.services.store.trouble import constraint_of

CAP = 3
CANCEL = f"UPDATE sessions SET status = 'CANCELLED', cancel_reason = 'Snow'{BUMP} WHERE id IN ({{}})"
REINSTATE = f"UPDATE sessions SET status = 'DRAFT'{BUMP} WHERE id IN ({{}})"
TRASH = f"UPDATE sessions SET deleted_at = {UNTIL_TEXT}{BUMP} WHERE id IN ({{}})"
RESTORE = f"UPDATE sessions SET deleted_at = NULL{BUMP} WHERE id IN ({{}})"


def people_taken(store: Store) -> int:
    """Give the counter of the only run; all counters are what the rows say."""
    assert miscounted(store) == []
    with store.reading() as db:
        return int(db.scalar(sa.select(Run.people_taken)) or 0)


@pytest.fixture
def sessions(each_store: Store) -> Sequence[int]:
    """Give sessions 1 to 3 of a run for three people, of people 1 to 6, and session 4 of none."""
    with prepared(each_store) as db:
        run = make_run(db, max_people=CAP)
        make_people(db, 6)
        return [make_draft(db, run_id=run, capacity=5) for _ in range(3)] + [make_draft(db)]


def enrolled(session: int, *people: int) -> str:
    """Give the statement that seats people in a session."""
    rows = [ENROLL.format(session=session, person=person) for person in people]
    return ", ".join([rows[0], *(row.split("VALUES ")[1] for row in rows[1:])])


def of(session: int, *people: int) -> str:
    return f"session_id = {session} AND person_id IN ({', '.join(map(str, people))})"


SWAP = (
    "UPDATE enrollments SET offer_until = NULL,"
    f" state = CASE state WHEN 'withdrawn' THEN 'confirmed' ELSE 'withdrawn' END{BUMP} WHERE "
)

Steps = Sequence[tuple[str, int]]
"""Statements, each with how many people the run has after it."""

STORIES: dict[str, Steps] = {
    "a second seat is the same person": [
        (enrolled(1, 1), 1), (enrolled(2, 1), 1), (enrolled(3, 1), 1),
        (move("withdrawn", of(1, 1)), 1), (move("withdrawn", of(2, 1)), 1), (move("withdrawn", of(3, 1)), 0),
        (move("confirmed", of(2, 1)), 1),
    ],
    "an offer takes a seat, the queue does not": [
        (enrolled(1, 1), 1), (move("offered", of(1, 1)), 1), (move("confirmed", of(1, 1)), 1),
        (move("waitlisted", of(1, 1)), 0), (move("offered", of(1, 1)), 1), (move("withdrawn", of(1, 1)), 0),
    ],
    "several people in one statement": [
        (enrolled(1, 1, 2, 3), 3), (enrolled(2, 1, 2), 3), (move("withdrawn", "session_id = 1"), 2),
        (move("withdrawn", "session_id IN (1, 2)"), 0), (move("offered", "state = 'withdrawn'"), 3),
    ],
    "people change places in one statement": [
        (enrolled(1, 1, 2), 2), (move("withdrawn", of(1, 2)), 1), (SWAP + "session_id = 1", 1),
        (enrolled(2, 2), 1), (SWAP + "session_id = 1", 2), (SWAP + of(1, 1, 2), 1), (move("withdrawn", of(2, 2)), 1),
        (move("withdrawn", of(1, 2)), 0),
    ],
    "a cancelled session counts nowhere": [
        (enrolled(1, 1, 2), 2), (enrolled(2, 2, 3), 3), (CANCEL.format(1), 2), (CANCEL.format(2), 0),
        (move("withdrawn", of(2, 3)), 0), (REINSTATE.format(2), 1), (REINSTATE.format(1), 2),
    ],
    "nor does one in the trash": [
        (enrolled(1, 1), 1), (TRASH.format(1), 0), (RESTORE.format(1), 1), (CANCEL.format(1), 0), (TRASH.format(1), 0),
        (RESTORE.format(1), 0), (REINSTATE.format(1), 1), (TRASH.format("1, 2"), 0), (RESTORE.format("1, 2"), 1),
    ],
    "several sessions in one statement": [
        (enrolled(1, 1, 2), 2), (enrolled(2, 1, 3), 3), (enrolled(3, 1), 3), (CANCEL.format("1, 2, 4"), 1),
        (REINSTATE.format("1, 2, 4"), 3), (TRASH.format("1, 2, 3"), 0),
    ],
    "people come and go while it does not count": [
        (CANCEL.format(1), 0), (enrolled(1, 1, 2), 0), (move("withdrawn", of(1, 1)), 0), (REINSTATE.format(1), 1),
        (move("confirmed", of(1, 1)), 2),
    ],
    "a session of no run counts in none": [(enrolled(4, 1, 2, 3, 4, 5), 0), (enrolled(1, 1), 1), (TRASH.format(4), 1)],
    "another status counts as before": [
        (enrolled(1, 1), 1), (f"UPDATE sessions SET title = 'x', status = 'DRAFT'{BUMP} WHERE id = 1", 1),
    ],
}  # fmt: skip


@pytest.mark.parametrize("steps", STORIES.values(), ids=STORIES.keys())
def test_a_run_counts_people_and_not_seats(each_store: Store, sessions: Sequence[int], steps: Steps) -> None:
    assert list(sessions) == [1, 2, 3, 4]
    for statement, people in steps:
        with raw(each_store) as db:
            db.exec_driver_sql(statement)
        assert people_taken(each_store) == people, statement


def test_held_seats_are_nobody_yet(each_store: Store, sessions: Sequence[int]) -> None:
    with prepared(each_store) as db:
        make_hold(db, sessions[0], 5, until_at=UNTIL)
    assert people_taken(each_store) == 0


FULL = (enrolled(1, 1, 2), enrolled(2, 2, 3))
TOO_MANY: dict[str, Sequence[str]] = {
    "one more person": [enrolled(1, 4)],
    "one more among those who are in": [enrolled(3, 1, 2, 3, 4)],
    "an offer": [enrolled(4, 4), move("withdrawn", of(4, 4)), CANCEL.format(3), enrolled(3, 4), REINSTATE.format(3)],
    "a cancelled session comes back": [CANCEL.format(2), enrolled(1, 4), REINSTATE.format(2)],
    "a session comes back from the trash": [TRASH.format(2), enrolled(1, 4), RESTORE.format(2)],
    "a lower limit": [f"UPDATE runs SET max_people = 2{BUMP}"],
    "a counter written by hand": ["UPDATE runs SET people_taken = 4"],
}


@pytest.mark.parametrize("statements", TOO_MANY.values(), ids=TOO_MANY.keys())
def test_a_full_run_takes_nobody_however_it_is_tried(
    each_store: Store, sessions: Sequence[int], statements: Sequence[str]
) -> None:
    *before, last = [*FULL, *statements]
    for statement in before:
        with raw(each_store) as db:
            db.exec_driver_sql(statement)
    with pytest.raises(IntegrityError) as refusal, raw(each_store) as db:
        db.exec_driver_sql(last)
    assert constraint_of(refusal.value) == "ck_runs_people"
    assert people_taken(each_store) == CAP


def test_who_is_in_may_take_further_seats_of_a_full_run(each_store: Store, sessions: Sequence[int]) -> None:
    for statement in (*FULL, enrolled(3, 1, 2, 3), enrolled(1, 3)):
        with raw(each_store) as db:
            db.exec_driver_sql(statement)
    assert people_taken(each_store) == CAP


@pytest.mark.parametrize("careless", CARELESS)
def test_a_client_of_a_file_cannot_wave_the_limit_through(sqlite_store: Store, careless: str) -> None:
    """Neither by skipping what refuses nor by replacing what is counted."""
    store = sqlite_store
    with prepared(store) as db:
        run = make_run(db, max_people=CAP)
        make_people(db, 6)
        for _ in range(3):
            make_draft(db, run_id=run)
    told = []
    for statement in (*FULL, enrolled(3, 1), enrolled(3, 4), move("withdrawn", of(1, 1)), enrolled(3, 5)):
        verb = statement.split()[0]
        with connected(store) as client:
            told.append(until_told(client, [statement.replace(verb, f"{verb} {careless}", 1)]))
    full = "ck_runs_people"
    assert told == ["done", "done", "done", full, "done", full]
    assert people_taken(store) == CAP


def test_the_run_of_a_session_is_frozen_while_people_are_seated(each_store: Store) -> None:
    store = each_store
    with prepared(store) as db:
        run, other = make_run(db, max_people=CAP), make_run(db)
        session, empty = make_draft(db, run_id=run), make_draft(db, run_id=run)
        plain = make_draft(db)
        people = make_people(db, 3)
        make_enrollment(db, session, people[0], EnrollmentState.OFFERED)
        make_enrollment(db, plain, people[0])
        make_enrollment(db, empty, people[1], EnrollmentState.WAITLISTED)
        make_enrollment(db, empty, people[2], EnrollmentState.WITHDRAWN)
        make_hold(db, empty, 2, until_at=UNTIL)
    join = "UPDATE sessions SET run_id = {}" + BUMP + " WHERE id = {}"
    for statement in (join.format(other, session), join.format("NULL", session), join.format(run, plain)):
        with pytest.raises(IntegrityError) as refusal, raw(store) as db:
            db.exec_driver_sql(statement)
        assert constraint_of(refusal.value) == "run_frozen"
    with raw(store) as db:
        for statement in (join.format(other, empty), join.format("NULL", empty), join.format(run, session)):
            db.exec_driver_sql(statement)
        db.exec_driver_sql(move("withdrawn", "state = 'offered'"))
        db.exec_driver_sql(join.format(other, session))
    assert miscounted(store) == []


RUNS: dict[str, tuple[str, str]] = {
    "for nobody": ("max_people = 0", "ck_runs_max_people"),
    "ends before it begins": ("start_date = '2026-07-06', end_date = '2026-07-05'", "ck_runs_order"),
    "a code of 61": (f"code = '{'c' * 61}'", "ck_runs_code_length"),
    "a name of 201": (f"name = '{'n' * 201}'", "ck_runs_name_length"),
    "a code that is taken": ("code = 'R-OTHER'", "uq_runs_code"),
}


@pytest.mark.parametrize(("sets", "name"), RUNS.values(), ids=RUNS.keys())
def test_a_run_is_sound(each_store: Store, sets: str, name: str) -> None:
    with prepared(each_store) as db:
        make_run(db, "R-OTHER")
        run = make_run(db)
    with pytest.raises(IntegrityError) as refusal, raw(each_store) as db:
        db.exec_driver_sql(f"UPDATE runs SET {sets}{BUMP} WHERE id = {run}")
    assert constraint_of(refusal.value) == name
