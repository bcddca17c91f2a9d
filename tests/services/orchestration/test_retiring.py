"""Retiring a trainer, venue, course, beamer or person settles what is coming in one change, or changes nothing (N3)."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
import sqlalchemy as sa

from tests.databases import StoreFactory
from tests.factories import (
    MONDAY,
    make_course,
    make_draft,
    make_enrollment,
    make_equipment,
    make_people,
    make_scheduled,
    make_trainer,
    make_venue,
    prepared,
)
from trainer_desk.models import Course, Enrollment, Person, Resource
from trainer_desk.models.enums import EnrollmentState, SessionStatus, WaitlistMode
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.errors import DeskError, NotFound, Stale
from trainer_desk.services.orchestration.retiring import retire
from trainer_desk.services.orchestration.retiring_concerns import foresee
from trainer_desk.services.orchestration.soundness import check_database
from trainer_desk.services.orchestration.undoing import undo_last
from trainer_desk.services.planning.board import load_card
from trainer_desk.services.rows.retiring import Retired, Retirement
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rows.settling import Choice, Way
from trainer_desk.services.store.engine import Store

NOW = MONDAY - dt.timedelta(days=3)
TUESDAY = MONDAY + dt.timedelta(days=1)


@dataclass
class Plan:
    """Ann leads Monday's session in Room A with Bo and a beamer; Bo is free on Tuesday; Cy is not qualified."""

    store: Store
    course: int
    ann: int
    bo: int
    room_a: int
    room_b: int
    beamer: int
    monday: int
    tuesday: int
    draft: int

    def foresee(self, kind: str, thing: int) -> Retirement:
        return self.store.read(foresee, kind, thing, now=NOW)

    def retire(self, kind: str, thing: int, choices: dict[int, Choice], reason: str = "") -> Retired:
        return self.store.write("Retire it", retire, kind, thing, choices, reason).value

    def first_choices(self, kind: str, thing: int) -> dict[int, Choice]:
        """Give what the sheet proposes: the first way, and the first who could step in."""
        return {
            one.card.id: Choice(one.ways[0], one.substitutes[0].id if one.ways[0] is Way.REPLACE else None)
            for one in self.foresee(kind, thing).sessions
        }

    def card(self, session: int) -> SessionCard:
        return self.store.read(load_card, session)

    def is_active(self, model: type[Any], key: int) -> bool:
        with self.store.reading() as db:
            return bool(db.scalar(sa.select(model.active).where(model.id == key)))


@pytest.fixture
def plan(store_factory: StoreFactory) -> Plan:
    store = store_factory(FixedClock(NOW))
    with prepared(store) as db:
        course = make_course(db, "LOTO")
        ann, bo = (make_trainer(db, name, name=name, courses=[course]) for name in ("Ann", "Bo"))
        make_trainer(db, "Cy", name="Cy")
        room_a, room_b = make_venue(db, "A", capacity=8), make_venue(db, "B", capacity=20)
        beamer = make_equipment(db, "BEAM")
        both = {"course": course, "trainer": ann, "venue": room_a}
        monday = make_scheduled(db, starts_at=MONDAY, co_trainers=[bo], equipment=[beamer], ref="MON", **both)
        tuesday = make_scheduled(db, starts_at=TUESDAY, ref="TUE", **both)
        draft = make_draft(db, course=course, trainer=ann, venue=room_a, ref="SOME-DAY")
        make_scheduled(db, starts_at=MONDAY - dt.timedelta(days=30), ref="PAST", **both)
    return Plan(store, course, ann, bo, room_a, room_b, beamer, monday, tuesday, draft)


def assert_sound(plan: Plan) -> None:
    with plan.store.snapshot() as db:
        assert check_database(db, now=NOW) == []


def test_what_a_trainer_is_needed_for_and_who_could_step_in(plan: Plan) -> None:
    found = plan.foresee("trainer", plan.ann)
    assert (found.name, [one.card.ref for one in found.sessions]) == ("Ann", ["MON", "TUE", "SOME-DAY"])
    assert [[sub.name for sub in one.substitutes] for one in found.sessions] == [[], ["Bo"], []]
    assert [one.ways[0] for one in found.sessions] == [Way.DRAFT, Way.REPLACE, Way.LEAVE_OUT]
    assert found.sessions[1].substitutes[0].booked_minutes == 60


def test_a_trainer_goes_and_one_undo_brings_everything_back(plan: Plan) -> None:
    before = [plan.card(key) for key in (plan.monday, plan.tuesday, plan.draft)]
    done = plan.retire("trainer", plan.ann, plan.first_choices("trainer", plan.ann))
    assert done.settled == {Way.DRAFT: 1, Way.REPLACE: 1, Way.LEAVE_OUT: 1}
    monday, tuesday, draft = (plan.card(key) for key in (plan.monday, plan.tuesday, plan.draft))
    assert (monday.status, monday.trainer_id) == (SessionStatus.DRAFT, None)
    assert (tuesday.status, tuesday.trainer_id) == (SessionStatus.SCHEDULED, plan.bo)
    assert draft.trainer_id is None
    assert not plan.is_active(Resource, plan.ann)
    assert_sound(plan)
    undo_last(plan.store)
    after = [plan.card(key) for key in (plan.monday, plan.tuesday, plan.draft)]
    assert [(one.status, one.trainer_id) for one in after] == [(one.status, one.trainer_id) for one in before]
    assert plan.is_active(Resource, plan.ann)
    assert_sound(plan)


def test_a_venue_goes_and_a_larger_one_takes_its_sessions(plan: Plan) -> None:
    done = plan.retire("venue", plan.room_a, plan.first_choices("venue", plan.room_a))
    assert done.settled == {Way.REPLACE: 2, Way.LEAVE_OUT: 1}
    assert {plan.card(key).venue_id for key in (plan.monday, plan.tuesday)} == {plan.room_b}
    assert_sound(plan)


def test_a_whole_does_not_step_in_for_its_part(plan: Plan) -> None:
    with prepared(plan.store) as db:
        hall = make_venue(db, "HALL", capacity=50)
        db.execute(
            sa.text("UPDATE venues SET part_of_id = :hall WHERE id = :part"), {"hall": hall, "part": plan.room_a}
        )
    for one in plan.foresee("venue", plan.room_a).sessions:
        assert hall not in {sub.id for sub in one.substitutes}


def test_a_beamer_is_left_out_and_a_course_is_cancelled_for_a_reason(plan: Plan) -> None:
    plan.retire("equipment", plan.beamer, plan.first_choices("equipment", plan.beamer))
    assert plan.card(plan.monday).equipment_ids == ()
    assert plan.card(plan.monday).status is SessionStatus.SCHEDULED
    with pytest.raises(DeskError) as refusal:
        plan.retire("course", plan.course, plan.first_choices("course", plan.course))
    assert (refusal.value.code, refusal.value.facts["field"]) == ("bad_value", "reason")
    assert plan.is_active(Course, plan.course)
    plan.retire("course", plan.course, plan.first_choices("course", plan.course), "No longer taught")
    assert {plan.card(key).status for key in (plan.monday, plan.tuesday, plan.draft)} == {SessionStatus.CANCELLED}
    assert not plan.is_active(Course, plan.course)
    assert_sound(plan)


def test_what_is_kept_stands_with_a_red_finding(plan: Plan) -> None:
    keep = dict.fromkeys((plan.monday, plan.tuesday, plan.draft), Choice(Way.KEEP))
    assert plan.retire("trainer", plan.ann, keep).settled == {Way.KEEP: 3}
    assert plan.card(plan.monday).status is SessionStatus.SCHEDULED
    assert not plan.is_active(Resource, plan.ann)


def too_few(plan: Plan) -> dict[int, Choice]:
    return {plan.monday: Choice(Way.KEEP)}


def busy_substitute(plan: Plan) -> dict[int, Choice]:
    """Have Bo replace Ann on Tuesday, where somebody else took him meanwhile."""
    choices = plan.first_choices("trainer", plan.ann)
    with prepared(plan.store) as db:
        make_scheduled(db, course=plan.course, trainer=plan.bo, venue=plan.room_b, starts_at=TUESDAY)
    return choices


def impossible(plan: Plan) -> dict[int, Choice]:
    return plan.first_choices("trainer", plan.ann) | {plan.draft: Choice(Way.DRAFT)}


@pytest.mark.parametrize(
    ("choose", "code"), [(too_few, "stale"), (busy_substitute, "bad_value"), (impossible, "bad_value")]
)
def test_what_cannot_be_settled_changes_nothing(
    plan: Plan, choose: Callable[[Plan], dict[int, Choice]], code: str
) -> None:
    choices = choose(plan)
    before = [plan.card(key) for key in (plan.monday, plan.tuesday, plan.draft)]
    with pytest.raises(DeskError) as refusal:
        plan.retire("trainer", plan.ann, choices)
    assert refusal.value.code == code
    assert [plan.card(key) for key in (plan.monday, plan.tuesday, plan.draft)] == before
    assert plan.is_active(Resource, plan.ann)


def test_one_substitute_for_two_sessions_at_a_time_is_refused_by_name(plan: Plan) -> None:
    with prepared(plan.store) as db:
        twin = make_scheduled(db, course=plan.course, venue=plan.room_b, trainer=plan.ann, starts_at=TUESDAY + HOUR)
    choices = plan.first_choices("trainer", plan.ann)
    with prepared(plan.store) as db:  # longer since the proposal was made
        make_longer = "UPDATE sessions SET ends_at = :ends, version = version + 1 WHERE id = :id"
        ends = sa.bindparam("ends", TUESDAY + HOUR + dt.timedelta(minutes=30), type_=Enrollment.enrolled_at.type)
        db.execute(sa.text(make_longer).bindparams(ends), {"id": plan.tuesday})
    assert choices[twin].substitute_id == choices[plan.tuesday].substitute_id == plan.bo
    with pytest.raises(DeskError) as refusal:
        plan.retire("trainer", plan.ann, choices)
    assert refusal.value.code == "trainer_busy"
    assert refusal.value.facts["ref"] == plan.card(twin).ref


HOUR = dt.timedelta(hours=1)


def test_a_person_gives_up_every_coming_place_and_the_next_ones_move_up(plan: Plan) -> None:
    with prepared(plan.store) as db:
        leaver, second, third = make_people(db, 3)
        waiting = {"waitlist": WaitlistMode.ENROL, "capacity": 1, "course": plan.course}
        full = make_scheduled(db, starts_at=TUESDAY + 3 * HOUR, **waiting)
        make_enrollment(db, full, leaver)
        make_enrollment(db, full, second, EnrollmentState.WAITLISTED)
        other = make_scheduled(db, starts_at=TUESDAY + 5 * HOUR, **waiting)
        make_enrollment(db, other, third)
        make_enrollment(db, other, leaver, EnrollmentState.WAITLISTED)
        past = make_scheduled(db, course=plan.course, starts_at=MONDAY - dt.timedelta(days=20))
        make_enrollment(db, past, leaver)
    foreseen = plan.foresee("person", leaver)
    assert [(one.card.id, one.state.value) for one in foreseen.places] == [(full, "confirmed"), (other, "waitlisted")]
    done = plan.retire("person", leaver, {})
    assert (done.places, plan.is_active(Person, leaver)) == (2, False)
    assert states(plan, full) == {leaver: "withdrawn", second: "confirmed"}
    assert states(plan, other) == {leaver: "withdrawn", third: "confirmed"}
    assert states(plan, past) == {leaver: "confirmed"}
    assert_sound(plan)
    undo_last(plan.store)
    assert states(plan, full) == {leaver: "confirmed", second: "waitlisted"}
    assert plan.is_active(Person, leaver)


def states(plan: Plan, session: int) -> dict[int, str]:
    query = sa.select(Enrollment.person_id, Enrollment.state).where(Enrollment.session_id == session)
    with plan.store.reading() as db:
        return dict(db.execute(query).all())


def test_what_is_not_there_or_retired_already_is_not_found(plan: Plan) -> None:
    plan.retire("equipment", plan.beamer, plan.first_choices("equipment", plan.beamer))
    for kind, key in (("equipment", plan.beamer), ("trainer", plan.room_a), ("person", 999), ("course", 999)):
        with pytest.raises(NotFound):
            plan.retire(kind, key, {})


def test_a_session_that_came_meanwhile_is_not_passed_over(plan: Plan) -> None:
    choices = plan.first_choices("trainer", plan.ann)
    with prepared(plan.store) as db:
        make_draft(db, course=plan.course, trainer=plan.ann)
    with pytest.raises(Stale):
        plan.retire("trainer", plan.ann, choices)
