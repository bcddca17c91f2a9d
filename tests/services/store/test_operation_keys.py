"""Each write carries a key, what is known by its key is not done again, and what asks for it runs again."""

import datetime as dt
import threading
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session as Db

from tests.databases import StoreFactory
from tests.factories import MONDAY, make_course, make_draft, make_person, make_venue, prepared
from trainer_desk.models import Change, ChangeRow, Course, Presence
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.errors import Again, DatabaseTrouble, DeskError, NotFound
from trainer_desk.services.planning import placing
from trainer_desk.services.store.engine import Store, Written

NOON = dt.datetime(2026, 7, 1, 10, 0, tzinfo=dt.UTC)
SECONDS = 30


def add(db: Db, code: str = "FIRE", *, now: Any, actor: str) -> int:
    return make_course(db, code)


def keys(store: Store) -> list[tuple[str, str | None]]:
    with store.reading() as db:
        return [(label, key) for label, key in db.execute(sa.select(Change.label, Change.op_key).order_by(Change.id))]


def courses_in(db: Any) -> list[str]:
    return list(db.execute(sa.select(Course.code).order_by(Course.code)).scalars())


def courses(store: Store) -> list[str]:
    with store.reading() as db:
        return courses_in(db)


def test_every_write_carries_a_key_of_its_own(store: Store) -> None:
    store.write("One", add, "A")
    store.write("Two", add, "B")
    store.write("Given", add, "C", key="mine")
    made = dict(keys(store))
    assert made["Given"] == "mine"
    assert all(len(made[label] or "") == 32 for label in ("One", "Two"))
    assert made["One"] != made["Two"]


def test_what_is_known_by_its_key_is_not_done_again(store: Store) -> None:
    first = store.write("Add", add, "A", key="mine")
    again: Written[int | None] = store.write("Add", add, "B", key="mine")
    assert (first.was_done, again.was_done) == (False, True)
    assert again.value is None
    assert again.changes == first.changes
    assert first.changes.keys == {"courses": frozenset({str(first.value)})}
    assert courses(store) == ["A"]


def test_a_key_is_known_on_every_workstation(store_factory: StoreFactory) -> None:
    first = store_factory().write("Add", add, "A", key="mine")
    again = store_factory().write("Add", add, "B", key="mine")
    assert again.was_done
    assert again.changes == first.changes


def refuse(db: Db, *, now: Any, actor: str) -> None:
    make_course(db, "HALF")
    raise NotFound(kind="session", key="S-1")


@pytest.mark.parametrize("verb", [refuse, lambda db, **_: db.execute(sa.update(Course).values(title="x")).rowcount])
def test_what_left_nothing_leaves_no_key(store: Store, verb: Callable[..., Any]) -> None:
    """A refusal and a change that touched no row may be asked for again, with the same key."""
    try:
        assert not store.write("Nothing", verb, key="mine").was_done
    except NotFound:
        assert verb is refuse
    assert "Nothing" not in dict(keys(store))
    assert not store.write("Add", add, "A", key="mine").was_done
    assert courses(store) == ["A"]


def test_a_rehearsal_leaves_no_key(store: Store) -> None:
    def rehearse(unit: Any) -> int:
        unit.discard()
        return make_course(unit.db, "A")

    store.perform("Rehearse", lambda: rehearse, key="mine")
    assert not store.write("Add", add, "A", key="mine").was_done


def test_two_that_ask_for_the_same_at_once_do_it_once(store_factory: StoreFactory) -> None:
    """The second finds the first still under way, waits at the key and is told what that one did."""
    stores = [store_factory(), store_factory()]
    for store in stores:
        assert store.actor
    both, answers = threading.Barrier(2), []

    def submit(store: Store, code: str) -> None:
        both.wait(SECONDS)
        answers.append(store.write("Add", add, code, key="mine"))

    threads = [threading.Thread(target=submit, args=pair) for pair in zip(stores, "AB", strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(SECONDS)
    assert sorted(answer.was_done for answer in answers) == [False, True]
    assert answers[0].changes == answers[1].changes
    assert len(courses(stores[0])) == 1


def test_one_that_waits_for_the_other_is_told_what_that_one_did(store_factory: StoreFactory) -> None:
    ours, theirs = store_factory(), store_factory()
    assert theirs.actor
    answers: list[Written[int]] = []
    thread = threading.Thread(target=lambda: answers.append(theirs.write("Add", add, "B", key="mine")))
    with ours.writing("Add", key="mine") as unit:
        make_course(unit.db, "A")
        thread.start()
        thread.join(0.2)  # it cannot end before this here does
        assert thread.is_alive()
    thread.join(SECONDS)
    assert answers[0].was_done
    assert answers[0].changes.keys == unit.changes.keys
    assert courses(ours) == ["A"]


# ---- running again -------------------------------------------------------------------------------------------------


def growing(times: int) -> tuple[Callable[..., int], list[int]]:
    """Give a verb whose locks grow so often, and the list of its runs."""
    runs: list[int] = []

    def verb(db: Db, *, now: Any, actor: str) -> int:
        runs.append(make_course(db, f"A{len(courses_in(db))}"))
        if len(runs) <= times:
            raise Again
        return runs[-1]

    return verb, runs


@pytest.mark.parametrize("times", [1, 10])
def test_a_unit_whose_locks_grew_runs_again(store: Store, times: int) -> None:
    verb, runs = growing(times)
    written = store.write("Add", verb)
    assert len(runs) == times + 1
    assert written.changes.keys == {"courses": frozenset({str(written.value)})}
    assert courses(store) == ["A0"]


def test_a_unit_whose_locks_grow_for_ever_ends(store: Store) -> None:
    verb, runs = growing(99)
    with pytest.raises(DeskError) as refused:
        store.write("Add", verb)
    assert (refused.value.code, refused.value.facts["why"]) == ("database_error", "deadlock")
    assert len(runs) == 11
    assert courses(store) == []
    assert "Add" not in dict(keys(store))


def test_of_many_sessions_none_is_refused_because_locks_grew(store: Store) -> None:
    """Whoever collects refusals one by one lets the whole run again instead."""
    with prepared(store) as db:
        session = make_draft(db)
    runs: list[int] = []

    def verb(db: Db, session_id: int, *, now: Any, actor: str) -> None:
        runs.append(session_id)
        if len(runs) == 1:
            raise Again

    batch = store.write("Each", placing.for_each, [session], verb).value
    assert (batch.done, batch.refused, len(runs)) == ((session,), (), 2)


# ---- signs of life -------------------------------------------------------------------------------------------------


def alive(db: Db, presence: int, *, now: dt.datetime, actor: str) -> dt.datetime:
    lapses_at = now + dt.timedelta(seconds=60)
    db.execute(sa.update(Presence).where(Presence.id == presence).values(lapses_at=lapses_at))
    return lapses_at


def presence_of(store: Store) -> int:
    with prepared(store) as db:
        venue = make_venue(db)
        session = make_draft(db, venue=venue)
        made = db.execute(
            sa.insert(Presence)
            .values(
                session_id=session,
                venue_id=venue,
                person_id=make_person(db),
                entered_at=MONDAY,
                entered_by="ana",
                lapses_at=MONDAY,
                created_at=MONDAY,
                updated_at=MONDAY,
            )
            .returning(Presence.id)
        )
        return int(made.scalar_one())


def row_counts(store: Store) -> tuple[int, int]:
    count = sa.func.count()
    with store.reading() as db:
        return db.scalar(sa.select(count).select_from(Change)) or 0, db.scalar(
            sa.select(count).select_from(ChangeRow)
        ) or 0


def test_a_sign_of_life_leaves_no_change(store_factory: StoreFactory) -> None:
    store = store_factory(FixedClock(NOON))
    presence = presence_of(store)
    before = row_counts(store)
    lapses_at = store.signal(alive, presence)
    assert lapses_at == NOON + dt.timedelta(seconds=60)
    with store.reading() as db:
        assert db.execute(sa.select(Presence.lapses_at, Presence.version)).one() == (lapses_at, 1)
    assert row_counts(store) == before


def test_a_sign_of_life_that_is_refused_leaves_nothing(store: Store) -> None:
    presence = presence_of(store)

    def half(db: Db, **named: Any) -> None:
        alive(db, presence, **named)
        raise NotFound(kind="session", key="S-1")

    with pytest.raises(NotFound):
        store.signal(half)
    with store.reading() as db:
        assert db.scalar(sa.select(Presence.lapses_at)) == MONDAY


def test_a_sign_of_life_passes_nothing_by_the_journal(store: Store) -> None:
    """Whoever touches what the journal watches is recorded all the same."""

    def rename(db: Db, *, now: Any, actor: str) -> None:
        make_course(db, "A")

    store.signal(rename)
    assert keys(store)[-1] == ("direct", None)


def test_a_sign_of_life_is_tried_again(store: Store) -> None:
    verb, runs = growing(2)
    store.signal(verb)
    assert len(runs) == 3
    endless, _ = growing(99)
    with pytest.raises(DatabaseTrouble):
        store.signal(endless)
