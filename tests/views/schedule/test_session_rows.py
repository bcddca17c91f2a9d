"""Sessions as rows of a table: which texts carry an icon, seats, queues and runs as columns, their order."""

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.views.schedule import boards
from tests.views.schedule.test_spots import JULY, card, names
from trainer_desk.models.enums import SessionLabel
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.texts import label_word
from trainer_desk.views.schedule import spots
from trainer_desk.views.schedule.session_rows import (
    columns,
    in_order,
    matching,
    row_of,
    seats_mark,
    state_mark,
    waiting_mark,
)
from trainer_desk.views.schedule.session_table import SessionTable

LEFT = Qt.MouseButton.LeftButton


@pytest.mark.parametrize(("seats", "is_marked"), [("25/20", True), ("20/20", False), ("9", False), ("0/1", False)])
def test_more_people_than_seats_are_marked(seats: str, is_marked: bool) -> None:
    assert (seats_mark(seats) is not None) is is_marked


def test_every_state_has_a_shape_of_its_own() -> None:
    marks = [state_mark(label_word(state)) for state in SessionLabel]
    assert None not in marks
    assert len(set(marks)) == len(marks)


def cell(column: str, **fields: Any) -> str:
    place = [each.id for each in columns()].index(column) + 1
    return str(row_of(card(**fields), names(), boards.NOW)[place])


@pytest.mark.parametrize(
    ("fields", "said", "mark"),
    [
        ({}, "12/20", None),
        ({"seats_taken": 18}, "18/20 · 2 spots left", spots.FEW),
        ({"seats_taken": 20}, "20/20 · Session Full", spots.FULL),
        ({"seats_taken": 25, "capacity": None}, "25/20", spots.FEW),
        ({"seats_taken": 25, "capacity": 25}, "25/20 · Session Full", spots.FEW),
        ({"seats_taken": 20, "status": boards.COMPLETED}, "20/20", None),
    ],
)
def test_the_seats_say_in_words_when_hardly_any_is_left(
    fields: dict[str, Any], said: str, mark: tuple[str, str] | None
) -> None:
    assert cell("seats", **fields) == said
    assert seats_mark(said) == mark


def test_queue_and_run_have_columns_of_their_own() -> None:
    assert (cell("waiting"), cell("waiting", waiting=3)) == ("", "3")
    assert (waiting_mark(""), waiting_mark("3")) == (None, spots.WAITING)
    assert (cell("run"), cell("run", run_id=7, day=2)) == ("", "July batch · Day 2")


def several() -> list[SessionCard]:
    """Give four sessions by start: of two runs and of none, with and without people waiting."""
    fields: list[dict[str, Any]] = [
        {"waiting": 2, "seats_taken": 3},
        {"run_id": 7, "day": 10, "seats_taken": 9},
        {"run_id": 7, "day": 2, "waiting": 11, "seats_taken": 20},
        {"run_id": 8, "day": 1, "seats_taken": 10},
    ]
    return [card(id=number, **one) for number, one in enumerate(fields, 1)]


@pytest.mark.parametrize(
    ("sort", "ids"),
    [
        (("seats", False), [1, 2, 4, 3]),
        (("waiting", True), [3, 1, 2, 4]),
        (("run", False), [4, 3, 2, 1]),
        (("run", True), [1, 2, 3, 4]),
    ],
)
def test_seats_queues_and_days_are_sorted_as_numbers(sort: tuple[str, bool], ids: list[int]) -> None:
    runs = {7: JULY, 8: replace(JULY, id=8, code="APR", name="April batch")}
    shown = in_order(several(), replace(names(), runs=runs), boards.NOW, sort)
    assert [one.id for one in shown] == ids


def test_a_run_is_found_by_its_name() -> None:
    assert [one.id for one in matching(several(), names(), "july day 2")] == [3]


def test_a_click_shows_only_sessions_with_a_waitlist(qtbot: QtBot) -> None:
    table = SessionTable("Sessions")
    qtbot.addWidget(table)
    table.resize(1200, 400)
    table.show()
    table.show_cards(several(), names(), boards.NOW)
    assert table.queued.words() == "With a waitlist"
    QTest.mouseClick(table.queued, LEFT)
    assert table.model.keys() == [1, 3]
    table.show_cards(several()[1:2], names(), boards.NOW)
    assert not table.queued.isVisible()
    assert table.model.keys() == [2]
    table.show_cards(several(), names(), boards.NOW)
    assert table.model.keys() == [1, 2, 3, 4]
