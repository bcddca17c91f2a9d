"""Whom somebody still has to tell: after enrolling, moving and cancelling, until ticked, and anew after a change."""

import datetime as dt
from dataclasses import dataclass, field
from importlib.resources import files

import pytest

from tests.factories import (
    at,
    make_account,
    make_course,
    make_draft,
    make_enrollment,
    make_person,
    make_scheduled,
    make_trainer,
    make_venue,
    prepared,
)
from tests.services.store.raw import raw
from trainer_desk.models.enums import EnrollmentState, Role, SessionStatus
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.dossiers.bell import load_bell
from trainer_desk.services.errors import NotFound
from trainer_desk.services.notices.counting import count_to_tell
from trainer_desk.services.notices.telling import know, tell, untell
from trainer_desk.services.notices.to_tell import load_to_tell
from trainer_desk.services.orchestration import scheduling
from trainer_desk.services.orchestration.bell import keep_seen
from trainer_desk.services.orchestration.undoing import undo_last
from trainer_desk.services.planning.board import load_card
from trainer_desk.services.rows.tellings import News, ToTell
from trainer_desk.services.seats.enrolling import enroll, withdraw
from trainer_desk.services.store.engine import Store

NINE = at("2031-07-07 09:00")
NOW = NINE - dt.timedelta(days=7)
HOUR = dt.timedelta(hours=1)


@dataclass
class Stage:
    """Ann, whose manager is Mo, has a place in Fire safety on Monday at nine; Bo is enrolled when it is wanted."""

    store: Store
    session: int
    ann: int
    bo: int
    rooms: tuple[int, int]
    ticked: list[ToTell] = field(default_factory=list)

    def rows(self, now: dt.datetime = NOW) -> list[ToTell]:
        """Give the whole list, which is as long as the count by other means says."""
        rows = self.store.read(load_to_tell, now)
        assert self.store.read(count_to_tell, now) == len(rows)
        return rows

    def news(self) -> list[tuple[str, News]]:
        """Give who has to be told what."""
        return [(row.name, row.news) for row in self.rows()]

    def tick(self) -> None:
        """Tell everybody on the list."""
        self.ticked = self.rows()
        self.store.write("Told", tell, [(row.enrollment_id, row.facts) for row in self.ticked])

    def edit(self, **fields: object) -> None:
        """Change the session as the window does."""
        self.store.write("Edit", scheduling.edit_session, self.session, fields)


@pytest.fixture
def stage(store: Store) -> Stage:
    """Set the stage."""
    store.clock = FixedClock(NOW)
    with prepared(store) as db:
        course = make_course(db, title="Fire safety")
        tom = make_trainer(db, courses=[course])
        rooms = make_venue(db, name="Room 1"), make_venue(db, name="Room 2")
        make_person(db, "Mo", employee_no="9", phone="555 9")
        ann = make_person(
            db, "Ann", employee_no="1", phone="555 1", email="ann@x.org", manager_no="9", department="Press"
        )
        bo = make_person(db, "Bo", employee_no="2", manager_no="77")
        session = make_scheduled(db, course=course, trainer=tom, venue=rooms[0], starts_at=NINE)
        make_enrollment(db, session, ann)
        make_enrollment(db, make_draft(db, starts_at=NINE), ann)
        make_enrollment(db, make_scheduled(db, starts_at=NOW - 2 * HOUR), ann)  # over
    return Stage(store, session, ann, bo, rooms)


def test_everybody_stands_there_with_how_to_reach_them(stage: Stage) -> None:
    stage.store.write("Enroll", enroll, stage.session, [stage.bo])
    ann, bo = stage.rows()
    assert (ann.name, ann.phone, ann.email, ann.manager, ann.manager_phone, ann.department) == (
        "Ann", "555 1", "ann@x.org", "Mo", "555 9", "Press",
    )  # fmt: skip
    assert (bo.name, bo.phone, bo.manager, bo.manager_phone) == ("Bo", None, None, None)
    assert (ann.title, ann.venue, ann.facts.starts_at, ann.told, ann.has_bell) == (
        "Fire safety", "Room 1", NINE, None, False,
    )  # fmt: skip
    assert stage.store.read(count_to_tell, NOW) == 2
    assert stage.rows(NINE + HOUR) == []
    assert stage.store.read(load_to_tell, NOW, session_ids=[]) == []
    assert len(stage.store.read(load_to_tell, NOW, session_ids=[stage.session])) == 2


def test_who_was_told_goes_from_the_list_until_the_session_changes(stage: Stage) -> None:
    assert stage.news() == [("Ann", News.PLACE)]
    stage.tick()
    assert stage.news() == []
    stage.edit(venue_id=stage.rooms[1])
    assert stage.news() == [("Ann", News.MOVED)]
    [row] = stage.rows()
    assert row.told == stage.ticked[0].facts
    stage.edit(venue_id=stage.rooms[0])  # back as it was told
    assert stage.news() == []
    stage.edit(title="Fire safety, first part", notes="Bring boots")
    assert stage.news() == []
    stage.store.write("Cancel", scheduling.cancel, stage.session, "Trainer ill")
    [row] = stage.rows()
    assert (row.news, row.reason) == (News.CANCELLED, "Trainer ill")
    stage.tick()
    assert stage.news() == []


def test_an_undo_needs_no_second_call(stage: Stage) -> None:
    stage.tick()
    stage.edit(starts_at=NINE + HOUR, ends_at=NINE + 2 * HOUR)
    assert stage.news() == [("Ann", News.MOVED)]
    undo_last(stage.store)
    assert stage.news() == []
    stage.edit(starts_at=NINE + HOUR, ends_at=NINE + 2 * HOUR)
    stage.tick()
    undo_last(stage.store)  # the tick alone
    assert stage.news() == [("Ann", News.MOVED)]


def test_withdrawing_is_told_to_whom_the_place_was_told(stage: Stage) -> None:
    stage.store.write("Enroll", enroll, stage.session, [stage.bo])
    stage.store.write("Withdraw", withdraw, stage.session, stage.bo)
    assert stage.news() == [("Ann", News.PLACE)]
    stage.tick()
    stage.store.write("Withdraw", withdraw, stage.session, stage.ann)
    assert stage.news() == [("Ann", News.LOST)]
    stage.store.write("Enroll", enroll, stage.session, [stage.ann])
    assert stage.news() == []


def test_a_draft_again_and_without_a_date(stage: Stage) -> None:
    stage.tick()
    stage.store.write("Unpublish", scheduling.unpublish, stage.session)
    stage.edit(starts_at=None, ends_at=None, venue_id=None)
    assert stage.news() == [("Ann", News.UNSCHEDULED)]
    stage.tick()
    assert stage.news() == []


def test_what_was_said_counts_though_it_changed_meanwhile(stage: Stage) -> None:
    """Whoever ticks has told what stood on the list, and not what is so by now."""
    said = stage.rows()
    stage.edit(venue_id=stage.rooms[1])
    stage.store.write("Told", tell, [(row.enrollment_id, row.facts) for row in said])
    assert stage.news() == [("Ann", News.MOVED)]


def test_a_tick_can_be_taken_back_and_given_again(stage: Stage) -> None:
    [row] = stage.rows()
    for _ in range(2):
        stage.tick()
        assert stage.news() == []
        stage.store.write("Not told", untell, [row.enrollment_id])
        assert stage.news() == [("Ann", News.PLACE)]
    undo_last(stage.store)
    assert stage.news() == []


def test_nobody_can_be_told_of_a_place_that_is_not_there(stage: Stage) -> None:
    [row] = stage.rows()
    with pytest.raises(NotFound):
        stage.store.write("Told", tell, [(row.enrollment_id, row.facts), (99_999, row.facts)])
    assert stage.news() == [("Ann", News.PLACE)]


def test_who_has_seen_it_behind_the_bell_was_told(stage: Stage) -> None:
    with prepared(stage.store) as db:
        make_account(db, "ann", Role.REQUESTER, person_id=stage.ann)
    move = f"UPDATE sessions SET venue_id = {stage.rooms[1]}, version = version + 1 WHERE id = {stage.session}"
    with raw(stage.store) as db:
        db.exec_driver_sql(move)
    [row] = stage.rows()
    assert row.has_bell
    keep_seen(stage.store, stage.store.read(load_bell, "ann", NOW).notices, actor="ann")
    assert stage.news() == []
    stage.edit(venue_id=stage.rooms[0])
    assert stage.news() == [("Ann", News.PLACE)]


def test_whose_own_deed_it_was_knows(stage: Stage) -> None:
    with stage.store.writing("RSVP", actor="bo") as unit:
        enroll(unit.db, stage.session, [stage.bo], actor="bo", now=unit.now)
        know(unit.db, stage.session, stage.bo, actor="bo", now=unit.now)
        know(unit.db, stage.session, 99_999, actor="bo", now=unit.now)
    assert stage.news() == [("Ann", News.PLACE)]
    stage.edit(venue_id=stage.rooms[1])
    assert stage.news() == [("Ann", News.PLACE), ("Bo", News.MOVED)]


def test_what_is_completed_is_told_to_nobody(stage: Stage) -> None:
    completed = f"UPDATE sessions SET status = '{SessionStatus.COMPLETED}', version = version + 1"
    with raw(stage.store) as db:
        db.exec_driver_sql(f"{completed} WHERE id = {stage.session}")
    assert stage.news() == []
    assert stage.store.read(load_card, stage.session).status is SessionStatus.COMPLETED


def test_who_waits_and_who_is_asked(stage: Stage) -> None:
    with prepared(stage.store) as db:
        make_enrollment(db, stage.session, stage.bo, EnrollmentState.WAITLISTED)
        make_enrollment(db, stage.session, make_person(db, "Cy"), EnrollmentState.OFFERED)
    assert stage.news() == [("Ann", News.PLACE), ("Bo", News.WAITING), ("Cy", News.OFFER)]
    assert stage.rows()[2].offer_until is not None


def test_who_had_a_place_before_this_list_was_there_counts_as_told(stage: Stage) -> None:
    """The upgrade has found them told: nobody calls a whole organisation on the day of an update."""
    versions = files("trainer_desk.models.migrations.versions")
    frozen = versions.joinpath(f"rev_0004_{'sqlite' if stage.store.is_file else 'postgresql'}.sql")
    statements = frozen.read_text(encoding="utf-8").split(";\n\n")
    [tell] = [one for one in statements if one.startswith("INSERT INTO tellings")]
    with raw(stage.store) as db:
        db.exec_driver_sql(tell)
    assert stage.news() == []
    stage.edit(venue_id=stage.rooms[1])
    assert stage.news() == [("Ann", News.MOVED)]
