"""Charts on a canvas: all words are there and whole, labels do not touch, numbers are told where they lie (D2)."""

import datetime as dt
import itertools

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF, QImage, QPainter

from tests.views.charts.figures import fill_rates
from trainer_desk.services.rows.reports import Step
from trainer_desk.views.charts.brush import WRAP, Painted
from trainer_desk.views.charts.figure import MOST_BARS, MOST_LINES, Figure, Form, figure_of, spoken
from trainer_desk.views.charts.painting import FINE, PICTURE, height_of, paint_figure, picture_of
from trainer_desk.views.charts.scale import every, spread, ticks, whole_ticks
from trainer_desk.views.theme import look
from trainer_desk.views.tokens import DARK, LIGHT, contrast

LONG = ("Working safely at great heights " * 7)[:200], "安全" * 100, "سلامة العمل في المرتفعات " * 8


def paint(figure: Figure, width: int = 600, height: int = 400) -> tuple[QImage, Painted]:
    canvas = QImage(width, max(height, round(height_of(figure, width)) + 4), QImage.Format.Format_RGB32)
    canvas.fill(0xFFFFFF)
    painter = QPainter(canvas)
    painted = paint_figure(painter, QRectF(canvas.rect()), figure, LIGHT)
    painter.end()
    return canvas, painted


@pytest.mark.parametrize(("width", "percent"), [(320, 100), (900, 100), (600, 150)])
def test_long_names_wrap_and_nothing_is_cut(plain_look: object, width: int, percent: int) -> None:
    """Whatever the width and the size of text: each box holds its words, and all lie on the canvas."""
    look().choose("light", percent)
    for figure in (figure_of(fill_rates(LONG, Step.WHOLE)), figure_of(fill_rates((LONG[0][:60], "Fire")))):
        canvas, painted = paint(figure, width, 500)
        metrics = QFontMetricsF(look().font("small", tabular=True))
        inside = QRectF(canvas.rect()).adjusted(-1, -1, 1, 1)
        for box, text in painted.words:
            need = metrics.boundingRect(QRectF(0, 0, box.width(), 10_000), int(WRAP), text)
            assert need.height() <= box.height() + 1.5, text
            assert inside.contains(box), (text, box)
        assert not any("…" in text for _box, text in painted.words)


@pytest.mark.parametrize(("step", "years"), [(Step.MONTH, 1), (Step.WEEK, 1), (Step.MONTH, 10), (Step.YEAR, 10)])
def test_periods_never_touch_each_other(step: Step, years: int) -> None:
    last = dt.date(2025 + years, 12, 31)
    _canvas, painted = paint(figure_of(fill_rates((), step, last)))
    under = sorted((box for box, text in painted.words if "20" in text and "%" not in text), key=QRectF.left)
    assert under
    assert all(one.right() < other.left() for one, other in itertools.pairwise(under))


def test_marks_tell_their_number_and_what_is_not_shown() -> None:
    """Bars by length, the largest groups only; a period without anything is a gap in a line and no nought."""
    names = tuple(f"Course {number:02}" for number in range(30))
    bars = figure_of(fill_rates(names, Step.WHOLE, rates=tuple(number / 40 for number in range(1, 31))))
    assert (bars.form, len(bars.labels), bars.left_out) == (Form.BARS, MOST_BARS, 30 - MOST_BARS)
    assert bars.labels[0] == "Course 29"
    _canvas, painted = paint(bars)
    assert painted.spots[0][1] == "Course 29\nFill rate: 75 %"
    lines = figure_of(fill_rates(names, rates=(0.25, None, 0.5)))
    assert (lines.form, len(lines.series), lines.left_out) == (Form.LINES, MOST_LINES, 30 - MOST_LINES)
    _canvas, painted = paint(lines)
    assert len(painted.spots) == sum(value is not None for one in lines.series for value in one.values)
    assert {text for _box, text in painted.words} >= {one.name for one in lines.series}
    assert spoken(lines).startswith("Jan 2026: Course 00 25 %, ")
    assert figure_of(fill_rates((), rates=(None,))).is_empty


def test_the_picture_is_light_and_has_its_words(plain_look: object) -> None:
    look().choose("dark", 100)
    image = picture_of(figure_of(fill_rates(("Fire", "Gas"), Step.WHOLE)), "Fill rate", ("Jan – Dec 2026", LONG[0]))
    assert (image.width(), image.height()) == (PICTURE[0] * FINE, PICTURE[1] * FINE)
    assert image.pixelColor(0, 0).lightness() == 255
    tall = picture_of(figure_of(fill_rates(LONG * 7, Step.WHOLE)), "Fill rate", ())
    assert tall.height() > image.height()


def test_every_tone_stands_out() -> None:
    tones = ("ok_fill", "danger_fill", "warn_fill", "expiring_fill", "line_strong", "accent")
    for theme in (LIGHT, DARK):
        for colour in (*(theme[tone] for tone in tones), *theme.hues):
            assert contrast(colour, theme["surface"]) >= 3


@pytest.mark.parametrize(
    ("top", "expected"),
    [(0, [0, 1]), (1, [0, 1]), (3, [0, 1, 2, 3]), (7, [0, 2, 4, 6, 8]), (2193, [0, 500, 1000, 1500, 2000, 2500])],
)
def test_axes_of_counts_are_whole_and_round(top: float, expected: list[float]) -> None:
    assert whole_ticks(top) == expected


def test_axes_of_shares_and_hours_and_places_of_labels() -> None:
    assert ticks(1.0) == pytest.approx([0, 0.2, 0.4, 0.6, 0.8, 1.0])
    assert ticks(9 * 60, of_minutes=True) == [0, 120, 240, 360, 480, 600]
    assert (every(600, 12, 48), every(600, 12, 60), every(600, 120, 60)) == (1, 2, 12)
    found = spread([50, 52, 51, 99], 10, 0, 100)
    assert sorted(found) == pytest.approx(sorted(set(found)))
    assert all(other - one >= 10 for one, other in itertools.pairwise(sorted(found)))
    assert max(found) <= 100
