"""Conflicts that cannot be raced: of sixteen who publish at one instant one wins, the others are told by whom (C2)."""

import datetime as dt
from collections import Counter
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
    make_equipment,
    make_trainer,
    make_venue,
    prepared,
)
from tests.faults.conftest import COUNT
from tests.faults.workstations import Answer, Fault, Task, Workstations, edit, no_checks, no_locks, publish, storm
from tests.services.store.raw import raw
from trainer_desk.models import Claim, Session
from trainer_desk.services.orchestration.soundness import check_database
from trainer_desk.services.store.engine import Store

MINUTE = dt.timedelta(minutes=1)


@dataclass
class Contest:
    """Sixteen drafts that all overlap and want one thing, and what each says if it does not get it."""

    store: Store
    url: str
    sessions: dict[int, str]
    code: str
    claims_each: set[int]


Wanted = Callable[[Any, int], list[dict[str, Any]]]


def one_trainer(db: Any, course: int) -> list[dict[str, Any]]:
    trainer = make_trainer(db, "ANN", courses=[course])
    return [{"trainer": trainer, "venue": make_venue(db)} for _ in range(COUNT)]


def one_venue(db: Any, course: int) -> list[dict[str, Any]]:
    venue = make_venue(db, "ROOM", turnaround_minutes=15)
    return [{"trainer": make_trainer(db, courses=[course]), "venue": venue} for _ in range(COUNT)]


def whole_and_part(db: Any, course: int) -> list[dict[str, Any]]:
    whole = make_venue(db, "HALL")
    part = make_venue(db, "HALL-A", part_of=whole)
    make_venue(db, "HALL-B", part_of=whole)
    return [
        {"trainer": make_trainer(db, courses=[course]), "venue": whole if number % 2 else part}
        for number in range(COUNT)
    ]


def crosswise(db: Any, course: int) -> list[dict[str, Any]]:
    """Two trainers who help each other: whoever locks them in the order of the session deadlocks."""
    ann, bo = (make_trainer(db, code, courses=[course]) for code in ("ANN", "BO"))
    pairs = [(ann, bo), (bo, ann)]
    return [
        {"trainer": pairs[number % 2][0], "co_trainers": [pairs[number % 2][1]], "venue": make_venue(db)}
        for number in range(COUNT)
    ]


def one_beamer(db: Any, course: int) -> list[dict[str, Any]]:
    beamer = make_equipment(db, "BEAMER")
    return [
        {"trainer": make_trainer(db, courses=[course]), "venue": make_venue(db), "equipment": [beamer]}
        for _ in range(COUNT)
    ]


CONTESTS: dict[str, tuple[Wanted, str, set[int]]] = {
    "one trainer": (one_trainer, "trainer_busy", {2}),
    "one venue": (one_venue, "venue_busy", {2}),
    "a whole and its part": (whole_and_part, "venue_busy", {2, 3}),
    "two trainers crosswise": (crosswise, "trainer_busy", {3}),
    "one piece of equipment": (one_beamer, "equipment_busy", {3}),
}


def drawn_up(factory: StoreFactory, name: str) -> Contest:
    """Make the drafts of a contest: each starts a minute after the one before and lasts an hour."""
    wanted, code, claims_each = CONTESTS[name]
    store = factory()
    with prepared(store) as db:
        course = make_course(db, "FIRE")
        drafts = [
            make_draft(db, course=course, starts_at=MONDAY + number * MINUTE, **plan)
            for number, plan in enumerate(wanted(db, course))
        ]
        refs = {row[0]: row[1] for row in db.execute(sa.select(Session.id, Session.ref))}
    return Contest(store, factory.url, {session: refs[session] for session in drafts}, code, claims_each)


def judge(contest: Contest, answers: list[Answer]) -> None:
    """One won and holds all its claims; all others are as they were and were told by whom, never in database words."""
    refs = list(contest.sessions.values())
    won = [ref for ref, answer in zip(refs, answers, strict=True) if answer.code is None]
    assert len(won) == 1, Counter(answer.code for answer in answers)
    for answer in answers:
        if answer.code is not None:
            assert (answer.code, set(answer.named)) == (contest.code, set(won)), answer
    with contest.store.snapshot() as db:
        stands = {
            row[0]: (row[1], row[2]) for row in db.execute(sa.select(Session.ref, Session.status, Session.version))
        }
        claims = list(db.scalars(sa.select(Session.ref).join(Claim, Claim.session_id == Session.id)))
        assert check_database(db) == []
    assert stands == {ref: ("SCHEDULED", 2) if ref in won else ("DRAFT", 1) for ref in refs}
    assert set(claims) == set(won)
    assert len(claims) in contest.claims_each


def publish_all(contest: Contest, fault: Fault | None = None) -> list[Task]:
    return [Task(contest.url, publish, (session,), fault) for session in contest.sessions]


@pytest.mark.parametrize("name", CONTESTS)
def test_one_wins_and_the_others_are_told_by_whom(
    each_factory: StoreFactory, workstations: Workstations, name: str
) -> None:
    contest = drawn_up(each_factory, name)
    judge(contest, workstations.do(publish_all(contest)))


@pytest.mark.postgres
@pytest.mark.parametrize("name", ["one trainer", "a whole and its part"])
def test_without_locks_the_database_still_refuses_and_the_winner_is_named(
    server_factory: StoreFactory, workstations: Workstations, name: str
) -> None:
    """All have looked and found the slot free before anybody writes: the constraint speaks, then they look again."""
    contest = drawn_up(server_factory, name)
    judge(contest, workstations.do(publish_all(contest, no_locks)))


@pytest.mark.postgres
def test_without_locks_and_constraint_the_judge_sees_the_double_booking(
    server_factory: StoreFactory, workstations: Workstations
) -> None:
    contest = drawn_up(server_factory, "one trainer")
    with raw(contest.store) as db:
        db.exec_driver_sql("ALTER TABLE claims DROP CONSTRAINT claims_overlap")
        db.exec_driver_sql("DROP TRIGGER claims_guard ON claims")
    answers = workstations.do(publish_all(contest, no_locks))
    assert [answer.code for answer in answers] == [None] * COUNT
    see_it(contest, answers)


def test_without_checks_and_trigger_a_file_is_double_booked_and_the_judge_sees_it(
    file_factory: StoreFactory, workstations: Workstations
) -> None:
    contest = drawn_up(file_factory, "one trainer")
    with raw(contest.store) as db:
        db.exec_driver_sql("DROP TRIGGER claims_insert")
    answers = workstations.do(publish_all(contest, no_checks))
    see_it(contest, answers)


def see_it(contest: Contest, answers: list[Answer]) -> None:
    with pytest.raises(AssertionError):
        judge(contest, answers)
    with contest.store.snapshot() as db:
        assert {finding.code for finding in check_database(db)} == {"claims_overlap", "guard_missing"}


def test_without_checks_the_trigger_alone_refuses(file_factory: StoreFactory, workstations: Workstations) -> None:
    """The program is blind and the database is not: one wins, and the refusal is at least a clear one."""
    contest = drawn_up(file_factory, "one trainer")
    answers = workstations.do(publish_all(contest, no_checks))
    assert Counter(answer.code for answer in answers) == {None: 1, "trainer_busy": COUNT - 1}
    with contest.store.snapshot() as db:
        assert check_database(db) == []


def test_of_those_who_edit_one_version_one_saves_and_the_others_are_told(
    each_factory: StoreFactory, workstations: Workstations
) -> None:
    store = each_factory()
    with prepared(store) as db:
        session = make_draft(db, ref="S-EDITED")
    tasks = [Task(each_factory.url, edit, (session, {"title": f"By {n}"}, 1)) for n in range(COUNT)]
    answers = workstations.do(tasks)
    assert Counter(answer.code for answer in answers) == {None: 1, "stale": COUNT - 1}
    for answer in answers:
        if answer.code is not None:
            assert (answer.facts["ref"], answer.facts["by"], answer.facts["version"]) == ("S-EDITED", store.actor, "2")
    with store.reading() as db:
        title, version = db.execute(sa.select(Session.title, Session.version)).one()
    winner = [number for number, answer in enumerate(answers) if answer.code is None]
    assert (title, version) == (f"By {winner[0]}", 2)


def test_edits_without_a_version_are_all_saved_one_after_the_other(
    each_factory: StoreFactory, workstations: Workstations
) -> None:
    store = each_factory()
    with prepared(store) as db:
        session = make_draft(db)
    tasks = [Task(each_factory.url, edit, (session, {"title": f"By {n}"}, None)) for n in range(COUNT)]
    assert {answer.code for answer in workstations.do(tasks)} == {None}
    with store.reading() as db:
        assert db.scalar(sa.select(Session.version)) == 1 + COUNT


@pytest.mark.nightly
@pytest.mark.timeout(900)
def test_a_storm_of_moves_leaves_the_database_sound(each_factory: StoreFactory, workstations: Workstations) -> None:
    store = each_factory()
    with prepared(store) as db:
        course = make_course(db)
        trainers = [make_trainer(db, courses=[course]) for _ in range(3)]
        hall = make_venue(db, "HALL", turnaround_minutes=10)
        venues = [hall, *(make_venue(db, part_of=hall) for _ in range(2)), make_venue(db)]
        times = [(MONDAY + start * 20 * MINUTE, MONDAY + (start * 20 + 50) * MINUTE) for start in range(8)]
        sessions = [
            make_draft(
                db,
                course=course,
                trainer=trainers[number % 3],
                co_trainers=[trainers[(number + 1) % 3]] if number % 4 == 0 else [],
                venue=venues[number % 4],
                starts_at=times[number % 8][0],
                minutes=50,
            )
            for number in range(48)
        ]
    answers = workstations.do([Task(each_factory.url, storm, (seed, sessions, times, 150)) for seed in range(COUNT)])
    said = Counter(line for answer in answers for line in answer.log)
    words = {line.split("/")[0] for line in said}
    assert words <= {"trainer_busy", "venue_busy", "wrong_state"}, said
    assert not {line for line in said if line.startswith(("trainer_busy/0", "venue_busy/0"))}, said
    with store.snapshot() as db:
        assert check_database(db) == []
        assert db.scalar(sa.select(sa.func.count()).select_from(Claim))
