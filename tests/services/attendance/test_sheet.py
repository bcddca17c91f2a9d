"""What the sheet of a session tells of each person, and to whom (A2, A4)."""

import datetime as dt

import pytest
import sqlalchemy as sa

from tests.factories import MONDAY, make_account, make_enrollment, make_intake, make_person, make_scheduled, prepared
from tests.services.attendance.conftest import Sheet
from tests.views.owners import working_at
from trainer_desk.models import Enrollment
from trainer_desk.models.enums import Attendance, EnrollmentState, Result, Role, SessionStatus
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.dossiers.attendance import MOST_EARLIER, load_sheet
from trainer_desk.services.errors import NotAllowed, NotFound
from trainer_desk.services.orchestration.scheduling import unpublish
from trainer_desk.services.planning.drafts import delete_session
from trainer_desk.services.rows.attendance import AttendanceSheet, Mark

DAY = dt.timedelta(days=1)


def load(sheet: Sheet, actor: str | None = None) -> AttendanceSheet:
    return sheet.store.read(load_sheet, sheet.session, actor or sheet.store.actor, now=MONDAY)


def test_everybody_with_a_seat_by_name_and_who_waits_beside(sheet: Sheet) -> None:
    sheet.mark("Bo", "attended", remarks="Left early", result=Result.FAILED, score=12)
    told = load(sheet)
    assert [one.name for one in told.people] == ["Ann", "Bo", "Cy"]
    assert told.people[1].mark == Mark(Attendance.ATTENDED, "Left early", Result.FAILED, 12)
    assert told.people[1].marked_by == sheet.store.actor
    assert [(one.name, one.offered) for one in told.pending] == [("Di", False)]
    assert (told.status, told.requires_result, told.trainer) == (SessionStatus.SCHEDULED, True, "Trainer TOM")


def test_what_a_facilitator_needs_of_a_person(sheet: Sheet) -> None:
    ann = sheet.people["Ann"]
    with prepared(sheet.store) as db:
        course = 1
        for number in range(MOST_EARLIER + 2):
            earlier = make_scheduled(
                db, course=course, starts_at=MONDAY - (number + 1) * DAY, status=SessionStatus.COMPLETED
            )
            failed = {"attendance": Attendance.ATTENDED.value, "result": Result.FAILED.value, "score": number}
            make_enrollment(db, earlier, ann, **failed)
        for status in (SessionStatus.COMPLETED, SessionStatus.CANCELLED):
            other = make_scheduled(db, starts_at=MONDAY - 30 * DAY, status=status, cancel_reason="Ill")
            make_enrollment(db, other, ann, attendance=Attendance.NO_SHOW.value)
        make_intake(db, ann, dt.date(2026, 1, 2), note="Old")
        make_intake(db, ann, dt.date(2026, 3, 4), note="Reads slowly")
        make_intake(db, ann, dt.date(2026, 5, 6), note="Gone", deleted_at=MONDAY)
    told = load(sheet).people[0]
    assert told.no_shows == 1
    assert told.intake_note == "Reads slowly"
    assert [(one.result, one.score) for one in told.earlier] == [(Result.FAILED, n) for n in range(MOST_EARLIER)]
    assert told.earlier[0].starts_at == MONDAY - DAY
    with working_at(sheet.store, sheet.trainer, FixedClock(MONDAY)) as own:
        seen = own.read(load_sheet, sheet.session, own.actor, now=MONDAY)
    assert seen.people == load(sheet).people, "a login of one's own is told as much of each person"


def test_an_offer_that_ended_is_not_told(sheet: Sheet) -> None:
    with prepared(sheet.store) as db:
        for name in ("Gus", "Hal"):
            sheet.people[name] = make_person(db, name)
        make_enrollment(db, sheet.session, sheet.people["Gus"], EnrollmentState.OFFERED)
        late = make_enrollment(db, sheet.session, sheet.people["Hal"])
        values = {"state": "offered", "offer_until": MONDAY - DAY, "version": Enrollment.version + 1}
        db.execute(sa.update(Enrollment).where(Enrollment.id == late).values(values))
    assert [(one.name, one.offered) for one in load(sheet).pending] == [("Gus", True), ("Di", False)]


def test_who_may_read_it(sheet: Sheet) -> None:
    with prepared(sheet.store) as db:
        make_account(db, "tom", Role.TRAINER, trainer_id=sheet.trainer)
        make_account(db, "una", Role.TRAINER)
        make_account(db, "rae", Role.REQUESTER)
        make_account(db, "sue", Role.SUPERVISOR)
    assert len(load(sheet, "tom").people) == len(load(sheet, "sue").people) == 3
    for actor in ("una", "rae"):
        with pytest.raises(NotAllowed):
            load(sheet, actor)


def test_a_session_in_the_trash_has_no_sheet(sheet: Sheet) -> None:
    sheet.store.write("Unpublish", unpublish, sheet.session)
    sheet.store.write("Delete", delete_session, sheet.session)
    with pytest.raises(NotFound):
        load(sheet)
