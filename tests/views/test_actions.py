"""The table of actions: complete, without clashes, and bound so that letters stay letters in fields."""

from itertools import combinations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from trainer_desk.views.actions import ACTIONS, GESTURES, REGIONS, bind, key_text, spec_of, use_keys

TOGETHER = ("window", "page", "schedule", "session")
"""Regions whose keys can be meant at the same time."""


def test_every_action_has_its_own_id_a_region_and_keys() -> None:
    every = (*ACTIONS, *GESTURES)
    assert len({spec.id for spec in every}) == len(every)
    assert all(spec.region in REGIONS and spec.keys and spec.text for spec in every)


def test_every_key_can_be_spelt() -> None:
    for spec in (*ACTIONS, *GESTURES):
        for key in spec.keys:
            assert QKeySequence(key).count() == 1
            assert QKeySequence(key).toString()


def test_no_two_actions_share_a_key_where_both_work() -> None:
    live = [spec for spec in (*ACTIONS, *GESTURES) if spec.region in TOGETHER]
    for one, other in combinations(live, 2):
        assert not set(one.keys) & set(other.keys), (one.id, other.id)


@pytest.mark.parametrize(
    ("keys", "shown"),
    [
        (("Ctrl+Z",), ["Ctrl+Z"]),
        (("Alt+Shift+Up", "Alt+Shift+Down"), ["Alt+Shift+↑ ↓"]),
        (("Return", "Enter"), ["Enter"]),
        (("Ctrl++", "Ctrl+="), ["Ctrl++", "Ctrl+="]),
    ],
)
def test_keys_are_spelt_short(keys: tuple[str, ...], shown: list[str]) -> None:
    assert key_text(keys) == shown


def test_an_unknown_action_is_a_bug(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    with pytest.raises(KeyError):
        bind(widget, {"fly": lambda: None})


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.canvas, widget.field, widget.aside = QComboBox(), QLineEdit(), QComboBox()  # type: ignore[attr-defined]
    inner = QWidget()
    column = QVBoxLayout(inner)
    column.addWidget(widget.canvas)  # type: ignore[attr-defined]
    column.addWidget(widget.field)  # type: ignore[attr-defined]
    outer = QVBoxLayout(widget)
    outer.addWidget(inner)
    outer.addWidget(widget.aside)  # type: ignore[attr-defined]
    widget.show()
    widget.activateWindow()
    qtbot.waitUntil(widget.isActiveWindow)
    return widget


def test_letters_work_inside_their_widget_only_and_never_in_a_field(qtbot: QtBot, page: QWidget) -> None:
    done: list[str] = []
    canvas, field, aside = page.canvas, page.field, page.aside  # type: ignore[attr-defined]
    bind(canvas.parentWidget(), {"new_session": lambda: done.append("new")})
    for widget in (field, aside):
        widget.setFocus()
        qtbot.keyClick(widget, Qt.Key.Key_N)
    assert (done, field.text()) == ([], "n")
    canvas.setFocus()
    qtbot.keyClick(canvas, Qt.Key.Key_N)
    assert done == ["new"]


def test_letters_can_be_switched_off_while_other_keys_stay(qtbot: QtBot, page: QWidget) -> None:
    done: list[str] = []
    canvas = page.canvas  # type: ignore[attr-defined]
    handlers = {name: lambda name=name: done.append(name) for name in ("new_session", "duplicate", "shortcuts")}
    bound = bind(canvas.parentWidget(), handlers, single_keys=False)
    canvas.setFocus()
    qtbot.keyClick(canvas, Qt.Key.Key_N)
    qtbot.keyClick(canvas, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(canvas, Qt.Key.Key_F1)
    assert done == ["duplicate", "shortcuts"]
    use_keys(bound, single_keys=True)
    qtbot.keyClick(canvas, Qt.Key.Key_N)
    assert done[-1] == "new_session"


@pytest.mark.parametrize(("action", "single"), [("new_session", True), ("undo", False), ("remove", False)])
def test_which_keys_are_single(action: str, single: bool) -> None:
    assert spec_of(action).single is single
