"""Fields for days, times and choices: typed, stepped, picked, and honest about what they cannot read."""

from datetime import date, time

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.views.accessibility import audit
from trainer_desk.views.parts.date_field import DateField
from trainer_desk.views.parts.mini_month import MiniMonth
from trainer_desk.views.parts.search_combo import SearchCombo
from trainer_desk.views.parts.time_field import TimeField

TODAY = date(2026, 11, 24)
TRAINERS = [(1, "Aisha Rahman (1.5h booked this week)"), (2, "John Smith (12h booked this week)"), (3, "Zoë Smith")]


class Form(QWidget):
    """The three fields together, as a panel has them."""

    def __init__(self) -> None:
        super().__init__()
        self.day = DateField("Day", lambda: TODAY)
        self.start = TimeField("Start")
        self.trainer = SearchCombo("Trainer", hint="No trainer")
        self.trainer.set_choices(TRAINERS)
        self.told: list[object] = []
        for signal in (self.day.changed, self.start.changed, self.trainer.chosen):
            signal.connect(self.told.append)
        column = QVBoxLayout(self)
        for field in (self.day, self.start, self.trainer):
            column.addWidget(field)


@pytest.fixture
def form(qtbot: QtBot) -> Form:
    widget = Form()
    qtbot.addWidget(widget)
    widget.show()
    widget.activateWindow()
    qtbot.waitUntil(widget.isActiveWindow)
    return widget


def test_a_typed_day_is_told_once(qtbot: QtBot, form: Form) -> None:
    qtbot.keyClicks(form.day, "thu")
    qtbot.keyClick(form.day, Qt.Key.Key_Return)
    qtbot.keyClick(form.day, Qt.Key.Key_Return)
    assert form.told == [date(2026, 11, 26)]
    assert form.day.text() == "Thu 26 Nov 2026"


def test_an_emptied_day_is_none(qtbot: QtBot, form: Form) -> None:
    form.day.set_value(TODAY)
    form.day.selectAll()
    qtbot.keyClick(form.day, Qt.Key.Key_Delete)
    qtbot.keyClick(form.day, Qt.Key.Key_Return)
    assert form.told == [None]


def test_what_cannot_be_read_stays_and_is_explained(qtbot: QtBot, form: Form) -> None:
    form.day.set_value(TODAY)
    form.day.setText("someday")
    qtbot.keyClick(form.day, Qt.Key.Key_Return)
    assert (form.told, form.day.text(), form.day.value) == ([], "someday", TODAY)
    assert form.day.property("invalid")
    assert "not a day" in form.day.accessibleDescription()
    form.day.setText("25 nov")
    qtbot.keyClick(form.day, Qt.Key.Key_Return)
    assert (form.told, form.day.problem) == ([date(2026, 11, 25)], "")


@pytest.mark.parametrize(
    ("key", "day"),
    [(Qt.Key.Key_Up, 25), (Qt.Key.Key_Down, 23), (Qt.Key.Key_PageUp, 1), (Qt.Key.Key_PageDown, 17)],
)
def test_keys_step_the_day(qtbot: QtBot, form: Form, key: Qt.Key, day: int) -> None:
    form.day.set_value(TODAY)
    qtbot.keyClick(form.day, key)
    assert form.day.value is not None
    assert form.day.value.day == day


def test_the_first_step_of_an_empty_day_is_today(qtbot: QtBot, form: Form) -> None:
    qtbot.keyClick(form.day, Qt.Key.Key_Up)
    assert form.told == [TODAY]


def test_a_day_is_picked_from_the_month(qtbot: QtBot, form: Form) -> None:
    form.day.set_value(TODAY)
    qtbot.keyClick(form.day, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    month = form.day.findChild(MiniMonth)
    assert isinstance(month, MiniMonth)
    qtbot.keyClick(month.grid, Qt.Key.Key_Right)
    qtbot.keyClick(month.grid, Qt.Key.Key_Return)
    assert form.told == [date(2026, 11, 25)]


def test_a_typed_time_is_told(qtbot: QtBot, form: Form) -> None:
    qtbot.keyClicks(form.start, "930")
    qtbot.keyClick(form.start, Qt.Key.Key_Return)
    assert (form.told, form.start.text()) == ([time(9, 30)], "09:30")


@pytest.mark.parametrize(
    ("key", "modifier", "result"),
    [
        (Qt.Key.Key_Up, Qt.KeyboardModifier.NoModifier, time(9, 45)),
        (Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier, time(9, 15)),
        (Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier, time(9, 35)),
    ],
)
def test_keys_step_the_time(qtbot: QtBot, form: Form, key: Qt.Key, modifier: Qt.KeyboardModifier, result: time) -> None:
    form.start.set_value(time(9, 30))
    qtbot.keyClick(form.start, key, modifier)
    assert form.told == [result]


def test_a_bad_time_is_explained_when_the_field_is_left(qtbot: QtBot, form: Form) -> None:
    form.start.setFocus()
    qtbot.keyClicks(form.start, "25:00")
    form.day.setFocus()
    assert form.told == []
    assert "not a time" in form.start.problem


def leave(qtbot: QtBot, form: Form) -> None:
    """Press Tab, which the list of hits sees first, as on a screen."""
    qtbot.keyClick(form.trainer.completer().popup(), Qt.Key.Key_Tab)
    assert not form.trainer.hasFocus()


def test_typing_finds_a_choice_anywhere_in_its_text(qtbot: QtBot, form: Form) -> None:
    form.trainer.setFocus()
    qtbot.keyClicks(form.trainer, "john")
    leave(qtbot, form)
    assert form.told == [2]
    assert form.trainer.currentText() == "John Smith (12h booked this week)"


def test_a_doubtful_text_is_put_back(qtbot: QtBot, form: Form) -> None:
    form.trainer.set_value(1)
    form.trainer.setFocus()
    form.trainer.lineEdit().selectAll()
    qtbot.keyClicks(form.trainer, "smith")
    leave(qtbot, form)
    assert (form.told, form.trainer.value) == ([], 1)
    assert form.trainer.currentText().startswith("Aisha")


def test_the_completer_offers_all_hits(qtbot: QtBot, form: Form) -> None:
    form.trainer.setFocus()
    qtbot.keyClicks(form.trainer, "smi")
    assert form.trainer.completer().completionCount() == 2


def test_the_list_opens_with_an_arrow_and_enter_chooses(qtbot: QtBot, form: Form) -> None:
    form.trainer.setFocus()
    qtbot.keyClick(form.trainer, Qt.Key.Key_Down)
    view = form.trainer.view()
    qtbot.waitUntil(view.isVisible)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert form.told == []
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert form.told == [1]


def test_the_wheel_changes_nothing(qtbot: QtBot, form: Form) -> None:
    form.trainer.set_value(2)
    middle = QPointF(form.trainer.rect().center())
    turn = QWheelEvent(
        *(middle, form.trainer.mapToGlobal(middle), QPoint(0, 0), QPoint(0, -120)),
        *(Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False),
    )
    QApplication.sendEvent(form.trainer, turn)
    assert (form.told, form.trainer.value) == ([], 2)


def test_an_emptied_choice_is_none(qtbot: QtBot, form: Form) -> None:
    form.trainer.set_value(2)
    form.trainer.setFocus()
    form.trainer.lineEdit().selectAll()
    qtbot.keyClick(form.trainer, Qt.Key.Key_Delete)
    form.day.setFocus()
    assert (form.told, form.trainer.value) == ([None], None)


def test_new_choices_keep_the_value_where_it_is_still_offered(form: Form) -> None:
    form.trainer.set_value(2)
    form.trainer.set_choices([(2, "John Smith (9h booked this week)")])
    assert form.trainer.currentText() == "John Smith (9h booked this week)"
    form.trainer.set_choices([(1, "Aisha Rahman")])
    assert (form.trainer.value, form.trainer.currentText(), form.told) == (None, "", [])


def test_the_form_is_accessible(form: Form) -> None:
    assert audit(form) == []
