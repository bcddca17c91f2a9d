"""Triggers tell accounts what becomes of places, sessions and requests, whoever writes and however (D6)."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import pytest
import sqlalchemy as sa

from tests.factories import (
    at,
    make_account,
    make_course,
    make_draft,
    make_enrollment,
    make_person,
    make_request,
    make_scheduled,
    make_trainer,
    make_venue,
    prepared,
)
from tests.services.store.clients import ENROLL
from tests.services.store.raw import raw
from trainer_desk.models import Notice
from trainer_desk.models.enums import EnrollmentState, Role, SessionStatus
from trainer_desk.services.store.engine import Store

BUMP = ", version = version + 1"
MONDAY = at("2031-07-07 09:00")
LATER, LATER_END = "'2031-07-07T09:00:00Z'", "'2031-07-07T10:00:00Z'"
PAST = at("2020-07-06 09:00")


@dataclass(frozen=True)
class Stage:
    """One session with Ann and Bob in it, led by Tom with Cora's help, all of whom have accounts."""

    store: Store
    session: int
    ann: int
    tom: int
    cora: int
    rooms: tuple[int, int]

    def told(self) -> list[tuple[str, str]]:
        """Give (login, kind) of everything told, in order; then forget it."""
        with raw(self.store) as db:
            found = db.exec_driver_sql(
                "SELECT a.login, n.kind FROM notices n JOIN accounts a ON a.id = n.account_id ORDER BY a.login, n.id"
            ).all()
            db.exec_driver_sql("DELETE FROM notices")
        return [(login, kind) for login, kind in found]

    def run(self, *statements: str) -> None:
        """Write past the program."""
        with raw(self.store) as db:
            for statement in statements:
                db.exec_driver_sql(statement)

    def edit(self, sets: str) -> list[tuple[str, str]]:
        """Change the session and give what was told."""
        self.run(f"UPDATE sessions SET {sets}{BUMP} WHERE id = {self.session}")
        return self.told()

    def place(self, state: str) -> list[tuple[str, str]]:
        """Bring Ann's place into a state and give what was told."""
        until = LATER if state == "offered" else "NULL"
        self.run(
            f"UPDATE enrollments SET state = '{state}', offer_until = {until}, position = coalesce(position, id){BUMP}"
            f" WHERE session_id = {self.session} AND person_id = {self.ann}"
        )
        return self.told()


def staged(store: Store, status: SessionStatus = SessionStatus.SCHEDULED, starts_at: dt.datetime = MONDAY) -> Stage:
    """Set the stage; nobody is told of what was there before."""
    with prepared(store) as db:
        course = make_course(db)
        tom, cora = (make_trainer(db, courses=[course]) for _ in range(2))
        rooms = make_venue(db), make_venue(db)
        extra = {"cancel_reason": "Ill"} if status is SessionStatus.CANCELLED else {}
        session = make_scheduled(
            db,
            course=course,
            trainer=tom,
            venue=rooms[0],
            starts_at=starts_at,
            co_trainers=[cora],
            status=status,
            **extra,
        )
        ann, bob = make_person(db, "Ann"), make_person(db, "Bob")
        make_enrollment(db, session, ann)
        make_enrollment(db, session, bob, EnrollmentState.WAITLISTED)
        make_enrollment(db, session, make_person(db))  # without an account
        for login, person in (("ann", ann), ("bob", bob)):
            make_account(db, login, Role.REQUESTER, person_id=person)
        for login, trainer in (("tom", tom), ("cora", cora)):
            make_account(db, login, Role.TRAINER, trainer_id=trainer)
        make_account(db, "gone", Role.REQUESTER, person_id=ann, disabled_at=MONDAY)
        make_account(db, "boss", Role.SUPERVISOR)
    return Stage(store, session, ann, tom, cora, rooms)


EVERYBODY = ("ann", "bob", "cora", "tom")


def each(kind: str, *logins: str) -> list[tuple[str, str]]:
    """Give the same kind for each of these logins, or for everybody."""
    return [(login, kind) for login in logins or EVERYBODY]


CONFIRMED, WAITLISTED, OFFERED, WITHDRAWN = EnrollmentState
STEPS = {
    (WITHDRAWN, CONFIRMED): "enrolled",
    (OFFERED, CONFIRMED): "enrolled",
    (WAITLISTED, CONFIRMED): "promoted",
    (WAITLISTED, OFFERED): "offered",
    (WITHDRAWN, OFFERED): "offered",
    (CONFIRMED, OFFERED): "offered",
    (CONFIRMED, WAITLISTED): "waitlisted",
    (OFFERED, WAITLISTED): "waitlisted",
    (WITHDRAWN, WAITLISTED): "waitlisted",
    (CONFIRMED, WITHDRAWN): "withdrawn",
    (OFFERED, WITHDRAWN): "withdrawn",
    (WAITLISTED, WITHDRAWN): "withdrawn",
}


def test_every_step_of_a_place_is_told_to_whom_it_concerns(store: Store) -> None:
    stage = staged(store)
    stage.told()
    for before in EnrollmentState:
        for after in EnrollmentState:
            stage.place(before)
            kind = STEPS.get((before, after))
            assert stage.place(after) == ([("ann", kind)] if kind else []), (before, after)


def test_what_does_not_change_the_place_is_told_to_nobody(store: Store) -> None:
    stage = staged(store)
    stage.told()
    stage.run(f"UPDATE enrollments SET attendance = 'attended', remarks = 'Left early'{BUMP}")
    assert stage.told() == []


NEW = {"confirmed": "enrolled", "offered": "offered", "waitlisted": "waitlisted", "withdrawn": None}


@pytest.mark.parametrize(("state", "kind"), NEW.items())
def test_a_new_place_is_told(store: Store, state: str, kind: str | None) -> None:
    stage = staged(store)
    with prepared(store) as db:
        person = make_person(db)
        make_account(db, "new", Role.REQUESTER, person_id=person)
    stage.told()
    with prepared(store) as db:
        make_enrollment(db, stage.session, person, EnrollmentState(state))
        make_enrollment(db, stage.session, make_person(db))
    assert stage.told() == ([("new", kind)] if kind else [])


def test_a_notice_says_when_where_and_until_when(store: Store) -> None:
    stage = staged(store)
    stage.told()
    stage.run(
        f"UPDATE enrollments SET state = 'offered', offer_until = {LATER}{BUMP}"
        f" WHERE session_id = {stage.session} AND person_id = {stage.ann}"
    )
    with store.reading() as db:
        told = db.execute(sa.select(Notice.__table__)).one()
    assert (told.starts_at, told.ends_at) == (MONDAY, MONDAY + dt.timedelta(hours=1))
    assert (told.venue_id, told.until_at, told.seen_at) == (stage.rooms[0], at("2031-07-07 11:00"), None)
    assert told.actor == ("unknown" if store.is_file else store.actor)


MOVES: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "another time": (f"starts_at = {LATER}, ends_at = {LATER_END}", each("moved")),
    "a later end": (f"ends_at = {LATER_END}", each("moved")),
    "another room": ("venue_id = {room}", each("moved")),
    "another trainer": ("trainer_id = {other}", [("other", "assigned"), ("tom", "unassigned")]),
    "the co-trainer leads": ("trainer_id = {cora}", [("tom", "unassigned")]),
    "time and trainer": (
        f"ends_at = {LATER_END}, trainer_id = {{other}}",
        [*each("moved", "ann", "bob", "cora"), ("other", "assigned"), ("tom", "unassigned")],
    ),
    "cancelled": ("status = 'CANCELLED', cancel_reason = 'Ill'", each("cancelled")),
    "taken back to a draft": ("status = 'DRAFT'", each("unscheduled")),
    "begun": ("status = 'IN_PROGRESS'", []),
    "completed": ("status = 'COMPLETED'", []),
    "other words": ("title = 'Another', notes = 'Bring boots', capacity = 9", []),
    "the same again": ("venue_id = venue_id, starts_at = starts_at", []),
    "moved into the past": ("starts_at = '2020-01-01T08:00:00Z', ends_at = '2020-01-01T09:00:00Z'", []),
}


@pytest.mark.parametrize(("sets", "wanted"), MOVES.values(), ids=MOVES.keys())
def test_what_becomes_of_a_session_is_told(store: Store, sets: str, wanted: list[tuple[str, str]]) -> None:
    stage = staged(store)
    with prepared(store) as db:
        other = make_trainer(db)
        make_account(db, "other", Role.TRAINER, trainer_id=other)
    stage.told()
    assert stage.edit(sets.format(room=stage.rooms[1], other=other, cora=stage.cora)) == wanted


def test_a_move_says_what_was(store: Store) -> None:
    stage = staged(store)
    stage.told()
    with raw(store) as db:
        db.exec_driver_sql(f"UPDATE sessions SET ends_at = {LATER_END}, venue_id = {stage.rooms[1]}{BUMP}")
    with store.reading() as db:
        rows = db.execute(sa.select(Notice.__table__)).all()
    assert {(row.was_starts_at, row.was_ends_at, row.was_venue_id) for row in rows} == {
        (MONDAY, MONDAY + dt.timedelta(hours=1), stage.rooms[0])
    }
    assert {(row.starts_at, row.ends_at, row.venue_id) for row in rows} == {
        (MONDAY, at("2031-07-07 12:00"), stage.rooms[1])
    }


@pytest.mark.parametrize("status", [SessionStatus.DRAFT, SessionStatus.CANCELLED])
def test_what_is_scheduled_tells_everybody_in_it(store: Store, status: SessionStatus) -> None:
    """From a draft, and from a cancelled one by an undo; until then nobody is told of a draft's places."""
    stage = staged(store, status)
    assert stage.told() == []
    assert stage.place("offered") == stage.place("confirmed") == []
    assert stage.edit(f"ends_at = {LATER_END}, venue_id = {stage.rooms[1]}, trainer_id = trainer_id") == []
    assert stage.edit("status = 'SCHEDULED', cancel_reason = NULL") == [
        ("ann", "enrolled"),
        ("bob", "waitlisted"),
        ("cora", "assigned"),
        ("tom", "assigned"),
    ]


def test_a_session_that_stands_from_the_first_tells_its_trainers(store: Store) -> None:
    stage = staged(store)
    days = {
        SessionStatus.SCHEDULED: at("2031-07-08 09:00"),
        SessionStatus.COMPLETED: MONDAY,
        SessionStatus.DRAFT: MONDAY,
    }
    with prepared(store) as db:
        for status, starts_at in (*days.items(), (SessionStatus.IN_PROGRESS, PAST)):
            make_scheduled(db, trainer=stage.tom, starts_at=starts_at, status=status, co_trainers=[stage.cora])
    assert stage.told() == [("cora", "assigned"), ("tom", "assigned")]


def test_what_is_over_is_told_to_nobody(store: Store) -> None:
    stage = staged(store, starts_at=PAST)
    assert stage.told() == []
    assert stage.place("withdrawn") == stage.place("confirmed") == []
    assert stage.edit(f"venue_id = {stage.rooms[1]}") == []
    assert stage.edit("status = 'CANCELLED', cancel_reason = 'Ill'") == []


def test_who_helps_is_told_when_coming_and_going(store: Store) -> None:
    stage = staged(store)
    stage.told()
    mine = f"session_id = {stage.session} AND resource_id = {stage.cora}"
    stage.run(f"DELETE FROM session_resources WHERE {mine}")
    assert stage.told() == [("cora", "unassigned")]
    stage.run(f"INSERT INTO session_resources VALUES ({stage.session}, {stage.cora}, 'co')")
    assert stage.told() == [("cora", "assigned")]
    stage.run(f"UPDATE sessions SET trainer_id = {stage.cora}{BUMP}")
    stage.told()
    stage.run(f"DELETE FROM session_resources WHERE {mine}")  # who leads now helps no more
    assert stage.told() == []


def test_nobody_is_told_of_an_own_deed_but_of_what_the_queue_gives(store: Store) -> None:
    """Whoever happens to settle a queue has not given the seat to themselves."""
    with prepared(store) as db:
        course = make_course(db)
        me = make_person(db)
        trainer = make_trainer(db, courses=[course])
        make_account(db, "elsewhere", Role.TRAINER, trainer_id=trainer)
        session = make_scheduled(db, course=course, trainer=trainer, starts_at=MONDAY)
        update = sa.text("UPDATE accounts SET person_id = :me, version = version + 1 WHERE login = :login")
        if not db.execute(update, {"me": me, "login": store.actor}).rowcount:
            make_account(db, store.actor, Role.ADMINISTRATOR, person_id=me)
    stage = Stage(store, session, me, trainer, trainer, (0, 0))
    stage.told()

    def by_me(sets: str) -> list[str]:
        with store.writing("Mine") as unit:
            unit.db.execute(sa.text(f"UPDATE enrollments SET {sets}{BUMP}"))
        return [kind for login, kind in stage.told() if login == store.actor]

    with store.writing("Mine") as unit:
        make_enrollment(unit.db, session, me)
    assert stage.told() == []
    assert by_me("state = 'withdrawn'") == []
    assert by_me("state = 'waitlisted', position = 1") == []
    assert by_me(f"state = 'offered', offer_until = {LATER}") == ["offered"]
    assert by_me("state = 'withdrawn', offer_until = NULL, withdrawn_why = 'lapsed'") == ["withdrawn"]
    assert by_me("state = 'waitlisted', withdrawn_why = NULL") == []
    assert by_me("state = 'confirmed'") == ["promoted"]


DECISIONS: dict[str, Callable[[int], str]] = {
    "DECLINED": lambda _session: "decision_reason = 'Full'",
    "ACCEPTED": lambda session: f"session_id = {session}",
    "CANCELLED": lambda _session: "decision_reason = NULL",
}


@pytest.mark.parametrize("status", DECISIONS)
def test_a_requester_is_told_how_a_request_was_decided(store: Store, status: str) -> None:
    stage = staged(store)
    with prepared(store) as db:
        request = make_request(db, make_course(db), requested_by="boss")
        make_request(db, make_course(db), requested_by="nobody")
        make_draft(db)
    stage.told()
    decided = f"decided_at = {LATER}, decided_by = 'x', {DECISIONS[status](stage.session)}"
    stage.run(f"UPDATE booking_requests SET status = '{status}', {decided}{BUMP} WHERE id = {request}")
    with store.reading() as db:
        [told] = db.execute(sa.select(Notice.__table__)).all()
    assert (told.booking_request_id, told.outcome) == (request, status)
    assert told.starts_at == (MONDAY if status == "ACCEPTED" else None)
    assert stage.told() == [("boss", "decided")]
    open_again = "status = 'DRAFT', decided_at = NULL, decided_by = NULL, session_id = NULL, decision_reason = NULL"
    stage.run(f"UPDATE booking_requests SET {open_again}{BUMP} WHERE id = {request}")
    assert stage.told() == [("boss", "decided")]


def test_many_places_at_once_are_told_one_by_one(store: Store) -> None:
    stage = staged(store)
    with prepared(store) as db:
        people = [make_person(db) for _ in range(5)]
        for person in people[:3]:
            make_account(db, f"login {person}", Role.REQUESTER, person_id=person)
    stage.told()
    each_one = ENROLL.format(session=stage.session, person="p.id").replace("VALUES (", "SELECT ").rstrip(")")
    with raw(store) as db:
        db.exec_driver_sql(f"{each_one} FROM people p WHERE p.id >= {people[0]}")
    assert stage.told() == sorted((f"login {person}", "enrolled") for person in people[:3])


def test_what_is_rolled_back_was_told_to_nobody(store: Store) -> None:
    stage = staged(store)
    stage.told()
    with store.writing("Never") as unit:
        unit.db.execute(sa.text(f"UPDATE sessions SET ends_at = {LATER_END}{BUMP}"))
        unit.discard()
    assert stage.told() == []
