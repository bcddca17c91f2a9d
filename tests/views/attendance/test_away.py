"""Marks made while the database is away: kept, sent once, in order, over a restart too, never over others (A2)."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.views.attendance.conftest import Room
from trainer_desk.models.enums import Attendance, SessionStatus
from trainer_desk.services.journal.history import history_of_session
from trainer_desk.services.planning.board import load_card
from trainer_desk.services.rows.attendance import Mark

REGISTERED, ATTENDED, NO_SHOW = Attendance.REGISTERED, Attendance.ATTENDED, Attendance.NO_SHOW


def labels(room: Room) -> list[str]:
    changes = room.store.read(history_of_session, room.session)
    return [one.label for one in reversed(changes) if one.label.startswith("Mark ")]


def cut(room: Room) -> None:
    """Lose the database and mark three times, one of them twice."""
    room.line.is_cut = True
    room.tap("Amara Orlov", ATTENDED)
    room.tap("Bruno Ivanov", ATTENDED)
    room.tap("Amara Orlov", NO_SHOW)
    room.qtbot.waitUntil(lambda: room.post.trouble is not None, timeout=8000)


def test_what_is_marked_while_the_database_is_away_arrives_when_it_is_back(room: Room) -> None:
    view = room.open()
    cut(room)
    assert room.shown()[:3] == ["no_show", "attended", "registered"]
    assert "The database does not answer. 3 marks are kept on this computer" in room.notice
    assert view.parts.foot.text().endswith("3 marks are kept on this computer.")
    assert not view.parts.undo.isEnabled()
    assert room.stored("Amara Orlov") == Mark()
    told: list[int] = []
    room.post.delivered.connect(told.append)
    room.line.is_cut = False
    room.rest()
    assert room.stored("Amara Orlov") == Mark(NO_SHOW)
    assert labels(room) == [
        "Mark Amara Orlov: Attended",
        "Mark Bruno Ivanov: Attended",
        "Mark Amara Orlov: No-show",
    ]
    room.until(lambda: told == [3])
    assert room.notice == ""


def test_what_was_kept_survives_the_end_of_the_program(room: Room) -> None:
    room.open()
    cut(room)
    room.stop()
    assert room.stored("Bruno Ivanov") == Mark()
    room.line.is_cut = False
    room.start()
    room.rest()
    room.until(lambda: room.stored("Amara Orlov") == Mark(NO_SHOW))
    assert labels(room)[-1] == "Mark Amara Orlov: No-show"
    room.open()
    assert room.shown()[:2] == ["no_show", "attended"]


def test_a_clash_is_shown_and_theirs_can_stay(room: Room) -> None:
    view = room.open()
    cut(room)
    room.another_marks("Amara Orlov", ATTENDED)
    room.another_marks("Bruno Ivanov", NO_SHOW)
    room.line.is_cut = False
    room.until(lambda: "Bruno Ivanov" in room.notice)
    assert room.notice.startswith("marta marked Bruno Ivanov at 14:00: No-show. Yours was: Attended.")
    assert room.shown()[1] == "no_show"
    assert room.stored("Bruno Ivanov") == Mark(NO_SHOW)
    assert room.stored("Amara Orlov") == Mark(NO_SHOW), "marked the same by both first, then changed here"
    room.answer("Keep")
    room.until(lambda: room.notice == "")
    assert room.stored("Bruno Ivanov") == Mark(NO_SHOW)
    room.stop()
    room.start()
    room.until(lambda: True)
    assert room.post.kept == ()
    assert view is not None


def test_a_clash_is_shown_and_mine_can_be_taken(room: Room) -> None:
    room.open()
    cut(room)
    room.another_marks("Bruno Ivanov", NO_SHOW)
    room.line.is_cut = False
    room.until(lambda: "Bruno Ivanov" in room.notice)
    room.answer("Take")
    room.rest()
    room.until(lambda: room.stored("Bruno Ivanov") == Mark(ATTENDED))
    room.until(lambda: room.notice == "")


def test_marks_of_a_session_that_was_cancelled_meanwhile_are_told(room: Room) -> None:
    from trainer_desk.services.orchestration.scheduling import cancel  # noqa: PLC0415

    room.open()
    cut(room)
    room.store.write("Cancel", cancel, room.session, "Ill")
    room.line.is_cut = False
    room.until(lambda: "was not taken" in room.notice)
    assert "“Mark Amara Orlov: No-show” was not taken." in room.notice
    room.answer("Understood")
    room.until(lambda: "Bruno Ivanov" in room.notice)
    room.answer("Understood")
    room.until(lambda: room.post.kept == ())


def test_completing_waits_for_the_database(room: Room) -> None:
    view = room.open()
    cut(room)
    QTest.mouseClick(view.parts.complete, Qt.MouseButton.LeftButton)
    assert room.store.read(load_card, room.session).status is SessionStatus.IN_PROGRESS
    room.line.is_cut = False
    room.rest()
    assert room.store.read(load_card, room.session).status is SessionStatus.IN_PROGRESS


def test_a_computer_that_cannot_keep_marks_says_so_and_marks_all_the_same(room: Room) -> None:
    room.stop()
    room.box.mkdir()
    room.start()
    told: list[object] = []
    room.post.unkept.connect(told.append)
    room.open()
    room.tap("Amara Orlov", ATTENDED)
    room.rest()
    assert len(told) <= 1
    assert room.stored("Amara Orlov") == Mark(ATTENDED)
