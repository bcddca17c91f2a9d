"""Work under way is told when it takes long enough to be noticed, and then does not flicker."""

import pytest
from pytestqt.qtbot import QtBot

from trainer_desk.views.parts.status_line import StatusLine
from trainer_desk.views.parts.work_sign import WorkSign


@pytest.fixture
def status(qtbot: QtBot) -> StatusLine:
    line = StatusLine()
    qtbot.addWidget(line)
    line.resize(900, 30)
    line.show_place("Harbour Training Centre")
    line.show()
    return line


def test_a_quick_change_shows_nothing(status: StatusLine) -> None:
    status.show_busy(True)
    status.show_saving(True)
    status.show_saving(False)
    status.show_busy(False)
    assert not status.work.isVisible()
    assert not status.work._wait.isActive()


def test_a_slow_change_says_saving_and_turns_without_moving_anything(qtbot: QtBot, status: StatusLine) -> None:
    before = status.findings.geometry(), status.place.pos(), status.bell.geometry()
    status.show_busy(True)
    status.show_saving(True)
    qtbot.waitUntil(status.work.isVisible)
    assert status.work.label.text() == "Saving…"
    angle = status.work.spinner.angle
    qtbot.waitUntil(lambda: status.work.spinner.angle != angle)
    assert (status.findings.geometry(), status.place.pos(), status.bell.geometry()) == before
    assert not status.work.spinner.grab().toImage().isNull()
    status.show_saving(False)
    assert status.work.label.text() == "Saving…"
    status.show_busy(False)
    assert status.work.isVisible()
    qtbot.waitUntil(lambda: not status.work.isVisible())


def test_one_change_after_the_other_does_not_flicker(qtbot: QtBot, status: StatusLine) -> None:
    status.show_saving(True)
    qtbot.waitUntil(status.work.isVisible)
    seen: list[bool] = []
    for _ in range(5):
        status.show_saving(False)
        seen.append(status.work.isVisible())
        status.show_saving(True)
        seen.append(status.work.isVisible())
    assert all(seen)
    status.show_saving(False)
    qtbot.waitUntil(lambda: not status.work.isVisible())


def test_what_is_read_for_long_says_so_too(qtbot: QtBot) -> None:
    sign = WorkSign()
    qtbot.addWidget(sign)
    sign.set_working(True)
    assert not sign.isVisible()
    qtbot.waitUntil(sign.isVisible)
    assert sign.label.text() == "Working…"
    sign.set_saving(True)
    assert sign.label.text() == "Saving…"
    sign.set_saving(False)
    sign.set_working(False)
    qtbot.waitUntil(lambda: not sign.isVisible())


def test_a_quick_change_before_a_long_question_does_not_call_it_early(status: StatusLine) -> None:
    status.show_busy(True)
    status.show_saving(True)
    status.show_saving(False)
    assert status.work._wait.remainingTime() > 500
    status.show_busy(False)
