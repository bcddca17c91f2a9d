"""Only people on the run may take its days: on every path, in the database too, and what puts people on it (R1, R4)."""

from typing import Any

import pytest
import sqlalchemy as sa

from tests.factories import make_enrollment, prepared
from tests.services.seats.desk import DAY, NINE, Desk, told
from trainer_desk.models import Change, Enrollment, Run, RunMember
from trainer_desk.models.enums import EnrollmentState, SessionStatus
from trainer_desk.services.errors import DeskError, NotFound, Refused
from trainer_desk.services.membership import end_members
from trainer_desk.services.orchestration.soundness import check_database
from trainer_desk.services.orchestration.undoing import reverse, undo_last
from trainer_desk.services.planning.run_editing import RunSaved, edit_run
from trainer_desk.services.rows.seats import PickerFilter
from trainer_desk.services.seats.foreseeing import foresee
from trainer_desk.services.seats.holds import fill_hold
from trainer_desk.services.seats.moving import move_person, replace_person
from trainer_desk.services.seats.next_date import enroll_next
from trainer_desk.services.seats.on_run import put_on_run, take_off_run
from trainer_desk.services.seats.picker import pick
from trainer_desk.services.seats.whole_run import enroll_in_run

NOT_ON_RUN = [("refused", "not_on_run", None)]


def closed(desk: Desk, **columns: Any) -> int:
    """Make a run that only its people may attend, and the people, so that nothing is made between two deeds."""
    desk.people("ann bo cy dan")
    run = desk.run(None)
    desk.do(edit_run, run, {"members_only": True, "name": "July batch"} | columns)
    return run


def members(desk: Desk, run: int) -> set[str]:
    """Name those who are on a run."""
    query = sa.select(RunMember.person_id).where(RunMember.run_id == run, RunMember.deleted_at.is_(None))
    on_it = set(desk.store.read(lambda db: list(db.scalars(query))))
    return {name for name in ("ann", "bo", "cy", "dan") if desk.person(name) in on_it}


@pytest.mark.parametrize("status", [SessionStatus.DRAFT, SessionStatus.SCHEDULED])
def test_who_is_not_on_the_run_is_refused_with_the_way_out_and_not_queued(desk: Desk, status: SessionStatus) -> None:
    run = closed(desk)
    desk.session("A", run_id=run, capacity=2, status=status)
    desk.do(put_on_run, run, desk.people("bo"))
    outcomes = desk.enroll("A", "ann bo")
    assert told(outcomes) == [*NOT_ON_RUN, ("enrolled", None, None)]
    [finding] = outcomes[0].findings
    assert (finding.subject, finding.facts["run"], finding.fixes[0].code) == ("ann", "July batch", "put_on_run")
    assert desk.stands("A") == {"bo": "confirmed"}


def test_next_dates_moves_replacements_and_holds_ask_as_well(desk: Desk) -> None:
    run, course = closed(desk), desk.course()
    desk.session("B", "ann", course=course, starts_at=NINE + DAY)
    desk.session("A", run_id=run, capacity=3, course=course)
    desk.do(put_on_run, run, desk.people("dan"))
    desk.enroll("A", "dan")
    hold = desk.hold("A", 2)
    assert told(desk.do(fill_hold, hold, desk.people("cy"))) == NOT_ON_RUN
    assert [one.code for one in desk.do(enroll_next, course, desk.people("bo"))] == ["session_full"]
    for verb, args in ((move_person, ("ann", "B", "A")), (replace_person, ("A", "dan", "bo"))):
        with pytest.raises(Refused) as refused:
            desk.do(verb, *args)
        assert [one.code for one in refused.value.findings] == ["not_on_run"]
    seen = desk.store.read(foresee, desk.id("A"), desk.people("bo dan"), now=desk.clock.now())
    assert seen.refused == {"not_on_run": 1}
    page = desk.store.read(pick, desk.id("A"), PickerFilter(), now=desk.clock.now())
    assert {one.name for one in page.people if one.not_on_run and one.is_kept_out} == {"ann", "bo", "cy"}


def test_a_waiter_is_passed_over_until_they_are_on_the_run(desk: Desk) -> None:
    run = desk.run(None)
    desk.session("A", "ann", waiting="bo cy", run_id=run)
    desk.do(edit_run, run, {"members_only": True})
    assert members(desk, run) == {"ann"}
    desk.withdraw("A", "ann")
    assert (desk.skip("A", "bo"), desk.seated("A")) == (("not_on_run", None), set())
    assert told(desk.do(put_on_run, run, desk.people("cy ann"))) == [
        ("on_run", None, None),
        ("already", "already_enrolled", None),
    ]
    assert (desk.seated("A"), desk.queue("A")) == ({"cy"}, ["bo"])


def test_a_run_that_is_open_again_lets_those_in_who_waited_for_that(desk: Desk) -> None:
    run = closed(desk)
    desk.session("A", waiting="bo", run_id=run, capacity=1)
    assert desk.do(edit_run, run, {"members_only": False}) == RunSaved(is_changed=True, has_risen=True)
    desk.enroll("A", "cy")
    assert desk.seated("A") == {"bo"}


def test_the_whole_run_puts_people_on_it_and_leaving_takes_them_off(desk: Desk) -> None:
    run, me = closed(desk), desk.store.actor
    desk.session("A", run_id=run, capacity=1)
    desk.session("B", run_id=run, capacity=3, starts_at=NINE + DAY)
    assert told(desk.do(enroll_in_run, run, desk.people("ann bo"), actor=me)) == [
        ("enrolled", None, None),
        ("refused", "session_full", None),
    ]
    assert members(desk, run) == {"ann"}
    undo_last(desk.store)
    assert (members(desk, run), desk.seated("A"), desk.seated("B")) == (set(), set(), set())
    desk.do(enroll_in_run, run, desk.people("ann"), actor=me)
    desk.do(take_off_run, run, desk.people("ann"), actor=me)
    assert (members(desk, run), desk.stands("A")) == (set(), {"ann": "withdrawn"})
    undo_last(desk.store)
    assert (members(desk, run), desk.seated("A"), desk.seated("B")) == ({"ann"}, {"ann"}, {"ann"})


def test_leaving_keeps_the_days_that_have_begun_and_frees_the_others(desk: Desk) -> None:
    run = desk.run(None)
    desk.session("A", "ann", run_id=run, starts_at=NINE - 9 * DAY)
    desk.session("B", "ann", waiting="bo", run_id=run)
    desk.session("C", "ann", run_id=run, starts_at=NINE + DAY, status=SessionStatus.CANCELLED, cancel_reason="Rain")
    desk.do(edit_run, run, {"members_only": True})
    desk.do(put_on_run, run, desk.people("bo"))
    assert desk.do(take_off_run, run, desk.people("ann")).promoted == {desk.id("B"): ("bo",)}
    assert [desk.seated(ref) for ref in "ABC"] == [{"ann"}, {"bo"}, set()]
    assert members(desk, run) == {"bo"}


def test_the_database_refuses_whatever_slips_past(desk: Desk) -> None:
    run = closed(desk)
    session = desk.session("A", run_id=run, capacity=3)
    ann, bo = desk.people("ann bo")
    desk.do(put_on_run, run, [bo])
    with pytest.raises(Exception, match="not_on_run"), prepared(desk.store) as db:
        make_enrollment(db, session, ann, EnrollmentState.CONFIRMED)
    with prepared(desk.store) as db:
        make_enrollment(db, session, ann, EnrollmentState.WAITLISTED)
        make_enrollment(db, session, bo, EnrollmentState.CONFIRMED)
    seat = sa.update(Enrollment).where(Enrollment.person_id == ann)
    seat = seat.values(state="confirmed", position=None, version=Enrollment.version + 1)
    with pytest.raises(Exception, match="not_on_run"), prepared(desk.store) as db:
        db.execute(seat)
    with pytest.raises(NotFound):
        desk.do(put_on_run, 4711, [ann])


def test_a_run_cannot_be_closed_around_somebody_by_hand(desk: Desk) -> None:
    run = desk.run(None)
    desk.session("A", "ann", run_id=run)
    with pytest.raises(Exception, match="not_on_run"), prepared(desk.store) as db:
        db.execute(sa.update(Run).where(Run.id == run).values(members_only=True, version=Run.version + 1))


def test_a_seat_does_not_come_back_by_undo_to_who_left_the_run(desk: Desk) -> None:
    run, me = closed(desk), desk.store.actor
    desk.session("A", run_id=run, capacity=3)
    desk.do(enroll_in_run, run, desk.people("ann"), actor=me)
    desk.withdraw("A", "ann", actor=me)
    withdrawal = desk.store.read(lambda db: db.scalar(sa.select(sa.func.max(Change.id))))
    desk.do(take_off_run, run, desk.people("ann"))
    with pytest.raises(DeskError) as refused:
        desk.do(reverse, withdrawal)
    assert refused.value.code == "not_on_run"
    assert desk.seated("A") == set()


def test_undo_does_not_take_somebody_off_the_run_who_has_a_place_by_now(desk: Desk) -> None:
    run = closed(desk)
    desk.session("A", run_id=run, capacity=3)
    desk.do(put_on_run, run, desk.people("ann"))
    joining = desk.store.read(lambda db: db.scalar(sa.select(sa.func.max(Change.id))))
    desk.enroll("A", "ann")
    with pytest.raises(Refused) as refused:
        desk.do(reverse, joining)
    assert [one.code for one in refused.value.findings] == ["not_on_run"]
    assert check_database_of(desk) == []


def test_db_check_finds_who_sits_there_without_being_on_the_run(desk: Desk) -> None:
    run = closed(desk)
    desk.session("A", run_id=run, capacity=3)
    desk.do(enroll_in_run, run, desk.people("ann"))
    with prepared(desk.store) as db:
        end_members(db, run, desk.people("ann"), desk.clock.now())
    assert check_database_of(desk) == ["run_outsider"]


def check_database_of(desk: Desk) -> list[str]:
    return [one.code for one in desk.store.read(check_database, now=desk.clock.now()) if one.code.startswith("run")]
