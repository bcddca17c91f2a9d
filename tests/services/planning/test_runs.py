"""Runs: the list with what is derived, one run whole, making and editing, and the sessions in them."""

import datetime as dt
from typing import Any

import pytest
import sqlalchemy as sa

from tests.factories import (
    MONDAY,
    at,
    make_draft,
    make_enrollment,
    make_hold,
    make_people,
    make_run,
    make_scheduled,
    prepared,
)
from tests.services.planning.world import NINE, NOW, TEN, World
from trainer_desk.models import Enrollment, Run
from trainer_desk.models.enums import EnrollmentState, RunStatus, SessionStatus
from trainer_desk.services.errors import BadValue, DeskError, NotFound, Refused, Stale
from trainer_desk.services.planning import drafts
from trainer_desk.services.planning.board import load_board
from trainer_desk.services.planning.run_editing import RunSaved, create_run, edit_run
from trainer_desk.services.planning.runs import list_runs, load_run, run_ids
from trainer_desk.services.rows.runs import RunDetail, RunSummary

HOUR = dt.timedelta(hours=1)
OFFERED, WAITLISTED = EnrollmentState.OFFERED, EnrollmentState.WAITLISTED


def runs_of(world: World, now: dt.datetime = NOW) -> dict[str, RunSummary]:
    return {one.run.code: one for one in world.store.read(list_runs, now=now)}


def run_of(world: World, code: str, now: dt.datetime = NOW) -> RunDetail:
    return world.store.read(load_run, code, now=now)


def stored(world: World, run: int) -> dict[str, Any]:
    with world.store.reading() as db:
        return dict(db.execute(sa.select(Run.__table__).where(Run.id == run)).mappings().one())


def test_an_organisation_without_runs(world: World) -> None:
    assert runs_of(world) == {}
    with pytest.raises(NotFound) as refusal:
        run_of(world, "JULY")
    assert refusal.value.facts == {"kind": "run", "key": "JULY"}


def test_the_list_by_first_day(world: World) -> None:
    with prepared(world.store) as db:
        make_run(db, "B", course=world.fire)
        make_run(db, "A", course=world.fire)
        make_run(db, "LATE", course=world.fire, start_date=dt.date(2026, 8, 1))
        make_run(db, "EARLY", course=world.fire, start_date=dt.date(2026, 7, 1))
        make_run(db, "GONE", course=world.fire, deleted_at=NOW)
    assert list(runs_of(world)) == ["EARLY", "LATE", "A", "B"]
    assert set(world.store.read(run_ids)) == {"EARLY", "LATE", "A", "B"}
    with pytest.raises(NotFound):
        run_of(world, "GONE")


def test_sessions_people_and_status(world: World) -> None:
    with prepared(world.store) as db:
        ann, bo, cy = make_people(db, 3)
        run = make_run(db, "JULY", course=world.fire, max_people=3)
        later = make_scheduled(db, course=world.aid, starts_at=TEN + 24 * HOUR, run_id=run, capacity=2)
        first = make_scheduled(db, course=world.fire, starts_at=NINE, run_id=run)
        draft = make_draft(db, course=world.fire, run_id=run)
        off = make_scheduled(
            db, starts_at=NINE - 48 * HOUR, run_id=run, status=SessionStatus.CANCELLED, cancel_reason="ill"
        )
        make_draft(db, course=world.fire, run_id=run, deleted_at=NOW)
        make_scheduled(db, course=world.fire, starts_at=NINE)
        for session, person in ((first, ann), (later, ann), (first, bo)):
            make_enrollment(db, session, person)
        make_enrollment(db, first, cy, WAITLISTED)
        make_enrollment(db, off, cy)
    found = runs_of(world)["JULY"]
    assert (found.sessions, found.run.people_taken, found.available) == (4, 2, 1)
    assert (found.starts_at, found.ends_at) == (NINE, TEN + 25 * HOUR)
    assert found.status is RunStatus.OPEN
    whole = run_of(world, "JULY")
    assert whole.summary == found
    assert [(one.card.id, one.day) for one in whole.sessions] == [(off, None), (first, 1), (later, 2), (draft, None)]
    assert runs_of(world, NINE)["JULY"].status is RunStatus.RUNNING
    assert runs_of(world, TEN + 26 * HOUR)["JULY"].status is RunStatus.RUNNING
    with prepared(world.store) as db:
        make_enrollment(db, later, cy)
    assert runs_of(world)["JULY"].status is RunStatus.FULL
    assert run_of(world, "JULY").summary.available == 0


def test_the_last_day_is_one_of_the_organisation(world: World) -> None:
    with prepared(world.store) as db:
        make_run(db, "JULY", course=world.fire, end_date=dt.date(2026, 7, 1))
    assert runs_of(world, at("2026-07-01 23:59"))["JULY"].status is RunStatus.PLANNED
    assert runs_of(world, at("2026-07-02 00:00"))["JULY"].status is RunStatus.OVER


def test_what_ended_counts_no_more(world: World) -> None:
    with prepared(world.store) as db:
        ann, bo, cy, di = make_people(db, 4)
        run = make_run(db, "JULY", course=world.fire, max_people=4)
        first, second, off = (
            make_scheduled(db, course=world.fire, starts_at=NINE + day * 24 * HOUR, run_id=run, capacity=3)
            for day in range(3)
        )
        make_enrollment(db, first, ann)
        for session, person in ((first, bo), (first, cy), (second, cy), (second, ann), (off, di)):
            make_enrollment(db, session, person, OFFERED)
        lapsed = sa.update(Enrollment).where(Enrollment.state == OFFERED.value, Enrollment.session_id != second)
        db.execute(lapsed.values(offer_until=NOW, version=Enrollment.version + 1))
        make_hold(db, second, 1, until_at=NOW)
    # Ann has a seat, Cy's offer of the second day is open; Bo's and Di's offers have ended.
    found = run_of(world, "JULY")
    assert (found.summary.run.people_taken, found.summary.available) == (2, 2)
    assert [one.card.seats_taken for one in found.sessions] == [1, 2, 0]
    assert runs_of(world)["JULY"] == found.summary
    assert runs_of(world, NOW - HOUR)["JULY"].run.people_taken == 4
    assert runs_of(world, NOW - HOUR)["JULY"].status is RunStatus.FULL


def test_a_run_needs_a_course_only(world: World) -> None:
    run = world.do(create_run, "JULY", {"course_id": world.fire})
    row = stored(world, run)
    assert (row["code"], row["name"], row["max_people"], row["version"]) == ("JULY", "JULY", None, 1)
    assert (row["members_only"], row["one_course"], row["start_date"]) == (False, False, None)
    with pytest.raises(DeskError) as refusal:
        world.do(create_run, "JULY", {"course_id": world.fire})
    assert refusal.value.code == "duplicate_ref"


def test_a_run_that_was_undone_comes_back_as_new(world: World) -> None:
    with prepared(world.store) as db:
        run = make_run(db, "JULY", course=world.aid, max_people=3, end_date=dt.date(2026, 1, 1), deleted_at=NOW)
    assert world.do(create_run, "JULY", {"course_id": world.fire, "name": "Batch"}) == run
    row = stored(world, run)
    assert (row["name"], row["course_id"], row["max_people"], row["end_date"]) == ("Batch", world.fire, None, None)
    assert (row["deleted_at"], row["version"]) == (None, 2)


@pytest.mark.parametrize(
    ("fields", "field", "why"),
    [
        ({"name": ""}, "name", "empty"),
        ({"max_people": 0}, "max_people", "zero"),
        ({"max_people": -2}, "max_people", "below_zero"),
        ({"max_people": 2_000_000}, "max_people", "number_too_large"),
        ({"start_date": "soon"}, "start_date", "not_a_day"),
        ({"start_date": dt.date(2026, 7, 2), "end_date": dt.date(2026, 7, 1)}, "end_date", "to_before_from"),
        ({"end_date": dt.date(2026, 6, 30)}, "end_date", "to_before_from"),
        ({"course_id": None}, "course", "missing"),
        ({"hat": 1}, "hat", "unknown_field"),
    ],
)
def test_values_that_cannot_be(world: World, fields: dict[str, Any], field: str, why: str) -> None:
    run = world.do(create_run, "JULY", {"course_id": world.fire, "start_date": dt.date(2026, 7, 1)})
    with pytest.raises(BadValue) as refusal:
        world.do(edit_run, run, fields)
    assert (refusal.value.facts["field"], refusal.value.facts["why"]) == (field, why)
    assert stored(world, run)["version"] == 1


def test_editing(world: World) -> None:
    run = world.do(create_run, "JULY", {"course_id": world.fire})
    assert world.do(edit_run, run, {"max_people": 3, "name": "Batch"}) == RunSaved(True, has_risen=False)
    assert world.do(edit_run, run, {"max_people": 3, "name": " Batch "}) == RunSaved(False, has_risen=False)
    assert world.do(edit_run, run, {"max_people": 4}, version=2) == RunSaved(True, has_risen=True)
    with pytest.raises(Stale) as refusal:
        world.do(edit_run, run, {"name": "Other"}, version=2)
    assert refusal.value.facts["ref"] == "JULY"
    with pytest.raises(NotFound):
        world.do(edit_run, 4711, {"name": "Other"})


def test_a_limit_below_the_people_is_refused(world: World) -> None:
    with prepared(world.store) as db:
        run = make_run(db, "JULY", course=world.fire)
        session = make_scheduled(db, course=world.fire, run_id=run)
        for person in make_people(db, 2):
            make_enrollment(db, session, person)
    with pytest.raises(Refused) as refusal:
        world.do(edit_run, run, {"max_people": 1, "name": "Batch"})
    [finding] = refusal.value.findings
    assert (finding.code, finding.facts["people"], finding.facts["capacity"]) == ("capacity_below_people", 2, 1)
    assert stored(world, run)["name"] == "Run JULY"
    assert world.do(edit_run, run, {"max_people": 2}).is_changed


def test_a_session_moves_between_runs_while_nobody_is_seated(world: World) -> None:
    with prepared(world.store) as db:
        july, august = (make_run(db, code, course=world.aid) for code in ("JULY", "AUGUST"))
        ann, bo = make_people(db, 2)
    session = world.scheduled(run_id=july)
    assert (world.detail(session).card.run_id, world.detail(session).day) == (july, 1)
    world.edit(session, run_id=august)
    with prepared(world.store) as db:
        make_hold(db, session, 1, until_at=NOW + HOUR)
        make_enrollment(db, session, ann, WAITLISTED)
    world.edit(session, run_id=july)
    assert world.edit(session, run_id=july) == ()
    with prepared(world.store) as db:
        make_enrollment(db, session, bo)
    for target in (august, None):
        with pytest.raises(BadValue) as refusal:
            world.edit(session, run_id=target, title="New")
        assert refusal.value.facts["why"] == "run_has_people"
    world.edit(session, run_id=july, title="New")
    assert (world.card(session).run_id, world.card(session).title) == (july, "New")


def test_an_unknown_run(world: World) -> None:
    with prepared(world.store) as db:
        gone = make_run(db, "GONE", course=world.fire, deleted_at=NOW)
    for run in (4711, gone):
        with pytest.raises(NotFound) as refusal:
            world.draft(run_id=run)
        assert refusal.value.facts["kind"] == "run"


def test_a_copy_stays_in_the_run(world: World) -> None:
    with prepared(world.store) as db:
        run = make_run(db, "JULY", course=world.fire)
    session = world.scheduled(run_id=run)
    copy = world.do(drafts.duplicate_session, session)
    assert [one.card.id for one in run_of(world, "JULY").sessions] == [session, copy]
    assert world.detail(copy).day == 2


def test_a_board_knows_the_day_of_each_session_in_its_run(world: World) -> None:
    with prepared(world.store) as db:
        run = make_run(db, "JULY", course=world.fire)
        day = dt.timedelta(days=1)
        plan = [{"run_id": run, "starts_at": MONDAY + number * day, "course": world.fire} for number in (2, 0, 1)]
        dated = [make_draft(db, **one) for one in plan]
        undated, alone = make_draft(db, run_id=run, course=world.fire), make_draft(db, starts_at=MONDAY)
        gone = make_draft(db, run_id=run, course=world.fire, starts_at=MONDAY - day, deleted_at=NOW)
    board = world.store.read(load_board, MONDAY - day, MONDAY + 7 * day)
    days = {card.id: card.day for card in (*board.sessions, *board.undated)}
    assert days == dict(zip(dated, (3, 1, 2), strict=True)) | {undated: None, alone: None}
    assert world.card(gone).day is None
