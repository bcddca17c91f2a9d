"""Who comes without a seat, who waits and comes all the same, and whom to call for them (K3, A2, A4)."""

import datetime as dt

import pytest
import sqlalchemy as sa

from tests.factories import MONDAY, make_account, make_enrollment, make_person, prepared
from tests.services.attendance.conftest import Sheet
from trainer_desk.models import ContactLook, Enrollment, Session
from trainer_desk.models.enums import EnrollmentState, Role, SessionStatus
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.errors import NotAllowed, NotFound, Refused, WrongState
from trainer_desk.services.orchestration import attending
from trainer_desk.services.orchestration.undoing import undo_last
from trainer_desk.services.people.contacts import set_contact
from trainer_desk.services.rows.records import ContactRow
from trainer_desk.services.rows.seats import Outcome


def come(sheet: Sheet, *names: str, **more: str) -> list[Outcome]:
    people = [sheet.people[name] for name in names]
    return sheet.store.write("Add walk-in", attending.walk_in, sheet.session, people, **more).value


def admit(sheet: Sheet, name: str) -> Outcome:
    return sheet.store.write(f"Seat {name}", attending.admit, sheet.session, sheet.people[name]).value


def state_of(sheet: Sheet, name: str) -> str:
    query = sa.select(Enrollment.state).where(
        Enrollment.session_id == sheet.session, Enrollment.person_id == sheet.people[name]
    )
    return str(sheet.store.read(lambda db: db.execute(query).scalar_one()))


def limit(sheet: Sheet, seats: int) -> None:
    with prepared(sheet.store) as db:
        values = {"capacity": seats, "version": Session.version + 1}
        db.execute(sa.update(Session).where(Session.id == sheet.session).values(values))


def test_who_walks_in_gets_a_seat_and_is_marked_in_one_step(sheet: Sheet) -> None:
    assert [one.outcome for one in come(sheet, "Flo", "Ed", "Ann")] == ["enrolled", "enrolled", "already"]
    assert (sheet.of("Flo").attendance, sheet.of("Ed").attendance) == ("attended", "attended")
    assert sheet.marks()["Ann"] == "registered"
    assert undo_last(sheet.store).value == "Add walk-in"
    assert (state_of(sheet, "Flo"), state_of(sheet, "Ed")) == ("withdrawn", "withdrawn")


def test_a_full_session_takes_nobody_in(sheet: Sheet) -> None:
    limit(sheet, 3)
    [one] = come(sheet, "Flo")
    assert (one.outcome, one.code) == ("refused", "session_full")
    with pytest.raises(Refused) as refusal:
        admit(sheet, "Di")
    assert refusal.value.code == "session_full"
    assert state_of(sheet, "Di") == "waitlisted"


def test_the_trainer_takes_a_walk_in_after_the_end_too(sheet: Sheet) -> None:
    with prepared(sheet.store) as db:
        make_account(db, "tom", Role.TRAINER, trainer_id=sheet.trainer)
        make_account(db, "una", Role.TRAINER)
    sheet.store.clock = FixedClock(MONDAY + dt.timedelta(hours=5))
    assert [one.outcome for one in come(sheet, "Flo", actor="tom")] == ["enrolled"]
    with pytest.raises(NotAllowed):
        come(sheet, "Ed", actor="una")


@pytest.mark.parametrize("status", [SessionStatus.DRAFT, SessionStatus.COMPLETED, SessionStatus.CANCELLED])
def test_nobody_walks_into_what_does_not_take_place(sheet: Sheet, status: SessionStatus) -> None:
    sheet.become(status)
    with pytest.raises(WrongState):
        come(sheet, "Flo")
    with pytest.raises(WrongState):
        admit(sheet, "Di")


def test_who_waits_and_comes_is_seated_and_marked(sheet: Sheet) -> None:
    with prepared(sheet.store) as db:
        sheet.people["Gus"] = make_person(db, "Gus")
        make_enrollment(db, sheet.session, sheet.people["Gus"], EnrollmentState.OFFERED)
    assert admit(sheet, "Gus").outcome == "enrolled"
    assert admit(sheet, "Di").outcome == "enrolled"
    assert (sheet.of("Gus").attendance, sheet.of("Di").attendance) == ("attended", "attended")


def test_the_emergency_contact_is_for_those_who_plan_and_for_the_sessions_trainers(sheet: Sheet) -> None:
    ann, flo = sheet.people["Ann"], sheet.people["Flo"]
    with prepared(sheet.store) as db:
        make_account(db, "tom", Role.TRAINER, trainer_id=sheet.trainer)
        make_account(db, "una", Role.TRAINER)
        make_account(db, "sue", Role.SUPERVISOR)
        set_contact(db, ann, "Kim", "555", actor="boss", now=sheet.store.clock.now())

    def look(actor: str, person: int = ann) -> ContactRow:
        return sheet.store.write("Look", attending.look_at_contact, sheet.session, person, actor=actor).value

    assert look("tom") == look("sue") == ContactRow("Kim", "555")
    with pytest.raises(NotAllowed):
        look("una")
    with pytest.raises(NotFound):
        look("tom", flo)
    looks = sheet.store.read(lambda db: list(db.execute(sa.select(ContactLook.looked_by)).scalars()))
    who = (
        ["tom", "sue"] if sheet.store.is_file else [sheet.store.actor] * 2
    )  # a server believes no name but its login's
    assert looks == who
