"""Real processes that change many sessions at one instant: nothing is overwritten, no room is taken twice (R5, U5)."""

import datetime as dt
from collections import Counter

from tests.databases import StoreFactory
from tests.factories import MONDAY, make_course, make_scheduled, make_trainer, make_venue, prepared
from tests.faults.bulk_deeds import change_many, edit
from tests.faults.conftest import COUNT
from tests.faults.workstations import Task, Workstations
from trainer_desk.services.orchestration.bulk import carry_out
from trainer_desk.services.orchestration.soundness import check_database
from trainer_desk.services.planning.board import load_cards
from trainer_desk.services.rows.bulk import BulkVerb, BulkWish, Shown
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.store.engine import Store

DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)
START = MONDAY + 520 * 7 * DAY
"""A Monday that is ahead of any clock that runs this."""

A_WEEK_ON = BulkWish(BulkVerb.MOVE, days=7)


def planned(store: Store) -> list[int]:
    """Make three sessions of one trainer in one room, on three days."""
    with prepared(store) as db:
        course = make_course(db, "FIRE")
        trainer, venue = make_trainer(db, courses=[course]), make_venue(db)
        return [
            make_scheduled(db, course=course, trainer=trainer, venue=venue, starts_at=START + DAY * n, ref=f"S-{n}")
            for n in range(3)
        ]


def stored(store: Store, sessions: list[int]) -> list[SessionCard]:
    """Read the sessions, and prove the database on the way."""
    with store.snapshot() as db:
        assert check_database(db) == []
        cards = load_cards(db, sessions)
    return [cards[one] for one in sessions]


def test_of_those_who_move_and_edit_what_they_saw_one_does_and_the_others_are_told(
    store_factory: StoreFactory, workstations: Workstations
) -> None:
    store, half = store_factory(), COUNT // 2
    sessions = planned(store)
    before = stored(store, sessions)
    lines = carry_out(store, "Bulk", sessions, A_WEEK_ON, dry_run=True).value
    shown = Shown(before={line.key: line.before for line in lines if line.before is not None})
    moving = Task(store_factory.url, change_many, (sessions, A_WEEK_ON, shown))
    later = {"starts_at": START + DAY + HOUR, "ends_at": START + DAY + 2 * HOUR}
    editing = Task(store_factory.url, edit, (sessions[1], later, before[1].version))
    answers = workstations.do([moving, editing] * half)
    assert Counter(answer.code for answer in answers) == {None: 1, "stale": COUNT - 1}
    [winner] = [number for number, answer in enumerate(answers) if answer.code is None]
    starts = [START + DAY * n for n in range(3)]
    wanted = [start + DAY * 7 for start in starts] if winner % 2 == 0 else [starts[0], later["starts_at"], starts[2]]
    assert [card.starts_at for card in stored(store, sessions)] == wanted


def test_moves_that_follow_each_other_are_all_done(store_factory: StoreFactory, workstations: Workstations) -> None:
    """Who asked without having seen anything moves on from where the one before left them: none is lost."""
    store = store_factory()
    sessions = planned(store)
    answers = workstations.do([Task(store_factory.url, change_many, (sessions, A_WEEK_ON))] * COUNT)
    assert {answer.code for answer in answers} == {None}
    assert {line.split("/")[1] for answer in answers for line in answer.log} == {"fine"}
    wanted = [START + DAY * n + DAY * 7 * COUNT for n in range(3)]
    assert [card.starts_at for card in stored(store, sessions)] == wanted


def test_of_those_who_move_into_one_room_one_gets_each_hour(
    store_factory: StoreFactory, workstations: Workstations
) -> None:
    """Everybody brings a morning and an afternoon; half of them name the afternoon first."""
    store = store_factory()
    with prepared(store) as db:
        course, hall = make_course(db, "FIRE"), make_venue(db, "HALL")
        pairs = []
        for number in range(COUNT):
            trainer, venue = make_trainer(db, courses=[course]), make_venue(db)
            pairs.append(
                [
                    make_scheduled(
                        db,
                        course=course,
                        trainer=trainer,
                        venue=venue,
                        starts_at=START + HOUR * hours,
                        ref=f"S-{number}-{hours}",
                    )
                    for hours in ((0, 4) if number % 2 else (4, 0))
                ]
            )
    wish = BulkWish(BulkVerb.VENUE, value=hall)
    answers = workstations.do([Task(store_factory.url, change_many, (pair, wish)) for pair in pairs])
    assert {answer.code for answer in answers} == {None}
    said = [line.split("/") for answer in answers for line in answer.log]
    won = {ref for ref, fate, *_others in said if fate == "fine"}
    assert Counter(ref[-1] for ref in won) == {"0": 1, "4": 1}
    named = {tuple(others) for _ref, fate, *others in said if fate == "refused"}
    assert named == {(ref,) for ref in won}, "the others are told by whom"
    there = [card.ref for pair in pairs for card in stored(store, pair) if card.venue_id == hall]
    assert set(there) == won


def test_of_those_who_move_to_one_day_one_gets_it(store_factory: StoreFactory, workstations: Workstations) -> None:
    """All are in one room, each on a day of its own, and all are to move to the same day."""
    store = store_factory()
    with prepared(store) as db:
        course, hall = make_course(db, "FIRE"), make_venue(db, "HALL")
        sessions = [
            make_scheduled(
                db,
                course=course,
                trainer=make_trainer(db, courses=[course]),
                venue=hall,
                starts_at=START + DAY * (number + 1),
                ref=f"S-{number}",
            )
            for number in range(COUNT)
        ]
    answers = workstations.do(
        [
            Task(store_factory.url, change_many, ([session], BulkWish(BulkVerb.MOVE, days=-number - 1)))
            for number, session in enumerate(sessions)
        ]
    )
    assert Counter(line.split("/")[1] for answer in answers for line in answer.log) == {"fine": 1, "refused": COUNT - 1}
    starts = [card.starts_at for card in stored(store, sessions)]
    assert starts.count(START) == 1
    assert len(set(starts)) == COUNT
