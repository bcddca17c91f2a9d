"""Runs from a file: added, changed, refused, undone and back; sessions that name their run."""

import datetime as dt

import pytest
import sqlalchemy as sa

from tests.factories import make_enrollment, make_people, prepared
from tests.services.exchange.files import Bring, counts, number_of_changes, stored, warned, whys
from trainer_desk.models import Enrollment, Session
from trainer_desk.models.enums import ChangeKind, EnrollmentState
from trainer_desk.services.errors import DeskError
from trainer_desk.services.orchestration.soundness import check_database
from trainer_desk.services.orchestration.undoing import redo_last, reverse, undo_last
from trainer_desk.services.planning.board import find_session
from trainer_desk.services.planning.runs import list_runs, load_run, run_ids
from trainer_desk.services.store.engine import Store
from trainer_desk.texts import error_text

HEAD = "code,course,name,start_date,end_date,max_people,members_only,one_course\n"
JULY = "JULY,F,July batch,2027-07-05,2027-07-09,12,yes,1\n"
COLUMNS = HEAD.strip().replace("course", "course_id", 1).split(",")


@pytest.fixture
def bring(bring: Bring) -> Bring:
    """Import into an organisation with two courses, a room and a trainer."""
    bring("courses", "code,title\nF,Fire\nG,Gas\n")
    bring("venues", "code,name\nR1,Room 1\n")
    bring("trainers", "code,name\nT,Tom\n")
    bring("qualifications", "trainer,course\nT,F\n")
    return bring


@pytest.fixture
def seated(store: Store, bring: Bring) -> Bring:
    """Give the run JULY, which anybody may join, two people in its session A."""
    bring("runs", HEAD + JULY.replace(",yes,", ",no,"))
    bring("sessions", "ref,course,run\nA,F,JULY\nB,G,JULY\n")
    with prepared(store) as db:
        for person in make_people(db, 2):
            make_enrollment(db, _session(db, "A"), person)
    return bring


def _session(db: sa.Connection | sa.orm.Session, ref: str) -> int:
    return int(db.execute(sa.select(Session.id).where(Session.ref == ref)).scalar_one())


def limits(store: Store) -> list[tuple[str, int | None, int]]:
    return stored(store, "runs", "code", "max_people", "people_taken")  # type: ignore[return-value]


def test_every_column(store: Store, bring: Bring) -> None:
    assert counts(bring("runs", HEAD + JULY)) == (1, 0, 0, [])
    [fire] = (key for key, code in stored(store, "courses", "id", "code") if code == "F")
    days = (dt.date(2027, 7, 5), dt.date(2027, 7, 9))
    assert stored(store, "runs", *COLUMNS) == [("JULY", fire, "July batch", *days, 12, True, True)]
    before = number_of_changes(store)
    assert counts(bring("runs", HEAD + JULY)) == (0, 0, 1, [])
    assert number_of_changes(store) == before


def test_absent_columns_stay_and_blank_ones_are_emptied(store: Store, bring: Bring) -> None:
    bring("runs", HEAD + JULY)
    assert counts(bring("runs", "code,max_people\nJULY,13\n")) == (0, 1, 0, [])
    assert stored(store, "runs", "name", "max_people", "members_only") == [("July batch", 13, True)]
    assert counts(bring("runs", "code,course,name,start_date,end_date,max_people,members_only\nJULY,F,,,,,\n"))[1] == 1
    assert stored(store, "runs", *COLUMNS[2:]) == [("JULY", None, None, None, False, True)]


def test_a_run_needs_code_and_course(store: Store, bring: Bring) -> None:
    report = bring("runs", "code,course\nJULY,\n,F\nMAY,F\n")
    assert whys(report) == [(2, "course", "required"), (3, "code", "required")]
    assert whys(bring("runs", "code,name\nAUGUST,Summer\n")) == [(2, "course", "required")]
    assert stored(store, "runs", "code", "name") == [("MAY", "MAY")]


@pytest.mark.parametrize(
    ("column", "value", "why"),
    [
        ("start_date", "5.7.2027", "not_a_day"),
        ("end_date", "2027-02-30", "not_a_day"),
        ("end_date", "2027-07-04", "to_before_from"),
        ("start_date", "2027-07-10", "to_before_from"),
        ("max_people", "-1", "out_of_range"),
        ("max_people", "many", "not_a_number"),
        ("max_people", "1.5", "not_a_number"),
        ("members_only", "perhaps", "not_yes_no"),
        ("name", "x" * 201, "too_long"),
        ("code", "A|B", "bar_in_code"),
    ],
)
def test_bad_values(store: Store, bring: Bring, column: str, value: str, why: str) -> None:
    cells = dict(zip(HEAD.strip().split(","), JULY.strip().split(","), strict=True)) | {column: value}
    report = bring("runs", HEAD + ",".join(cells.values()) + "\n")
    assert [(row, reason) for row, _field, reason in whys(report)] == [(2, why)]
    assert stored(store, "runs", "code") == []


def test_the_days_of_file_and_store_together(store: Store, bring: Bring) -> None:
    bring("runs", HEAD + JULY)
    assert whys(bring("runs", "code,end_date\nJULY,2027-07-04\n")) == [(2, "end_date", "to_before_from")]
    assert counts(bring("runs", "code,end_date\nJULY,2027-07-05\n")) == (0, 1, 0, [])


def test_unknown_course_and_doubled_code(store: Store, bring: Bring) -> None:
    report = bring("runs", "code,course\nA,X\nB,F\nB,G\n")
    assert counts(report) == (1, 0, 0, [(2, "A", "not_found"), (4, "B", "duplicate_ref")])
    assert report.refused[0].error.facts == {"kind": "course", "key": "X", "field": "course"}


def test_zero_is_unlimited(store: Store, bring: Bring) -> None:
    assert warned(bring("runs", "code,course,max_people\nA,F,0\nB,F,\nC,F,7\n")) == [(2, "zero_is_unlimited")]
    assert limits(store) == [("A", None, 0), ("B", None, 0), ("C", 7, 0)]


def test_all_or_nothing_and_dry_run(store: Store, bring: Bring) -> None:
    text = "code,course\nA,F\nB,X\n"
    assert counts(bring("runs", text, all_or_nothing=True)) == (1, 0, 0, [(3, "B", "not_found")])
    assert counts(bring("runs", text, dry_run=True)) == (1, 0, 0, [(3, "B", "not_found")])
    assert stored(store, "runs", "code") == []


def test_a_limit_below_the_people_is_refused(store: Store, seated: Bring) -> None:
    report = seated("runs", "code,max_people,name\nJULY,1,New\n")
    assert counts(report) == (0, 0, 0, [(2, "JULY", "capacity_below_people")])
    said = error_text(report.refused[0].error)
    assert said == "The limit of JULY cannot be 1: 2 people are on this run. Withdraw some first, or set 2."
    assert stored(store, "runs", "name", "max_people") == [("July batch", 12)]
    assert counts(seated("runs", "code,max_people\nJULY,2\n")) == (0, 1, 0, [])
    assert limits(store) == [("JULY", 2, 2)]


def test_an_offer_that_ended_costs_no_place(store: Store, seated: Bring) -> None:
    with prepared(store) as db:
        [person] = make_people(db, 1)
        make_enrollment(db, _session(db, "B"), person, EnrollmentState.OFFERED, offer_until=dt.datetime.now(dt.UTC))
    assert limits(store) == [("JULY", 12, 3)]
    assert counts(seated("runs", "code,max_people\nJULY,2\n")) == (0, 1, 0, [])
    assert limits(store) == [("JULY", 2, 2)]
    assert store.read(check_database) == []


@pytest.fixture
def waiting(store: Store, seated: Bring) -> Bring:
    """Lower the limit to the two people of the run; two more wait in its scheduled session S."""
    seated("runs", "code,max_people\nJULY,2\n")
    seated(
        "sessions",
        "ref,course,trainer,venue,start,end,status,run,waitlist\n"
        "S,F,T,R1,2999-07-05T09:00,2999-07-05T10:00,SCHEDULED,JULY,enrol\n",
    )
    with prepared(store) as db:
        for person in make_people(db, 2):
            make_enrollment(db, _session(db, "S"), person, EnrollmentState.WAITLISTED)
    return seated


def states(store: Store) -> list[str]:
    """Give the states of the people of S, in the order of the queue."""
    key = store.read(find_session, "S")
    query = sa.select(Enrollment.state).where(Enrollment.session_id == key).order_by(Enrollment.id)
    return list(store.read(lambda db: db.execute(query).scalars().all()))


def test_a_higher_limit_seats_who_waited_for_it(store: Store, waiting: Bring) -> None:
    assert counts(waiting("runs", "code,max_people\nJULY,3\n")) == (0, 1, 0, [])
    assert states(store) == ["confirmed", "waitlisted"]
    assert limits(store) == [("JULY", 3, 3)]
    undo_last(store)
    assert (states(store), limits(store)) == (["waitlisted", "waitlisted"], [("JULY", 2, 2)])
    assert store.read(check_database) == []


def test_a_limit_that_an_undo_raises_seats_them_too(store: Store, waiting: Bring) -> None:
    lowered = max(key for key, label in stored(store, "changes", "id", "label") if label == "runs.csv")
    store.write("Undo", reverse, lowered, undoes=lowered, kind=ChangeKind.UNDO)
    assert states(store) == ["confirmed", "confirmed"]
    assert limits(store) == [("JULY", 12, 4)]
    assert store.read(check_database) == []


def test_an_import_is_undone_and_done_again(store: Store, bring: Bring) -> None:
    bring("runs", HEAD + JULY)
    bring("runs", "code,max_people\nJULY,5\n")
    undo_last(store)
    assert limits(store) == [("JULY", 12, 0)]
    undo_last(store)
    now = store.clock.now()
    assert (store.read(run_ids), store.read(list_runs, now=now)) == ({}, [])
    assert whys(bring("runs", "code,max_people\nJULY,3\n")) == [(2, "course", "required")]
    report = bring("sessions", "ref,course,run\nA,F,JULY\n")
    assert [(row.error.code, row.error.facts["kind"]) for row in report.refused] == [("not_found", "run")]
    redo_last(store)
    assert store.read(load_run, "JULY", now=now).summary.run.max_people == 12
    undo_last(store)
    assert counts(bring("runs", "code,course,name\nJULY,G,Again\n")) == (1, 0, 0, [])
    assert stored(store, "runs", "code", "name", "max_people", "members_only") == [("JULY", "Again", None, False)]
    assert store.read(check_database) == []


def test_a_run_with_sessions_is_not_undone(store: Store, bring: Bring) -> None:
    bring("runs", HEAD + JULY)
    bring("sessions", "ref,course,run\nA,F,JULY\n")
    [change] = (key for key, label in stored(store, "changes", "id", "label") if label == "runs.csv")
    with pytest.raises(DeskError) as refusal:
        store.write("Undo", reverse, change, undoes=change, kind=ChangeKind.UNDO)
    assert (refusal.value.code, refusal.value.facts["why"]) == ("stale", "run_has_sessions")
    assert "JULY" in error_text(refusal.value)
    assert set(store.read(run_ids)) == {"JULY"}
    undo_last(store)
    undo_last(store)
    assert store.read(run_ids) == {}


def test_a_session_joins_and_leaves_a_run(store: Store, bring: Bring) -> None:
    bring("runs", "code,course\nJULY,F\nMAY,G\n")
    ids = store.read(run_ids)
    text = "ref,course,run\nA,F,JULY\nB,F,MAY\nC,F,\n"
    assert counts(bring("sessions", text)) == (3, 0, 0, [])
    assert counts(bring("sessions", text)) == (0, 0, 3, [])
    assert stored(store, "sessions", "ref", "run_id") == [("A", ids["JULY"]), ("B", ids["MAY"]), ("C", None)]
    assert counts(bring("sessions", "ref,run\nA,MAY\nB,\nC,X\n")) == (0, 2, 0, [(4, "C", "not_found")])
    assert stored(store, "sessions", "ref", "run_id") == [("A", ids["MAY"]), ("B", None), ("C", None)]


def test_a_session_with_people_keeps_its_run(store: Store, seated: Bring) -> None:
    seated("runs", "code,course\nMAY,F\n")
    report = seated("sessions", "ref,run,title\nA,MAY,New\nB,MAY,New\n")
    assert counts(report) == (0, 1, 0, [(2, "A", "bad_value")])
    assert whys(report) == [(2, "run", "run_has_people")]
    ids = store.read(run_ids)
    assert stored(store, "sessions", "ref", "run_id", "title") == [("A", ids["JULY"], None), ("B", ids["MAY"], "New")]
    assert store.read(check_database) == []
