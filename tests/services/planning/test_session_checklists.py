"""The checklist of a session: copied wherever one is made, due by its day, ticked, added to and taken from (S12)."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.databases import StoreFactory
from tests.factories import (
    at,
    make_account,
    make_checklist_item,
    make_course,
    make_draft,
    make_scheduled,
    make_session_checklist_item,
    make_trainer,
    make_venue,
    prepared,
)
from trainer_desk.models.enums import Role
from trainer_desk.services.accounts import logins
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.errors import BadValue, NotAllowed, NotFound, Stale, WrongState
from trainer_desk.services.journal.history import history_of_session
from trainer_desk.services.orchestration import scheduling
from trainer_desk.services.orchestration.preparing import tick, untick
from trainer_desk.services.orchestration.undoing import redo_last, undo_last
from trainer_desk.services.planning import drafts
from trainer_desk.services.planning.checklists import change_item
from trainer_desk.services.planning.checklists import remove_item as take_off_course
from trainer_desk.services.planning.lifecycle import cancel
from trainer_desk.services.planning.session_checklists import add_item, checklist_of_session, remove_item
from trainer_desk.services.rows.checklists import SessionItem
from trainer_desk.services.rules.preparing import due_on, is_late
from trainer_desk.services.store.engine import Store
from trainer_desk.texts import error_text

ZONE = ZoneInfo("Europe/Berlin")
NOW = at("2026-07-01 10:00")
START = at("2026-07-20 09:00")


@pytest.fixture
def store(store_factory: StoreFactory) -> Store:
    return store_factory(FixedClock(NOW))


@pytest.fixture
def course(store: Store) -> int:
    with prepared(store) as db:
        made = make_course(db, "LOTO")
        make_checklist_item(db, made, "Book the room", place=1, days_before=14)
        make_checklist_item(db, made, "Print the handouts", place=2, days_before=0)
        make_checklist_item(db, made, "Gone", place=3, deleted_at=NOW)
    return made


def do(store: Store, verb: Any, *args: Any, actor: str | None = None, **named: Any) -> Any:
    return store.write("Something", verb, *args, actor=actor or store.actor, **named).value


def items(store: Store, session: int) -> tuple[SessionItem, ...]:
    return store.read(checklist_of_session, session, zone=ZONE)


def words(store: Store, session: int) -> list[tuple[str, bool]]:
    """Return what stands on a session's checklist, and whether it is done."""
    return [(item.words, item.done_at is not None) for item in items(store, session)]


OPEN = [("Book the room", False), ("Print the handouts", False)]


@pytest.mark.parametrize(
    ("starts_at", "days", "due"),
    [
        ("2026-07-20 09:00", 0, "2026-07-20"),
        ("2026-07-20 09:00", 14, "2026-07-06"),
        ("2026-07-20 00:00", 1, "2026-07-19"),  # the evening before in UTC
        ("2026-03-29 23:30", 1, "2026-03-28"),  # the day the clocks change
        ("2027-01-01 08:00", 365, "2026-01-01"),
    ],
)
def test_the_day_by_which_it_is_due(starts_at: str, days: int, due: str) -> None:
    assert due_on(at(starts_at), days, ZONE) == dt.date.fromisoformat(due)


def test_nothing_is_due_without_a_date_and_late_only_after_its_day() -> None:
    today = dt.date(2026, 7, 6)
    assert due_on(None, 3, ZONE) is None
    assert not is_late(None, None, today)
    assert not is_late(today, None, today)
    assert is_late(today - dt.timedelta(days=1), None, today)
    assert not is_late(today - dt.timedelta(days=1), NOW, today)


def test_a_new_draft_gets_what_its_course_holds_then(store: Store, course: int) -> None:
    session = do(store, drafts.create_draft, {"course_id": course, "starts_at": START})
    first, second = items(store, session)
    assert (first.words, first.days_before, first.due_on, first.is_own) == (
        "Book the room", 14, dt.date(2026, 7, 6), False,
    )  # fmt: skip
    assert (second.words, second.due_on) == ("Print the handouts", dt.date(2026, 7, 20))
    with prepared(store) as db:
        item = make_checklist_item(db, course, "New", place=4)
    do(store, change_item, item, "Newer", 2)
    do(store, take_off_course, item)
    assert words(store, session) == OPEN


def test_a_copy_begins_anew(store: Store, course: int) -> None:
    session = do(store, drafts.create_draft, {"course_id": course})
    do(store, tick, items(store, session)[0].id)
    copy = do(store, drafts.duplicate_session, session)
    assert words(store, copy) == OPEN


def test_it_moves_with_its_session(store: Store, course: int) -> None:
    session = do(store, drafts.create_draft, {"course_id": course})
    assert [item.due_on for item in items(store, session)] == [None, None]
    do(store, scheduling.edit_session, session, {"starts_at": START})
    assert [item.due_on for item in items(store, session)] == [dt.date(2026, 7, 6), dt.date(2026, 7, 20)]


def test_another_course_brings_its_own_list_and_leaves_what_was_done_or_added(store: Store, course: int) -> None:
    with prepared(store) as db:
        other = make_course(db, "FIRE")
        make_checklist_item(db, other, "Fill the extinguishers")
    session = do(store, drafts.create_draft, {"course_id": course})
    do(store, tick, items(store, session)[0].id)
    do(store, add_item, session, "Tell the gate", 1)
    do(store, scheduling.edit_session, session, {"course_id": other})
    assert sorted(words(store, session)) == [
        ("Book the room", True), ("Fill the extinguishers", False), ("Tell the gate", False),
    ]  # fmt: skip
    undo_last(store)
    assert words(store, session) == [("Book the room", True), OPEN[1], ("Tell the gate", False)]


def test_a_tick_says_who_and_when_and_a_second_one_changes_nothing(store: Store, course: int) -> None:
    session = do(store, drafts.create_draft, {"course_id": course})
    item = items(store, session)[0].id
    do(store, tick, item)
    done = items(store, session)[0]
    assert (done.done_at, done.done_by) == (NOW, store.actor)
    before = store.read(history_of_session, session)
    do(store, tick, item)
    assert store.read(history_of_session, session) == before
    do(store, untick, item)
    assert words(store, session) == OPEN


def test_a_tick_is_undone_and_leaves_the_version_of_the_session(store: Store, course: int) -> None:
    session = do(store, drafts.create_draft, {"course_id": course})
    do(store, tick, items(store, session)[0].id)
    assert undo_last(store).value == "Something"
    assert words(store, session) == OPEN
    redo_last(store)
    assert words(store, session)[0] == ("Book the room", True)
    do(store, scheduling.edit_session, session, {"notes": "as it was"}, version=1)


def test_undoing_a_draft_takes_its_list_along_and_the_trash_gives_it_back(store: Store, course: int) -> None:
    session = do(store, drafts.create_draft, {"course_id": course})
    do(store, remove_item, items(store, session)[0].id)
    undo_last(store)
    undo_last(store)
    assert items(store, session) == ()
    do(store, scheduling.restore_session, session)
    assert words(store, session) == OPEN


def test_what_is_added_and_removed_here_stays_here(store: Store, course: int) -> None:
    session = do(store, drafts.create_draft, {"course_id": course, "starts_at": START})
    added = do(store, add_item, session, "  Tell the gate ", 1)
    assert [(item.words, item.is_own) for item in items(store, session)][-1] == ("Tell the gate", True)
    do(store, remove_item, items(store, session)[0].id)
    assert words(store, session) == [OPEN[1], ("Tell the gate", False)]
    assert words(store, do(store, drafts.create_draft, {"course_id": course})) == OPEN
    do(store, remove_item, added)
    with pytest.raises(NotFound):
        do(store, tick, added)


@pytest.mark.parametrize(("text", "days"), [(" ", 1), ("x" * 201, 1), ("Tell", -1), ("Tell", 366)])
def test_empty_or_absurd_items_are_refused(store: Store, course: int, text: str, days: int) -> None:
    session = do(store, drafts.create_draft, {"course_id": course})
    with pytest.raises(BadValue):
        do(store, add_item, session, text, days)
    assert words(store, session) == OPEN


def test_a_session_that_is_cancelled_is_not_prepared(store: Store, course: int) -> None:
    session = do(store, drafts.create_draft, {"course_id": course})
    item = items(store, session)[0].id
    do(store, cancel, session, "No demand")
    for verb, args in ((tick, (item,)), (untick, (item,)), (remove_item, (item,)), (add_item, (session, "New", 1))):
        with pytest.raises(WrongState):
            do(store, verb, *args)


def test_a_trainer_ticks_where_they_teach_and_nowhere_else(store: Store, course: int) -> None:
    with prepared(store) as db:
        john, aisha = make_trainer(db, "JS", courses=[course]), make_trainer(db, "AR", courses=[course])
        room = make_venue(db, "A")
        make_account(db, "boss", Role.ADMINISTRATOR)
        logins.add(db, store.actor, Role.TRAINER, trainer_id=john, actor="boss", now=NOW)
        own = make_scheduled(db, course=course, trainer=john, venue=room, starts_at=START)
        helped = make_draft(db, course=course, trainer=aisha, co_trainers=[john], starts_at=START)
        foreign = make_draft(db, course=course, trainer=aisha)
        found = {session: make_session_checklist_item(db, session) for session in (own, helped, foreign)}
    for session in (own, helped):
        do(store, tick, found[session])
        assert words(store, session) == [("Book the room", True)]
        undo_last(store)
        assert words(store, session) == [("Book the room", False)]
    with pytest.raises(NotAllowed):
        do(store, tick, found[foreign])
    with pytest.raises(NotAllowed):
        do(store, add_item, own, "Not mine to plan", 1)


def test_what_somebody_ticked_meanwhile_is_not_taken_off_unseen(store: Store, course: int) -> None:
    """It was shown as open, so whoever takes it off does not know that it was seen to (U5)."""
    with prepared(store) as db:
        item = make_session_checklist_item(db, make_draft(db, course=course))
    do(store, tick, item)
    with pytest.raises(Stale) as refusal:
        do(store, remove_item, item, was_done=False)
    assert (refusal.value.facts["ref"], refusal.value.facts["by"]) == ("Book the room", store.actor)
    assert error_text(refusal.value).endswith(".")
    do(store, remove_item, item, was_done=True)
