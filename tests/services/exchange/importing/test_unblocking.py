"""A file that takes away what was in a waiter's way seats them in the same change (K5)."""

import datetime as dt
from pathlib import Path

import pytest

from tests.databases import StoreFactory
from tests.factories import MONDAY, make_course, make_enrollment, make_person, make_scheduled, prepared
from trainer_desk.models.enums import EnrollmentState, OverlapPolicy, WaitlistMode
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.exchange.importing.run import import_file
from trainer_desk.services.orchestration.undoing import undo_last
from trainer_desk.services.seats.roster import load_seats

CASES = {
    "an intake is on file": ("people", "employee_no,intake_on\nA1,2026-06-01\n"),
    "the course asks for none": ("courses", "code,requires_intake\nFIRE,no\n"),
    "the course no longer blocks": ("courses", "code,overlap_policy,requires_intake\nFIRE,warn,no\n"),
}


@pytest.mark.parametrize("case", CASES)
def test_who_waited_for_it_is_seated(store_factory: StoreFactory, tmp_path: Path, case: str) -> None:
    store = store_factory(FixedClock(MONDAY - dt.timedelta(days=3)))
    kind, text = CASES[case]
    with prepared(store) as db:
        blocks = "blocks" in case
        policy = OverlapPolicy.BLOCK if blocks else OverlapPolicy.IGNORE
        course = make_course(db, "FIRE", overlap_policy=policy, requires_intake=not blocks)
        session = make_scheduled(db, course=course, capacity=1, waitlist=WaitlistMode.ENROL)
        person = make_person(db, employee_no="A1")
        make_enrollment(db, session, person, EnrollmentState.WAITLISTED)
        if blocks:
            busy = make_scheduled(db, course=make_course(db, overlap_policy=OverlapPolicy.IGNORE))
            make_enrollment(db, busy, person)
    file = tmp_path / "file.csv"
    file.write_text(text)
    import_file(store, kind, file)
    (seat,) = store.read(load_seats, session)
    assert seat.state is EnrollmentState.CONFIRMED
    undo_last(store)
    (seat,) = store.read(load_seats, session)
    assert seat.state is EnrollmentState.WAITLISTED
