"""Training that people had elsewhere or before: recorded, corrected, taken back, and what it renews (N2)."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from tests.databases import StoreFactory
from tests.factories import (
    at,
    make_attachment,
    make_course,
    make_enrollment,
    make_person,
    make_requirement,
    make_scheduled,
    prepared,
)
from tests.services.exchange.files import Bring, bringer, counts, stored, warned
from trainer_desk.models.enums import AttachmentOwner, ComplianceStatus, EnrollmentState, WaitlistMode
from trainer_desk.services.attachments.looking import list_attachments
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.errors import BadValue, NotFound, Stale
from trainer_desk.services.orchestration.soundness import check_database
from trainer_desk.services.orchestration.training import correct_training, record_training
from trainer_desk.services.orchestration.undoing import redo_last, undo_last
from trainer_desk.services.people.compliance import recompute
from trainer_desk.services.people.records import load_record, take_back
from trainer_desk.services.rows.records import Training
from trainer_desk.services.seats.roster import load_seats
from trainer_desk.services.store.engine import Store
from trainer_desk.texts import error_text

NOW = at("2026-07-06 07:30")
HELD = dt.date(2026, 5, 4)
CARD = Training(HELD, "Red Cross", None, "FA-17")


class Place:
    """Two people who must hold a course that is valid for a year, and a retired course."""

    def __init__(self, store: Store) -> None:
        self.store = store
        with prepared(store) as db:
            self.course = make_course(db, "FIRE", validity_months=12)
            self.old = make_course(db, "OLD", active=False)
            self.ada, self.bo = (make_person(db, name, employee_no=name[0]) for name in ("Ada", "Bo"))
            make_requirement(db, self.course)
            recompute(db)

    def record(self, *people: int, training: Training = CARD) -> Any:
        people = people or (self.ada,)
        return self.store.write("Record", record_training, people, self.course, training).value

    def correct(self, key: int, training: Training, version: int | None = None) -> int:
        version = version or self.store.read(load_record, key).version
        return int(self.store.write("Correct", correct_training, key, training, version=version).value)

    def item(self, person: int) -> tuple[str, dt.date | None] | None:
        rows = stored(self.store, "compliance_items", "person_id", "status", "expires_on")
        return next(((status, expires) for key, status, expires in rows if key == person), None)


@pytest.fixture
def place(store_factory: StoreFactory) -> Place:
    return Place(store_factory(FixedClock(NOW)))


def compliant(year: int, month: int, day: int) -> tuple[str, dt.date]:
    return ComplianceStatus.COMPLIANT, dt.date(year, month, day)


def test_a_record_renews_by_the_courses_validity_and_undo_takes_it_back(place: Place) -> None:
    (key,) = place.record().records
    assert place.item(place.ada) == compliant(2027, 5, 4)
    assert place.store.read(load_record, key).training == CARD
    undo_last(place.store)
    assert place.item(place.ada) != compliant(2027, 5, 4)
    with pytest.raises(NotFound):
        place.store.read(load_record, key)
    assert not place.store.read(check_database)


def test_an_own_last_valid_day_counts_before_the_validity(place: Place) -> None:
    place.record(training=replace(CARD, expires_on=dt.date(2026, 12, 31)))
    assert place.item(place.ada) == compliant(2026, 12, 31)


def test_several_people_are_recorded_at_once_and_who_has_it_already_is_told(place: Place) -> None:
    place.record(place.bo)
    done = place.record(place.ada, place.bo, training=replace(CARD, number="other"))
    assert (len(done.records), done.already) == (1, ("Bo",))
    numbers = dict(stored(place.store, "training_records", "person_id", "number"))
    assert numbers == {place.ada: "other", place.bo: "FA-17"}


def test_what_was_taken_back_is_there_again_when_it_is_recorded_again(place: Place) -> None:
    (key,) = place.record().records
    place.store.write("Take back", take_back, key)
    assert place.item(place.ada) != compliant(2027, 5, 4)
    with pytest.raises(NotFound):
        place.store.write("Take back", take_back, key)
    assert place.record(training=replace(CARD, provider="Fire brigade")).records == (key,)
    assert place.store.read(load_record, key).training.provider == "Fire brigade"
    assert place.item(place.ada) == compliant(2027, 5, 4)


def test_a_correction_renews_anew(place: Place) -> None:
    (key,) = place.record().records
    assert place.correct(key, replace(CARD, held_on=dt.date(2026, 6, 1))) == key
    assert place.item(place.ada) == compliant(2027, 6, 1)
    undo_last(place.store)
    assert place.item(place.ada) == compliant(2027, 5, 4)


def test_a_correction_of_something_older_is_refused(place: Place) -> None:
    (key,) = place.record().records
    place.correct(key, replace(CARD, number="2"), version=1)
    with pytest.raises(Stale):
        place.correct(key, replace(CARD, number="3"), version=1)


def test_a_record_moved_to_a_day_that_was_taken_back_goes_on_as_that_one(place: Place) -> None:
    (old,) = place.record(training=replace(CARD, held_on=dt.date(2026, 6, 1))).records
    place.store.write("Take back", take_back, old)
    (key,) = place.record().records
    with prepared(place.store) as db:
        make_attachment(db, record_id=key)
    assert place.correct(key, replace(CARD, held_on=dt.date(2026, 6, 1))) == old
    assert [row.name for row in place.store.read(list_attachments, AttachmentOwner.RECORD, old)] == ["card.pdf"]
    undo_last(place.store)
    assert [row.name for row in place.store.read(list_attachments, AttachmentOwner.RECORD, key)] == ["card.pdf"]
    assert place.item(place.ada) == compliant(2027, 5, 4)


BAD = {
    "a day to come": (replace(CARD, held_on=dt.date(2026, 7, 7)), "held_on", "in_the_future"),
    "run out before": (replace(CARD, expires_on=dt.date(2026, 5, 3)), "expires_on", "expires_before_held"),
    "long ago": (replace(CARD, held_on=dt.date(1066, 10, 14)), "held_on", "year_out_of_range"),
    "number": (replace(CARD, number="x" * 101), "number", "too_long"),
    "provider": (replace(CARD, provider="a\0b"), "provider", "nul"),
}


@pytest.mark.parametrize(("training", "field", "why"), BAD.values(), ids=BAD)
def test_what_cannot_be_is_refused_in_words(place: Place, training: Training, field: str, why: str) -> None:
    (key,) = place.record(place.bo).records
    for do in (lambda: place.record(training=training), lambda: place.correct(key, training)):
        with pytest.raises(BadValue) as refusal:
            do()
        assert (refusal.value.facts["field"], refusal.value.facts["why"]) == (field, why)
        assert error_text(refusal.value).endswith(".")
    assert place.item(place.ada) != compliant(2027, 5, 4)


def test_a_correction_cannot_double_a_record(place: Place) -> None:
    (key,) = place.record().records
    place.record(training=replace(CARD, held_on=dt.date(2026, 6, 1)))
    with pytest.raises(BadValue) as refusal:
        place.correct(key, replace(CARD, held_on=dt.date(2026, 6, 1)))
    assert refusal.value.facts["why"] == "recorded_already"


def test_the_training_of_today_and_of_a_retired_course_is_taken(place: Place) -> None:
    place.record(training=replace(CARD, held_on=dt.date(2026, 7, 6)))
    place.store.write("Record", record_training, (place.ada,), place.old, CARD)
    assert len(stored(place.store, "training_records", "id")) == 2


@pytest.mark.parametrize(("people", "course"), [((9999,), None), (None, 9999)])
def test_unknown_people_and_courses_are_not_found(
    place: Place, people: tuple[int, ...] | None, course: int | None
) -> None:
    with pytest.raises(NotFound):
        place.store.write("Record", record_training, people or (place.ada,), course or place.course, CARD)


@pytest.fixture
def bring(place: Place, tmp_path: Any) -> Bring:
    return bringer(place.store, tmp_path)


HEAD = "employee_no,course,held_on,provider,expires_on,number\n"


def test_a_file_adds_changes_and_leaves_records(place: Place, bring: Bring) -> None:
    assert counts(bring("records", f"{HEAD}A,FIRE,2026-05-04,Red Cross,,1\nB,FIRE,2026-05-05,,,\n")) == (2, 0, 0, [])
    assert (place.item(place.ada), place.item(place.bo)) == (compliant(2027, 5, 4), compliant(2027, 5, 5))
    report = bring("records", "employee_no,course,held_on,number\nA,FIRE,2026-05-04,2\nB,FIRE,2026-05-05,\n")
    assert counts(report) == (0, 1, 1, [])
    rows = stored(place.store, "training_records", "person_id", "provider", "number")
    assert set(rows) == {(place.ada, "Red Cross", "2"), (place.bo, None, None)}
    undo_last(place.store)
    undo_last(place.store)
    assert place.item(place.ada) != compliant(2027, 5, 4)
    assert counts(bring("records", f"{HEAD}A,FIRE,2026-05-04,,,\n")) == (1, 0, 0, [])
    assert place.item(place.ada) == compliant(2027, 5, 4)


def test_each_bad_row_of_a_file_is_told_and_the_rest_goes_on(place: Place, bring: Bring) -> None:
    text = (
        f"{HEAD}A,FIRE,2026-07-07,,,\nA,FIRE,2026-05-04,,2026-05-03,\nX,FIRE,2026-05-04,,,\nA,NONE,2026-05-04,,,\n"
        "A,FIRE,,,,\nA,FIRE,2026-05-06,,,\nA,FIRE,2026-05-06,Other,,\nA,OLD,2010-01-01,,,\n"
    )
    report = bring("records", text)
    assert [(row.row, row.error.code, row.error.facts.get("why")) for row in report.refused] == [
        (2, "bad_value", "in_the_future"),
        (3, "bad_value", "expires_before_held"),
        (4, "not_found", None),
        (5, "not_found", None),
        (6, "bad_value", "required"),
        (8, "duplicate_ref", "twice_in_file"),
    ]
    assert report.added == 2
    assert (9, "course_retired") in warned(report)


def test_who_waited_for_want_of_the_training_is_seated(place: Place) -> None:
    with prepared(place.store) as db:
        second = make_course(db, "SECOND", prerequisite_id=place.course)
        plan = {"course": second, "capacity": 2, "waitlist": WaitlistMode.ENROL}
        session = make_scheduled(db, starts_at=at("2026-07-09 09:00"), **plan)
        make_enrollment(db, session, place.ada, EnrollmentState.WAITLISTED)
    place.record()
    (seat,) = place.store.read(load_seats, session)
    assert seat.state is EnrollmentState.CONFIRMED
    undo_last(place.store)
    (seat,) = place.store.read(load_seats, session)
    assert seat.state is EnrollmentState.WAITLISTED
    redo_last(place.store)
    (seat,) = place.store.read(load_seats, session)
    assert seat.state is EnrollmentState.CONFIRMED
