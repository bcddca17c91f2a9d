"""Leave, closures and holidays over sessions that stand there: all are settled in one change, or nothing is (C4)."""

import datetime as dt
from dataclasses import dataclass

import pytest

from tests.databases import StoreFactory
from tests.factories import (
    MONDAY,
    make_block,
    make_course,
    make_enrollment,
    make_equipment,
    make_people,
    make_scheduled,
    make_trainer,
    make_venue,
    prepared,
)
from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.directory import load_directory
from trainer_desk.services.errors import BadValue, DeskError, NotFound, Refused, Stale
from trainer_desk.services.journal.steps import next_undo
from trainer_desk.services.orchestration import absences
from trainer_desk.services.orchestration.absence_concerns import foresee
from trainer_desk.services.orchestration.scheduling import edit_session
from trainer_desk.services.orchestration.soundness import check_database
from trainer_desk.services.orchestration.undoing import redo_last, reverse, undo_last
from trainer_desk.services.planning.absences import list_absences
from trainer_desk.services.planning.board import load_card
from trainer_desk.services.planning.publishing import session_findings
from trainer_desk.services.rows.absences import Absence, Entered, Foreseen, Wanted
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rows.settling import Choice, Concerned, Way
from trainer_desk.services.store.engine import Store

NOW = MONDAY - dt.timedelta(days=3)
DAY = dt.timedelta(days=1)
HOUR = dt.timedelta(hours=1)
TUESDAY = MONDAY + DAY
WEEK = (MONDAY - 8 * HOUR, MONDAY + 5 * DAY)


@dataclass
class Plan:
    """Ann leads Monday's session in Hall A with a beamer, Tuesday's with Bo; Bo is free on Monday only."""

    store: Store
    course: int
    ann: int
    bo: int
    hall: int
    hall_a: int
    room: int
    beamer: int
    spare: int
    monday: int
    tuesday: int

    def wanted(self, resource: int | None, reason: str = "Ill") -> Wanted:
        return Wanted(resource, *WEEK, reason)

    def foresee(self, resource: int | None) -> Foreseen:
        return self.store.read(foresee, self.wanted(resource), now=NOW)

    def enter(self, resource: int | None, choices: dict[int, Choice], why: str = "") -> Entered:
        verb = absences.enter_holiday if resource is None else absences.enter_absence
        return self.store.write("Enter it", verb, self.wanted(resource), choices, why).value

    def proposed(self, resource: int | None) -> dict[int, Choice]:
        """Give what the sheet proposes."""
        return {one.card.id: self.first(one) for one in self.foresee(resource).sessions}

    def first(self, one: Concerned) -> Choice:
        way = one.ways[0]
        if way is Way.TIME:
            return Choice(way, time=one.times[0])
        return Choice(way, one.substitutes[0].id if way is Way.REPLACE else None)

    def card(self, session: int) -> SessionCard:
        return self.store.read(load_card, session)

    def cards(self) -> list[tuple[object, ...]]:
        shown = [self.card(key) for key in (self.monday, self.tuesday)]
        return [(one.status, one.starts_at, one.trainer_id, one.venue_id, one.equipment_ids) for one in shown]

    def absences(self, resource: int) -> list[Absence]:
        return self.store.read(list_absences, resource, self.store.read(load_directory))

    def codes(self, session: int) -> list[str]:
        return [finding.code for finding in self.store.read(session_findings, session, now=NOW)]


@pytest.fixture
def plan(store_factory: StoreFactory) -> Plan:
    store = store_factory(FixedClock(NOW))
    with prepared(store) as db:
        course = make_course(db, "LOTO")
        ann, bo = (make_trainer(db, name, name=name, courses=[course]) for name in ("Ann", "Bo"))
        hall = make_venue(db, "HALL", capacity=50)
        hall_a, room = make_venue(db, "HALL-A", capacity=8, part_of=hall), make_venue(db, "ROOM", capacity=20)
        beamer, spare = (make_equipment(db, f"BEAM{n}", name=f"Beamer {n}") for n in (1, 2))
        base = {"course": course, "trainer": ann}
        monday = make_scheduled(db, starts_at=MONDAY, venue=hall_a, equipment=[beamer], ref="MON", **base)
        tuesday = make_scheduled(db, starts_at=TUESDAY, venue=room, co_trainers=[bo], ref="TUE", **base)
        make_scheduled(db, starts_at=MONDAY - 30 * DAY, venue=room, ref="PAST", **base)
    return Plan(store, course, ann, bo, hall, hall_a, room, beamer, spare, monday, tuesday)


def assert_sound(plan: Plan) -> None:
    with plan.store.snapshot() as db:
        assert check_database(db, now=NOW) == []


def test_illness_names_the_sessions_hit_with_who_could_step_in(plan: Plan) -> None:
    found = plan.foresee(plan.ann)
    assert (found.kind, found.name) == ("trainer", "Ann")
    assert [(one.card.ref, [sub.name for sub in one.substitutes]) for one in found.sessions] == [
        ("MON", ["Bo"]),
        ("TUE", []),
    ]
    assert [one.ways[0] for one in found.sessions] == [Way.REPLACE, Way.TIME]


def test_illness_settles_all_in_one_change_and_one_undo_takes_it_back(plan: Plan) -> None:
    before = plan.cards()
    done = plan.enter(plan.ann, plan.proposed(plan.ann) | {plan.tuesday: Choice(Way.DRAFT)})
    assert done.settled == {Way.REPLACE: 1, Way.DRAFT: 1}
    assert plan.card(plan.monday).trainer_id == plan.bo
    tuesday = plan.card(plan.tuesday)
    assert (tuesday.status, tuesday.trainer_id, tuesday.starts_at) == (SessionStatus.DRAFT, None, TUESDAY)
    after = plan.cards()
    assert_sound(plan)
    undo_last(plan.store)
    assert (plan.cards(), plan.absences(plan.ann)) == (before, [])
    assert_sound(plan)
    redo_last(plan.store)
    assert (plan.cards(), len(plan.absences(plan.ann))) == (after, 1)
    assert_sound(plan)


def test_what_is_left_carries_a_red_finding(plan: Plan) -> None:
    done = plan.enter(plan.ann, {plan.monday: Choice(Way.KEEP), plan.tuesday: Choice(Way.KEEP)})
    assert done.left == 2
    assert plan.codes(plan.monday) == ["trainer_away"]
    assert [one.standing for one in plan.absences(plan.ann)] == [2]


def test_what_was_left_before_is_left_again_unless_somebody_says_otherwise(plan: Plan) -> None:
    narrow = Wanted(plan.ann, WEEK[0], TUESDAY - 4 * HOUR, "Ill")
    left = {plan.monday: Choice(Way.KEEP)}
    block = plan.store.write("Enter it", absences.enter_absence, narrow, left).value.block_id
    found = plan.store.read(foresee, plan.wanted(plan.ann), changing=block, now=NOW)
    assert [(one.card.id, one.ways[0]) for one in found.sessions] == [
        (plan.monday, Way.KEEP),
        (plan.tuesday, plan.foresee(plan.ann).sessions[1].ways[0]),
    ]
    assert set(found.sessions[0].ways) == set(plan.foresee(plan.ann).sessions[0].ways), "all else is still possible"
    before = plan.card(plan.monday)
    choices = {one.card.id: plan.first(one) for one in found.sessions}
    plan.store.write("Longer", absences.change_absence, block, plan.wanted(plan.ann), choices)
    assert plan.card(plan.monday) == before
    assert plan.card(plan.tuesday) != before
    assert_sound(plan)


def test_an_absence_that_was_lifted_meanwhile_is_told(plan: Plan) -> None:
    with pytest.raises(NotFound):
        plan.store.read(foresee, plan.wanted(plan.ann), changing=99_999, now=NOW)


def test_who_settles_it_later_can_take_that_back_while_the_leave_is_as_it_was(plan: Plan) -> None:
    plan.enter(plan.ann, {plan.monday: Choice(Way.KEEP), plan.tuesday: Choice(Way.KEEP)})
    before = plan.cards()
    plan.store.write("Give it to Bo", edit_session, plan.monday, {"trainer_id": plan.bo})
    undo_last(plan.store)
    assert (plan.cards(), plan.codes(plan.monday)) == (before, ["trainer_away"])
    assert_sound(plan)


def test_nobody_is_put_back_into_a_leave_that_came_since(plan: Plan) -> None:
    plan.store.write("Give it to Bo", edit_session, plan.monday, {"trainer_id": plan.bo})
    step = plan.store.read(next_undo, plan.store.actor)
    assert step is not None
    with prepared(plan.store) as db:
        make_block(db, plan.ann, *WEEK)
    with pytest.raises(Refused) as refusal:
        plan.store.write(step.label, reverse, step.change_id, undoes=step.change_id, kind=step.kind)
    assert refusal.value.code == "trainer_away"


def test_a_whole_hall_closes_and_its_part_is_settled_elsewhere(plan: Plan) -> None:
    found = plan.foresee(plan.hall)
    assert [one.card.ref for one in found.sessions] == ["MON"]
    assert {sub.id for sub in found.sessions[0].substitutes} == {plan.room}
    plan.enter(plan.hall, plan.proposed(plan.hall))
    assert plan.card(plan.monday).venue_id == plan.room
    assert_sound(plan)


def test_a_beamer_is_exchanged_for_its_like(plan: Plan) -> None:
    assert plan.proposed(plan.beamer) == {plan.monday: Choice(Way.REPLACE, plan.spare)}
    plan.enter(plan.beamer, plan.proposed(plan.beamer))
    assert plan.card(plan.monday).equipment_ids == (plan.spare,)


def test_a_holiday_puts_sessions_back_to_the_drafts_or_cancels_them(plan: Plan) -> None:
    choices = {plan.monday: Choice(Way.DRAFT), plan.tuesday: Choice(Way.CANCEL)}
    with pytest.raises(BadValue) as refusal:
        plan.enter(None, choices)
    assert refusal.value.facts["field"] == "reason"
    before = plan.cards()
    plan.enter(None, choices, "Strike")
    assert [plan.card(key).status for key in (plan.monday, plan.tuesday)] == ["DRAFT", "CANCELLED"]
    assert plan.card(plan.monday).starts_at is None
    undo_last(plan.store)
    assert plan.cards() == before
    assert_sound(plan)


def test_a_substitute_who_is_busy_by_now_refuses_all_of_it(plan: Plan) -> None:
    choices = {plan.monday: Choice(Way.REPLACE, plan.bo), plan.tuesday: Choice(Way.DRAFT)}
    with prepared(plan.store) as db:
        make_block(db, plan.bo, MONDAY, MONDAY + HOUR)
    before = plan.cards()
    with pytest.raises(Refused) as refusal:
        plan.enter(plan.ann, choices)
    assert (refusal.value.code, refusal.value.facts["ref"]) == ("trainer_away", "MON")
    assert (plan.cards(), plan.absences(plan.ann)) == (before, [])


def test_another_time_is_outside_of_the_absence_and_one_undo_brings_it_back(plan: Plan) -> None:
    before = plan.cards()
    [_monday, tuesday] = plan.foresee(plan.ann).sessions
    assert tuesday.times
    for time in tuesday.times:
        assert time.trainer_id == plan.bo or time.starts_at >= WEEK[1]
    plan.enter(plan.ann, {plan.monday: Choice(Way.KEEP), plan.tuesday: plan.first(tuesday)})
    moved, time = plan.card(plan.tuesday), tuesday.times[0]
    assert (moved.status, moved.starts_at, moved.trainer_id) == ("SCHEDULED", time.starts_at, time.trainer_id)
    assert_sound(plan)
    undo_last(plan.store)
    assert plan.cards() == before


def test_whoever_loses_a_date_has_another_one_and_waits_for_nothing(plan: Plan) -> None:
    with prepared(plan.store) as db:
        people = make_people(db, 3)
        later = make_scheduled(
            db, course=plan.course, trainer=plan.bo, starts_at=MONDAY + 9 * DAY, capacity=2, ref="LATER"
        )
        for person in people:
            make_enrollment(db, plan.monday, person)
    choices = {plan.monday: Choice(Way.CANCEL), plan.tuesday: Choice(Way.DRAFT)}
    done = plan.enter(plan.ann, choices, "Ann is ill")
    assert (done.rehomed.seated, done.rehomed.left, plan.card(later).seats_taken) == (2, 1, 2)
    assert plan.card(plan.monday).status is SessionStatus.CANCELLED
    assert_sound(plan)
    undo_last(plan.store)
    assert (plan.card(later).seats_taken, plan.card(plan.monday).seats_taken) == (0, 3)
    assert_sound(plan)


def test_two_sessions_at_one_time_are_not_given_the_same_room(plan: Plan) -> None:
    with prepared(plan.store) as db:
        hall_b = make_venue(db, "HALL-B", part_of=plan.hall)
        make_venue(db, "SPARE", capacity=30)
        make_scheduled(db, trainer=plan.bo, course=plan.course, venue=hall_b, starts_at=MONDAY, ref="MON-B")
    assert len({choice.substitute_id for choice in plan.proposed(plan.hall).values()}) == 2
    plan.enter(plan.hall, plan.proposed(plan.hall))
    assert_sound(plan)


def test_a_session_that_came_meanwhile_is_not_passed_over(plan: Plan) -> None:
    with pytest.raises(Stale):
        plan.enter(plan.ann, {plan.monday: Choice(Way.KEEP)})
    assert plan.absences(plan.ann) == []


def test_leave_is_changed_and_lifted(plan: Plan) -> None:
    keep = {plan.monday: Choice(Way.KEEP), plan.tuesday: Choice(Way.KEEP)}
    block = plan.enter(plan.ann, keep).block_id
    shorter = Wanted(plan.ann, WEEK[0], WEEK[0] + DAY, "Dentist")
    write = plan.store.write
    write("Change it", absences.change_absence, block, shorter, {plan.monday: Choice(Way.REPLACE, plan.bo)}, version=1)
    assert plan.card(plan.monday).trainer_id == plan.bo
    [now] = plan.absences(plan.ann)
    assert (now.ends_at, now.reason, now.version, now.standing) == (WEEK[0] + DAY, "Dentist", 2, 0)
    assert plan.codes(plan.tuesday) == []
    with pytest.raises(Stale):
        write("Lift it", absences.lift_absence, block, version=1)
    write("Lift it", absences.lift_absence, block, version=2)
    assert plan.absences(plan.ann) == []
    assert_sound(plan)
    undo_last(plan.store)
    undo_last(plan.store)
    assert [one.ends_at for one in plan.absences(plan.ann)] == [WEEK[1]]
    assert_sound(plan)


def test_what_makes_no_absence_is_refused(plan: Plan) -> None:
    keep = {plan.monday: Choice(Way.KEEP), plan.tuesday: Choice(Way.KEEP)}
    plan.enter(plan.ann, keep)
    with pytest.raises(DeskError) as twice:
        plan.enter(plan.ann, keep)
    assert twice.value.code == "duplicate_ref"
    for wanted, error in (
        (Wanted(plan.ann, MONDAY, MONDAY), BadValue),
        (Wanted(plan.ann, MONDAY, MONDAY + 4000 * DAY), BadValue),
        (Wanted(999_999, *WEEK), NotFound),
        (Wanted(None, *WEEK), NotFound),
    ):
        with pytest.raises(error):
            plan.store.write("Enter it", absences.enter_absence, wanted, keep)
    with pytest.raises((Refused, BadValue)):
        plan.enter(plan.bo, {plan.tuesday: Choice(Way.REPLACE, plan.ann)})
