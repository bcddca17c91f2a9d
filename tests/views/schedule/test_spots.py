"""What the schedule says of seats: in a table of sessions, in the hover card, to a screen reader, and on blocks."""

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPixmap

from tests.views.schedule import boards
from trainer_desk.services.rows.directory import Directory, RunRow
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.views.schedule import spots, words
from trainer_desk.views.schedule.block_text import BlockStyle, Manner
from trainer_desk.views.schedule.blocks import draw_block
from trainer_desk.views.schedule.faces import face_of
from trainer_desk.views.schedule.ink import FontKey, Ink
from trainer_desk.views.theme import Look

DRAFT, SCHEDULED, COMPLETED, CANCELLED = boards.DRAFT, boards.SCHEDULED, boards.COMPLETED, boards.CANCELLED
JULY = RunRow(7, "JULY", 1, "July batch", None, None, 18, members_only=False, one_course=False, people_taken=12)


def names() -> Directory:
    return replace(boards.directory(), runs={7: JULY})


def card(**columns: Any) -> SessionCard:
    """Give a session of the busy week in a room for 20, with a limit of 20 and 12 people, unless told otherwise."""
    venue = next(row.id for row in names().venues.values() if row.capacity == 20)
    plain = {"capacity": 20, "seats_taken": 12, "venue_id": venue, "status": SCHEDULED}
    return replace(boards.busy_week().sessions[0], **plain | columns)


@pytest.mark.parametrize(
    ("columns", "said", "scarce", "mark"),
    [
        ({}, "8 spots left", "", spots.FREE),
        ({"seats_taken": 16}, "4 spots left", "4 spots left", spots.FEW),
        ({"seats_taken": 19}, "1 spot left", "1 spot left", spots.FEW),
        ({"seats_taken": 20, "held": 8}, "Session Full", "Session Full", spots.FULL),
        ({"seats_taken": 20, "status": DRAFT}, "Session Full", "Session Full", spots.FULL),
        ({"seats_taken": 2, "capacity": 3}, "1 spot left", "1 spot left", spots.FEW),
        ({"capacity": None}, "", "", None),
        ({"seats_taken": 20, "status": COMPLETED}, "", "", None),
        ({"seats_taken": 20, "status": CANCELLED}, "", "", None),
    ],
)
def test_free_seats_are_told_in_words_with_a_shape(
    columns: dict[str, Any], said: str, scarce: str, mark: tuple[str, str] | None
) -> None:
    one = card(**columns)
    assert (spots.spots_words(one), spots.scarce_words(one), spots.spots_mark(one)) == (said, scarce, mark)


@pytest.mark.parametrize(
    ("columns", "lines"),
    [
        ({}, {"12 of 20 seats": None, "8 spots left": spots.FREE}),
        (
            {"seats_taken": 20, "held": 2, "offered": 1, "waiting": 3},
            {
                "20 of 20 seats": None,
                "Session Full: 17 enrolled, 2 held, 1 offered, 3 waiting": spots.FULL,
            },
        ),
        (
            {"seats_taken": 18, "held": 2},
            {"18 of 20 seats": None, "2 spots left: 16 enrolled, 2 held": spots.FEW},
        ),
        ({"capacity": None, "waiting": 1}, {"12 of 20 seats": None, "No limit: 12 enrolled, 1 waiting": spots.WAITING}),
        ({"capacity": None, "seats_taken": 25}, {"Venue Capacity Exceeded (25/20).": spots.FEW}),
        ({"seats_taken": 20, "status": COMPLETED}, {"20 of 20 seats": None}),
    ],
)
def test_the_hover_card_says_why_a_session_is_full(columns: dict[str, Any], lines: dict[str, Any]) -> None:
    one = card(**columns)
    assert words.seat_lines(one, names()) == lines
    assert words.hover_lines(one, names())[-len(lines) :] == list(lines)


@pytest.mark.parametrize(
    ("columns", "ending"),
    [
        ({"seats_taken": 20, "waiting": 3}, "20 of 20 seats, full, 3 waiting, scheduled"),
        ({"seats_taken": 19}, "19 of 20 seats, scheduled"),
        ({"seats_taken": 19, "waiting": 1}, "19 of 20 seats, 1 waiting, scheduled"),
        ({"capacity": 25, "seats_taken": 25}, "25 of 20 seats, venue capacity exceeded, full, scheduled"),
        ({"seats_taken": 20, "status": CANCELLED}, "20 of 20 seats, cancelled"),
    ],
)
def test_a_screen_reader_hears_of_full_sessions_and_queues(columns: dict[str, Any], ending: str) -> None:
    assert words.sentence(card(**columns), names()).endswith(ending)


@pytest.mark.parametrize(
    ("columns", "said"),
    [({}, ""), ({"run_id": 7, "day": 2}, "July batch · Day 2"), ({"run_id": 7}, "July batch"), ({"run_id": 99}, "")],
)
def test_the_run_is_told_with_the_day_in_it(columns: dict[str, Any], said: str) -> None:
    one = card(**columns)
    assert spots.run_words(one, names()) == said
    assert (said in words.hover_lines(one, names())) is bool(said)


class Copy(Ink):
    """Keeps the texts and icons that were painted."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.texts: list[str] = []
        self.icons: list[str] = []

    def write(self, painter: QPainter, x: float, baseline: float, text: str, key: FontKey, colour: QColor) -> None:
        super().write(painter, x, baseline, text, key, colour)
        self.texts.append(text)

    def icon(self, painter: QPainter, name: str, token: str, x: float, y: float, size: int) -> None:
        super().icon(painter, name, token, x, y, size)
        self.icons.append(name)


@pytest.mark.parametrize(
    ("manner", "width", "height", "told"),
    [
        (Manner.COLUMN, 220, 140, "+3 waiting"),
        (Manner.COLUMN, 110, 140, "+3"),
        (Manner.COLUMN, 44, 140, "+3"),
        (Manner.COLUMN, 44, 76, ""),
        (Manner.COLUMN, 330, 50, "+3 waiting"),
        (Manner.COLUMN, 220, 50, ""),
        (Manner.COLUMN, 24, 140, ""),
        (Manner.LINE, 240, 20, "+3"),
        (Manner.LINE, 140, 20, ""),
        (Manner.BY_TRAINER, 420, 40, "+3 waiting"),
        (Manner.BY_TRAINER, 60, 40, ""),
    ],
)
def test_blocks_tell_of_the_queue_where_there_is_room(
    started_look: Look, manner: Manner, width: int, height: int, told: str
) -> None:
    ink, picture = Copy(started_look), QPixmap(500, 200)
    face = face_of(card(seats_taken=20, waiting=3), names())
    painter = QPainter(picture)
    draw_block(painter, QRectF(4, 4, width, height), face, BlockStyle(manner, width), ink)
    painter.end()
    assert [text for text in ink.texts if text.startswith("+")] == ([told] if told else [])
    assert ink.icons.count("clock") == bool(told)


def test_without_a_queue_a_block_tells_of_none(started_look: Look) -> None:
    ink, picture = Copy(started_look), QPixmap(500, 200)
    painter = QPainter(picture)
    face = face_of(card(seats_taken=20), names())
    draw_block(painter, QRectF(4, 4, 300, 140), face, BlockStyle(Manner.COLUMN, 300), ink)
    painter.end()
    assert "20/20" in ink.texts
    assert "clock" not in ink.icons
