"""Editing: the same checks come first, a refused move leaves the old slot, and each state has its rights (S3)."""

import datetime as dt
from typing import Any

import pytest
import sqlalchemy as sa

from tests.factories import at, make_enrollment, make_people, make_scheduled, make_trainer, prepared
from tests.services.planning.world import ELEVEN, NINE, NOON, NOW, TEN, World, told
from trainer_desk.models import Qualification, Session
from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.errors import DeskError, Refused, Stale, WrongState
from trainer_desk.services.planning import drafts, lifecycle, publishing
from trainer_desk.texts import error_text


def refused(world: World, session: int, **fields: Any) -> DeskError:
    """Edit, expect a refusal, and prove that session, links and claims are as they were."""
    before = world.columns(session), world.links(session), world.claims(session)
    with pytest.raises(DeskError) as refusal:
        world.edit(session, **fields)
    assert (world.columns(session), world.links(session), world.claims(session)) == before
    return refusal.value


def test_a_move_takes_the_claims_along(each_world: World) -> None:
    world = each_world
    session = world.scheduled(co_trainer_ids=(world.bo,))
    world.edit(session, starts_at=TEN, ends_at=ELEVEN, venue_id=world.hall, co_trainer_ids=())
    assert world.claims(session) == {(key, TEN, ELEVEN) for key in (world.ann, world.hall_a, world.hall_b)}
    assert world.scheduled(), "the old slot is free again"


MOVES: dict[str, dict[str, Any]] = {
    "time": {"starts_at": TEN, "ends_at": ELEVEN},
    "longer": {"ends_at": TEN + dt.timedelta(seconds=1)},
}


@pytest.mark.parametrize("move", MOVES.values(), ids=MOVES.keys())
def test_a_move_into_a_clash_is_refused_and_the_old_slot_stands(each_world: World, move: dict[str, Any]) -> None:
    world = each_world
    stands = world.scheduled(starts_at=TEN, ends_at=ELEVEN)
    session = world.scheduled()
    error = refused(world, session, **move)
    assert isinstance(error, Refused)
    assert told(error.findings) == [("trainer_busy", "trainer", "ANN"), ("venue_busy", "venue", "ROOM")]
    assert {finding.clashes_with for finding in error.findings} == {(world.ref(stands),)}


def test_a_trainer_room_or_helper_who_is_taken_is_refused(world: World) -> None:
    world.scheduled()
    session = world.scheduled(trainer_id=world.bo, venue_id=world.other_room)
    for fields, field in (
        ({"trainer_id": world.ann}, "trainer"),
        ({"co_trainer_ids": (world.ann,)}, "co_trainers"),
        ({"venue_id": world.room}, "venue"),
    ):
        (finding,) = refused(world, session, **fields).findings
        assert finding.field == field


INCOMPLETE: dict[str, tuple[dict[str, Any], str]] = {
    "no trainer": ({"trainer_id": None}, "missing_trainer"),
    "no venue": ({"venue_id": None}, "missing_venue"),
    "no start": ({"starts_at": None}, "missing_start"),
    "no end": ({"ends_at": None}, "missing_end"),
    "end before start": ({"ends_at": NINE}, "end_before_start"),
    "too long": ({"ends_at": NINE + dt.timedelta(hours=25)}, "too_long"),
}


@pytest.mark.parametrize(("fields", "code"), INCOMPLETE.values(), ids=INCOMPLETE.keys())
def test_a_scheduled_session_stays_complete(world: World, fields: dict[str, Any], code: str) -> None:
    session = world.scheduled()
    assert [finding.code for finding in refused(world, session, **fields).findings] == [code]


def test_a_course_that_the_trainer_may_not_teach_is_refused(world: World) -> None:
    session = world.scheduled(course_id=world.aid, trainer_id=world.cy)
    assert refused(world, session, course_id=world.fire).code == "trainer_not_qualified"


def test_a_session_does_not_clash_with_itself(world: World) -> None:
    session = world.scheduled()
    world.edit(session, starts_at=NINE + dt.timedelta(minutes=30), ends_at=TEN + dt.timedelta(minutes=30))
    world.edit(session, title="Same time, other name")
    assert world.card(session).version == 4


def test_two_sessions_change_places_one_after_the_other(world: World) -> None:
    first = world.scheduled()
    second = world.scheduled(starts_at=TEN, ends_at=ELEVEN)
    refused(world, first, starts_at=TEN, ends_at=ELEVEN)
    world.edit(second, starts_at=ELEVEN, ends_at=NOON)
    world.edit(first, starts_at=TEN, ends_at=ELEVEN)
    world.edit(second, starts_at=NINE, ends_at=TEN)
    assert {row[1] for row in world.claims(second)} == {NINE}


def test_orange_findings_are_answered_and_saved(world: World) -> None:
    session = world.scheduled()
    found = world.edit(session, starts_at=NOW - dt.timedelta(hours=2), ends_at=NOW - dt.timedelta(hours=1))
    assert [finding.code for finding in found] == ["in_the_past"]


def test_capacity_never_falls_below_the_people(world: World) -> None:
    for session in (world.draft(capacity=5), world.scheduled(capacity=5)):
        with prepared(world.store) as db:
            for person in make_people(db, 3):
                make_enrollment(db, session, person)
        assert refused(world, session, capacity=2).code == "capacity_below_people"
        world.edit(session, capacity=3)
        world.edit(session, capacity=None)


def test_an_old_version_is_refused_and_says_who_saved_since_and_when(world: World) -> None:
    session = world.scheduled()
    seen = world.card(session).version
    world.clock.instant = at("2026-07-01 13:05")
    world.edit(session, title="Theirs", version=seen)
    with pytest.raises(Stale) as refusal:
        world.edit(session, title="Mine", version=seen)
    facts = refusal.value.facts
    assert (facts["ref"], facts["by"], facts["version"]) == (world.ref(session), world.store.actor, seen + 1)
    if world.store.is_file:  # a server stamps changes with its own clock
        assert facts["at"] == at("2026-07-01 13:05")
    assert facts["by"] in error_text(refusal.value)
    assert world.card(session).title == "Theirs"


def test_a_change_of_co_trainers_alone_is_a_new_version_by_its_own_author(world: World) -> None:
    session = world.draft()
    world.clock.instant = at("2026-07-01 13:05")
    world.store.write("Helped", drafts.edit_session, session, {"co_trainer_ids": (world.bo,)}, actor="helper")
    with pytest.raises(Stale) as refusal:
        world.edit(session, title="Mine", version=1)
    if world.store.is_file:  # on a server the login writes, whatever name is given
        assert (refusal.value.facts["by"], refusal.value.facts["at"]) == ("helper", at("2026-07-01 13:05"))


@pytest.mark.parametrize("verb", [lifecycle.unpublish, publishing.publish, lifecycle.cancel, lifecycle.reinstate])
def test_every_move_can_be_bound_to_the_version_that_was_seen(world: World, verb: Any) -> None:
    session = world.draft()
    if verb is not publishing.publish:
        world.do(publishing.publish, session)
    if verb is lifecycle.reinstate:
        world.do(lifecycle.cancel, session, "Snow")
    version = world.card(session).version
    world.edit(session, notes="Somebody was here")
    words = ("Rain",) if verb is lifecycle.cancel else ()
    before = world.columns(session)
    with pytest.raises(Stale):
        world.do(verb, session, *words, version=version)
    assert world.columns(session) == before
    world.do(verb, session, *words, version=version + 1)


ALWAYS = {"notes": "Late papers", "metadata": {"room": "cold"}}
RUNNING: dict[str, Any] = {
    "title": "Renamed",
    "description": "Longer",
    "capacity": 9,
    "minimum": 2,
    "ends_at": NOON,
}
NEVER_WHILE_RUNNING: dict[str, Any] = {"starts_at": NINE + dt.timedelta(minutes=5)}


def in_state(world: World, status: SessionStatus) -> int:
    """Make a session of FIRE in that state, on Monday at nine."""
    more = {"cancel_reason": "Snow"} if status is SessionStatus.CANCELLED else {}
    with prepared(world.store) as db:
        return make_scheduled(db, course=world.fire, trainer=world.ann, venue=world.room, status=status, **more)


@pytest.mark.parametrize("name", [*RUNNING, "trainer_id", "venue_id", "co_trainer_ids", *ALWAYS])
def test_while_it_runs_everything_but_course_and_start_may_change(world: World, name: str) -> None:
    session = in_state(world, SessionStatus.IN_PROGRESS)
    others = {"trainer_id": world.bo, "venue_id": world.hall, "co_trainer_ids": (world.bo,)}
    world.edit(session, **{name: (RUNNING | ALWAYS | others)[name]})
    assert world.card(session).version == 2
    assert world.card(session).status is SessionStatus.IN_PROGRESS


def test_while_it_runs_course_and_start_are_fixed(world: World) -> None:
    session = in_state(world, SessionStatus.IN_PROGRESS)
    for fields in ({"course_id": world.aid}, NEVER_WHILE_RUNNING, {"course_id": world.aid, "notes": "both"}):
        error = refused(world, session, **fields)
        assert (error.code, error.facts["state"]) == ("wrong_state", SessionStatus.IN_PROGRESS)
    assert world.edit(session, starts_at=NINE, notes="an equal start is no change") == ()


def test_a_running_session_is_checked_too(world: World) -> None:
    world.scheduled(starts_at=TEN, ends_at=ELEVEN, trainer_id=world.bo)
    session = in_state(world, SessionStatus.IN_PROGRESS)
    assert refused(world, session, ends_at=ELEVEN).code == "venue_busy"


@pytest.mark.parametrize("status", [SessionStatus.COMPLETED, SessionStatus.CANCELLED])
def test_what_is_over_keeps_all_but_notes_and_metadata(world: World, status: SessionStatus) -> None:
    session = in_state(world, status)
    others = {"trainer_id": world.bo, "venue_id": world.hall, "co_trainer_ids": (world.bo,), "course_id": world.aid}
    for name, value in (RUNNING | NEVER_WHILE_RUNNING | others).items():
        error = refused(world, session, **{name: value})
        assert isinstance(error, WrongState)
        assert error.facts["state"] is status
    for name, value in ALWAYS.items():
        world.edit(session, **{name: value})
    assert world.card(session).version == 3
    assert not world.claims(session)


def test_two_writers_of_one_row_are_told_apart_even_without_a_version(world: World) -> None:
    """The row is locked first: what somebody else saved a moment ago is what is written on."""
    session = world.draft()
    with world.store.writing("Raw") as unit:
        unit.db.execute(sa.update(Session).values(title="Raw", version=Session.version + 1))
    world.edit(session, notes="Mine")
    assert (world.card(session).title, world.detail(session).notes) == ("Raw", "Mine")


def test_a_new_trainer_may_take_over_at_once(world: World) -> None:
    session = world.scheduled(co_trainer_ids=(world.bo,))
    with prepared(world.store) as db:
        dee = make_trainer(db, "DEE", courses=[world.fire])
    world.edit(session, trainer_id=dee)
    world.scheduled(venue_id=world.other_room)
    assert {row[0] for row in world.claims(session)} == {dee, world.bo, world.room}


def test_a_note_can_be_written_on_a_session_that_became_invalid_since(world: World) -> None:
    session = world.scheduled()
    with prepared(world.store) as db:
        db.execute(sa.update(Qualification).values(valid_until=dt.date(2020, 1, 1), version=Qualification.version + 1))
    world.edit(session, notes="Ann's card ran out", capacity=8, title="Fire")
    assert world.detail(session).notes == "Ann's card ran out"
    with pytest.raises(Refused):
        world.edit(session, ends_at=ELEVEN)
