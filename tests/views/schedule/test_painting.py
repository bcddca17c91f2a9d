"""What is painted anew and what is only copied, in both themes and at all sizes."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.views.schedule import boards
from tests.views.schedule.pointer import LEFT, carry, centre, find, shown
from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.rows.schedule import Board
from trainer_desk.views.schedule import overlay
from trainer_desk.views.schedule.block_cache import BlockCache
from trainer_desk.views.schedule.block_column import lesser_lines
from trainer_desk.views.schedule.block_text import BlockStyle, Manner, Writing
from trainer_desk.views.schedule.blocks import draw_block, paints_of
from trainer_desk.views.schedule.canvas import ScheduleCanvas
from trainer_desk.views.schedule.day import DayView
from trainer_desk.views.schedule.faces import face_of
from trainer_desk.views.schedule.ink import TITLE, Ink
from trainer_desk.views.schedule.lanes import EquipmentLanes, TrainerLanes, VenueLanes
from trainer_desk.views.schedule.month import MonthView
from trainer_desk.views.schedule.week import WeekView
from trainer_desk.views.theme import Look

VIEWS = [WeekView, DayView, TrainerLanes, VenueLanes, EquipmentLanes, MonthView]


def colours(image: QImage) -> int:
    step = 7
    return len({image.pixel(x, y) for x in range(0, image.width(), step) for y in range(0, image.height(), step)})


@pytest.mark.parametrize("view_class", VIEWS)
@pytest.mark.parametrize(("theme", "percent"), [("light", 100), ("dark", 90), ("light", 150)])
@pytest.mark.parametrize("board", [boards.busy_week(), boards.conference(), boards.only()])
def test_every_view_paints_every_board(
    qtbot: QtBot, plain_look: Look, view_class: type[ScheduleCanvas], theme: str, percent: int, board: Board
) -> None:
    plain_look.choose(theme, percent)
    view = view_class()
    shown(qtbot, view, board)
    assert colours(view.grab().toImage()) > (8 if board.sessions else 2)


@pytest.mark.parametrize("dpr", [1.0, 1.25, 2.0])
def test_blocks_are_sharp_for_their_screen(qtbot: QtBot, started_look: Look, dpr: float) -> None:
    view = WeekView()
    shown(qtbot, view)
    picture = QPixmap(round(1130 * dpr), round(830 * dpr))
    picture.setDevicePixelRatio(dpr)
    painter = QPainter(picture)
    view.draw_layers(painter)
    overlay.draw_overlay(view, painter)
    painter.end()
    assert colours(picture.toImage()) > 20


def test_scrolling_hovering_and_choosing_copy_what_was_painted(qtbot: QtBot) -> None:
    view = WeekView()
    shown(qtbot, view)
    bar = view.verticalScrollBar()
    for value in (bar.maximum(), 0):
        bar.setValue(value)
        view.grab()
    painted = view.body_tiles.drawn + view.side_tiles.drawn
    bar.setValue(bar.maximum() // 2)
    session = find(view, "Forklift Operator", 28)
    QTest.mouseMove(view.viewport(), centre(view, session))
    QTest.mouseClick(view.viewport(), LEFT, pos=centre(view, session))
    view.grab()
    assert view.body_tiles.drawn + view.side_tiles.drawn == painted


def test_a_drag_paints_only_the_tiles_of_its_session(qtbot: QtBot) -> None:
    view = WeekView()
    shown(qtbot, view)
    view.grab()
    painted = view.body_tiles.drawn
    start = centre(view, find(view, "Forklift Operator", 28))
    carry(view, start, start + QPoint(-300, 60), steps=12)
    view.grab()
    assert 0 < view.body_tiles.drawn - painted <= 4
    QTest.keyClick(view, Qt.Key.Key_Escape)


def test_the_block_cache_keeps_to_its_budget(qtbot: QtBot, started_look: Look) -> None:
    view = WeekView()
    shown(qtbot, view)
    assert view.shown is not None
    cache = BlockCache(Ink(started_look), budget=200_000)
    picture = QPixmap(400, 400)
    painter = QPainter(picture)
    for face in view.shown.faces.values():
        cache.paint(painter, picture.rect().toRectF().adjusted(10, 10, -200, -200), face, BlockStyle(Manner.COLUMN))
    painter.end()
    assert 0 < cache.size <= 200_000
    assert len(cache) < len(view.shown.faces)


def test_a_change_of_theme_paints_anew(qtbot: QtBot, plain_look: Look) -> None:
    view = WeekView()
    shown(qtbot, view)
    before = view.grab().toImage().pixelColor(600, 700)
    plain_look.choose("dark")
    assert view.grab().toImage().pixelColor(600, 700).lightness() < before.lightness() - 100


def test_the_hover_card_comes_when_the_pointer_rests(qtbot: QtBot) -> None:
    view = WeekView()
    shown(qtbot, view)
    QTest.mouseMove(view.viewport(), centre(view, find(view, "Lockout–Tagout", 26)))
    assert view.hover.lines == []
    qtbot.waitUntil(lambda: bool(view.hover.lines))
    assert view.hover.lines[0] == "Lockout–Tagout"
    assert any("Asbestos Awareness" in line for line in view.hover.lines)
    QTest.mouseMove(view.viewport(), QPoint(2, 2))
    assert view.hover.lines == []


def test_texts_are_wrapped_and_shortened_to_their_room(started_look: Look) -> None:
    ink = Ink(started_look)
    rows = ink.wrap("Hazardous Substances in Laboratories", TITLE, 80, 3)
    assert len(rows) == 3
    assert all(ink.width(row, TITLE) <= 81 for row in rows)
    assert ink.elide("Anything", TITLE, 0) == ""
    assert ink.wrap("Lockout–Tagout", TITLE, 60, 2)[0] == "Lockout–"


@pytest.mark.parametrize(
    ("manner", "width", "height"),
    [
        (Manner.COLUMN, 100, 40),
        (Manner.COLUMN, 100, 120),
        (Manner.COLUMN, 44, 120),
        (Manner.COLUMN, 44, 50),
        (Manner.BY_TRAINER, 40, 42),
        (Manner.BY_TRAINER, 150, 42),
        (Manner.LINE, 180, 20),
    ],
)
def test_more_people_than_seats_show_at_every_size(started_look: Look, manner: Manner, width: int, height: int) -> None:
    start = boards.instant(boards.MONDAY, 9)
    cards = [boards.card(1, "Hot Work Permit", start, start + timedelta(hours=2), people=people) for people in (19, 25)]
    ink = Ink(started_look)
    amber = {ink.colour(token).rgb() for token in ("warn", "warn_tint")}
    shown_in = []
    for one in cards:
        image = QImage(width + 100, height, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        style = BlockStyle(manner, room=width + 90 if manner.along else 0)
        draw_block(painter, QRectF(0, 0, width, height), face_of(one, boards.directory()), style, ink)
        painter.end()
        pixels = (image.pixel(x, y) for x in range(image.width()) for y in range(image.height()))
        shown_in.append(any(pixel in amber for pixel in pixels))
    assert shown_in == [False, True]


def writing(ink: Ink, title: str, width: float, height: float = 52) -> Writing:
    """Give what writes a block of one hour of a course."""
    start = boards.instant(boards.MONDAY, 9)
    face = face_of(boards.card(1, title, start, start + timedelta(hours=1)), boards.directory())
    style = BlockStyle(Manner.COLUMN)
    return Writing(QPainter(), QRectF(0, 0, width, height), face, style, paints_of(face, style, ink), ink)


def test_where_there_is_but_one_line_the_place_stands_beside_the_time(started_look: Look) -> None:
    at = writing(Ink(started_look), "Hot Work Permit", 300)
    assert lesser_lines(at, 280, 1, has_foot=False) == (f"09:00 – 10:00 · {at.face.venue}",)
    assert lesser_lines(at, 90, 1, has_foot=False) == ("09:00 – 10:00",)
    assert lesser_lines(at, 280, 3, has_foot=False) == ("09:00 – 10:00", at.face.venue, at.face.trainer)
    assert lesser_lines(at, 280, 0, has_foot=False) == ()


def test_no_line_goes_through_the_letters_that_run_past_an_edge(started_look: Look) -> None:
    start = boards.instant(boards.MONDAY, 9)
    draft = boards.card(1, "Hot Work Permit", start, start + timedelta(hours=2), status=SessionStatus.DRAFT)
    ink = Ink(started_look)
    image = QImage(200, 42, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(ink.colour("surface"))
    painter = QPainter(image)
    face = replace(face_of(draft, boards.directory()), clash=True)
    draw_block(painter, QRectF(0, 0, 60, 42), face, BlockStyle(Manner.BY_TRAINER, room=190), ink)
    painter.end()
    edge = ink.colour("danger_fill").rgb()
    crossed = [image.pixel(59, y) == edge or image.pixel(58, y) == edge for y in range(42)]
    assert not any(crossed[8:16])
    assert any(crossed[36:40])
