"""The door: answers arrive on the GUI thread, in order, only where they are still wanted, and nothing is swallowed."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from trainer_desk.services.changes import Changes
from trainer_desk.services.errors import DeskError, NotFound, Stale
from trainer_desk.services.findings import Finding
from trainer_desk.services.store.engine import Store
from trainer_desk.views.desk import Desk


@dataclass
class Answer:
    """What a write of the store gives back."""

    value: Any
    changes: Changes
    warnings: tuple[Finding, ...] = ()


@dataclass
class Shelf:
    """A store that is a list: reads see it, writes append to it."""

    rows: list[str] = field(default_factory=list)
    actors: list[str] = field(default_factory=list)

    def read(self, query: Callable[..., Any], /, *args: Any, **named: Any) -> Any:
        return query(self.rows, *args, **named)

    def write(self, label: str, verb: Callable[..., Any], /, *args: Any, actor: str, **named: Any) -> Answer:
        self.actors.append(actor)
        value = verb(self.rows, *args, **named)
        keys = {"sessions": frozenset({str(value)})} if value is not None else {}
        return Answer(value, Changes(1, label, keys))


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def desk(shelf: Shelf) -> Iterator[Desk]:
    door = Desk(shelf, "frank")
    yield door
    door.close()


@pytest.fixture
def owner() -> Iterator[QObject]:
    page = QObject()
    yield page
    if shiboken6.isValid(page):
        shiboken6.delete(page)


def place(rows: list[str], row: str) -> int:
    rows.append(row)
    return len(rows)


def test_answers_arrive_on_the_gui_thread_and_work_is_done_elsewhere(qtbot: QtBot, desk: Desk, owner: QObject) -> None:
    seen: list[tuple[int, int]] = []
    desk.read(owner, lambda _db: threading.get_ident(), then=lambda who: seen.append((who, threading.get_ident())))
    qtbot.waitUntil(lambda: bool(seen))
    worker, here = seen[0]
    assert here == threading.get_ident() != worker


def test_arguments_reach_the_query(qtbot: QtBot, desk: Desk, owner: QObject, shelf: Shelf) -> None:
    shelf.rows = ["a", "b", "c"]
    seen: list[list[str]] = []
    desk.read(owner, lambda rows, start, *, end: rows[start:end], 1, end=2, then=seen.append)
    qtbot.waitUntil(lambda: seen == [["b"]])


def test_writes_keep_their_order_and_carry_the_actor(qtbot: QtBot, desk: Desk, owner: QObject, shelf: Shelf) -> None:
    done: list[int] = []
    for number in range(30):
        desk.write(owner, "Place a row", place, str(number), then=done.append)
    qtbot.waitUntil(lambda: len(done) == 30)
    assert shelf.rows == [str(number) for number in range(30)]
    assert done == list(range(1, 31))
    assert set(shelf.actors) == {"frank"}


def test_a_write_tells_its_owner_first_and_then_everybody(qtbot: QtBot, desk: Desk, owner: QObject) -> None:
    order: list[object] = []
    desk.changed.connect(lambda changes: order.append(changes.keys["sessions"]))
    desk.write(owner, "Place a row", place, "a", then=order.append)
    qtbot.waitUntil(lambda: order == [1, frozenset({"1"})])


def test_a_write_that_changed_nothing_is_not_announced(qtbot: QtBot, desk: Desk, owner: QObject) -> None:
    done: list[object] = []
    with qtbot.assertNotEmitted(desk.changed):
        desk.write(owner, "Nothing", lambda _rows: None, then=done.append)
        qtbot.waitUntil(lambda: done == [None])


def test_an_answer_for_a_dead_owner_is_dropped_but_the_change_is_announced(
    qtbot: QtBot, desk: Desk, shelf: Shelf
) -> None:
    gate, answers = threading.Event(), []
    page = QObject()
    desk.read(page, lambda _rows: gate.wait(5), then=answers.append)
    desk.write(page, "Place a row", place, "kept", then=answers.append)
    shiboken6.delete(page)
    with qtbot.waitSignal(desk.changed):
        gate.set()
    qtbot.waitUntil(lambda: not desk.is_busy)
    assert answers == []
    assert shelf.rows == ["kept"]


def test_only_the_newest_question_of_a_lane_is_answered(qtbot: QtBot, desk: Desk, owner: QObject) -> None:
    gate, answers = threading.Event(), []

    def ask(text: str) -> None:
        desk.read(owner, lambda _rows: (gate.wait(5), text)[1], then=answers.append, lane="search")

    for text in ("f", "fo", "for", "fork", "forkl", "forklift"):
        ask(text)
    gate.set()
    qtbot.waitUntil(lambda: not desk.is_busy)
    assert answers == ["forklift"]


def test_a_slow_old_answer_never_comes_after_a_quick_new_one(qtbot: QtBot, desk: Desk, owner: QObject) -> None:
    gate, answers = threading.Event(), []
    desk.read(owner, lambda _rows: (gate.wait(5), "old")[1], then=answers.append, lane="week")
    desk.read(owner, lambda _rows: "new", then=answers.append, lane="week")
    qtbot.waitUntil(lambda: answers == ["new"])
    gate.set()
    qtbot.waitUntil(lambda: not desk.is_busy)
    assert answers == ["new"]


def test_lanes_of_different_owners_do_not_meet(qtbot: QtBot, desk: Desk, owner: QObject) -> None:
    answers: list[str] = []
    other = QObject()
    desk.read(owner, lambda _rows: "one", then=answers.append, lane="week")
    desk.read(other, lambda _rows: "two", then=answers.append, lane="week")
    qtbot.waitUntil(lambda: sorted(answers) == ["one", "two"])


def refuse(_rows: list[str]) -> None:
    raise NotFound(kind="session", key="S-1")


def break_down(_rows: list[str]) -> None:
    raise ZeroDivisionError("a bug")


def test_a_refusal_goes_to_who_asked(qtbot: QtBot, desk: Desk, owner: QObject) -> None:
    refusals: list[DeskError] = []
    with qtbot.assertNotEmitted(desk.failed):
        desk.read(owner, refuse, then=refusals.append, failed=refusals.append)
        desk.write(owner, "Edit", refuse, refused=refusals.append)
        qtbot.waitUntil(lambda: len(refusals) == 2)
    assert {error.code for error in refusals} == {"not_found"}


def test_a_refusal_that_nobody_takes_is_signalled(qtbot: QtBot, desk: Desk, owner: QObject) -> None:
    with qtbot.waitSignal(desk.failed) as caught:
        desk.write(owner, "Edit", refuse)
    assert isinstance(caught.args[0], NotFound)


def test_the_refusal_of_a_change_is_shown_even_if_its_page_is_gone(qtbot: QtBot, desk: Desk) -> None:
    page = QObject()
    gate = threading.Event()

    def late(_rows: list[str]) -> None:
        gate.wait(5)
        raise Stale(ref="S-1")

    desk.write(page, "Edit", late, refused=pytest.fail)
    shiboken6.delete(page)
    with qtbot.waitSignal(desk.failed):
        gate.set()


def test_a_bug_is_a_crash_with_its_traceback(qtbot: QtBot, desk: Desk, owner: QObject) -> None:
    with qtbot.assertNotEmitted(desk.failed), qtbot.waitSignal(desk.crashed) as caught:
        desk.read(owner, break_down, then=pytest.fail, failed=pytest.fail)
    assert "ZeroDivisionError: a bug" in caught.args[0]
    assert "break_down" in caught.args[0]


def test_the_door_works_on_after_a_bug(qtbot: QtBot, desk: Desk, owner: QObject) -> None:
    answers: list[str] = []
    with qtbot.waitSignal(desk.crashed):
        desk.write(owner, "Edit", break_down)
    desk.read(owner, lambda _rows: "alive", then=answers.append)
    qtbot.waitUntil(lambda: answers == ["alive"])


def test_busy_is_told_once_at_each_end(qtbot: QtBot, desk: Desk, owner: QObject) -> None:
    told: list[bool] = []
    desk.busy.connect(told.append)
    gate = threading.Event()
    for _ in range(4):
        desk.read(owner, lambda _rows: gate.wait(5), then=lambda _answer: None)
    gate.set()
    qtbot.waitUntil(lambda: told == [True, False])


def test_saving_is_told_while_changes_are_on_their_way_and_not_for_questions(
    qtbot: QtBot, desk: Desk, owner: QObject
) -> None:
    told: list[bool] = []
    desk.saving.connect(told.append)
    gate = threading.Event()
    desk.read(owner, lambda _rows: None, then=lambda _answer: None)
    qtbot.waitUntil(lambda: not desk.is_busy)
    assert told == []
    for _ in range(2):
        desk.write(owner, "Wait", lambda _rows: gate.wait(5) and None)
    desk.write(owner, "Break", break_down)
    assert (told, desk.is_saving) == ([True], True)
    gate.set()
    qtbot.waitUntil(lambda: told == [True, False])
    assert not desk.is_saving


def test_closing_finishes_the_writes_and_drops_the_callbacks(qtbot: QtBot, desk: Desk, owner: QObject) -> None:
    seen: list[object] = []
    for number in range(20):
        desk.write(owner, "Place a row", place, str(number), then=seen.append)
    assert desk.close()
    assert desk._store.rows == [str(number) for number in range(20)]  # type: ignore[attr-defined]
    qtbot.wait(1)
    assert seen == []


def test_closing_does_not_wait_for_ever(desk: Desk, owner: QObject) -> None:
    gate = threading.Event()
    desk.read(owner, lambda _rows: gate.wait(10), then=lambda _answer: None)
    assert not desk.close(patience=0.05)
    gate.set()


def test_after_closing_nothing_is_taken(desk: Desk, owner: QObject, shelf: Shelf) -> None:
    desk.close()
    desk.write(owner, "Place a row", place, "late")
    assert shelf.rows == []


def test_only_the_gui_thread_may_ask(desk: Desk, owner: QObject) -> None:
    raised: list[type[BaseException]] = []

    def elsewhere() -> None:
        try:
            desk.read(owner, len, then=lambda _answer: None)
        except RuntimeError as error:
            raised.append(type(error))

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()
    assert raised == [RuntimeError]


def test_it_opens_a_real_store(qtbot: QtBot, owner: QObject, sqlite_store: Store) -> None:
    answers: list[object] = []
    door = Desk(sqlite_store, "frank")
    door.read(owner, lambda db: db.exec_driver_sql("SELECT 40 + 2").scalar(), then=answers.append)
    qtbot.waitUntil(lambda: answers == [42])
    assert door.close()
