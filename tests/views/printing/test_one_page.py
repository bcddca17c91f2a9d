"""A page on paper: one sheet whatever it holds, nothing elided, what was left out is counted (N4)."""

import re
from itertools import pairwise

import pytest
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter

from trainer_desk.views.pages.content import PEOPLE, Content, Fact, Line, Section
from trainer_desk.views.parts.row_model import Column
from trainer_desk.views.printing.devices import sheet
from trainer_desk.views.printing.one_page import OnePage
from trainer_desk.views.printing.press import pdf_bytes
from trainer_desk.views.printing.sheets_of_content import one_sheet
from trainer_desk.views.printing.text import UNIT, Paragraph, Style, width_of
from trainer_desk.views.theme import look

A4 = QSizeF(511, 758)
COLUMNS = (Column("course", "Course", wide=True), Column("state", "State", mark={"Red": ("ban", "danger")}.get))


def section(name: str, rows: int, weight: int = 1) -> Section:
    lines = tuple(Line((f"{name} {number}", "Red")) for number in range(rows))
    return Section(name, name.title(), COLUMNS, lines, f"No {name}.", weight=weight)


def content(*sections: Section, text: str = "", facts: int = 6) -> Content:
    told = tuple(Fact(f"Label {number}", f"fact {number}") for number in range(facts))
    return Content(PEOPLE, 1, "Ann Lee", "P1 · Welder", ("1 not compliant", "danger", "ban"), told, sections, text=text)


def laid_out(told: Content, size: QSizeF = A4) -> OnePage:
    return OnePage(told, "As of 24 Nov 2026", "Trainer Desk · marta", size)


def height(page: OnePage) -> float:
    return sum(block.height for block in page.blocks) / UNIT * page.scale


def test_a_short_page_shows_every_row() -> None:
    words = laid_out(content(section("held", 3), section("history", 0))).texts()
    for each in ("Ann Lee", "P1 · Welder", "1 not compliant", "As of 24 Nov 2026", "fact 5", "Held", "held 2", "Red",
                 "No history.", "Trainer Desk · marta"):  # fmt: skip
        assert each in words
    assert not any("more" in word for word in words)


def test_long_lists_are_cut_and_counted() -> None:
    page = laid_out(content(section("held", 30, weight=4), section("past", 200), section("history", 50)))
    words = page.texts()
    held, past, history = page.tables
    assert height(page) <= A4.height()
    assert held.shown > past.shown > 0
    assert abs(past.shown - history.shown) <= 1
    assert f"and {200 - past.shown} more" in words
    assert f"past {past.shown - 1}" in words
    assert f"past {past.shown}" not in words


@pytest.mark.parametrize("size", [A4, QSizeF(528, 708), QSizeF(300, 300)])
def test_it_stays_one_sheet_whatever_stands_there(size: QSizeF) -> None:
    page = laid_out(content(section("held", 40), section("past", 40), text="A long description. " * 400), size)
    assert height(page) <= size.height()


def test_words_break_inside_only_where_a_line_is_too_narrow_for_them() -> None:
    style = Style(9)
    long = "a" * 60
    wide, narrow = (Paragraph(long, style, width) for width in (width_of(long, style) + 1, width_of(long, style) / 3))
    assert narrow.height >= 3 * wide.height
    assert Paragraph("one two", style, width_of("one two", style) + 1).height == wide.height


def test_columns_stand_side_by_side_within_the_sheet() -> None:
    crowded = Section("held", "Held", COLUMNS, (Line(("word " * 60, "state " * 60)),), "")
    table = laid_out(content(crowded)).tables[0]
    edges = [*table._lefts, A4.width() * UNIT + 1]
    assert all(left < right for left, right in pairwise(edges))
    assert table.height > 3 * Paragraph("word", Style(8), 1000).height


@pytest.mark.parametrize("size", [QPageSize.PageSizeId.A4, QPageSize.PageSizeId.Letter])
def test_a_pdf_is_one_page_of_the_sheet(size: QPageSize.PageSizeId) -> None:
    layout = QPageLayout(sheet())
    layout.setPageSize(QPageSize(size))
    pdf = pdf_bytes(one_sheet(content(section("past", 300)), "As of today", "by me", layout))
    assert pdf.startswith(b"%PDF")
    assert pdf.count(b"/Type /Page\n") == 1
    box = re.search(rb"/MediaBox \[([\d. ]+)\]", pdf)
    assert box is not None
    points = QPageSize(size).sizePoints()
    assert [round(float(side)) for side in box.group(1).split()] == [0, 0, points.width(), points.height()]


def test_it_is_painted_in_the_same_light_colours_in_either_theme() -> None:
    chosen, pictures = look().choice, []
    for theme in ("light", "dark"):
        look().choose(theme)
        picture = QImage(600, 800, QImage.Format.Format_RGB32)
        picture.fill("white")
        painter = QPainter(picture)
        laid_out(content(section("held", 3))).paint(painter, 72)
        painter.end()
        pictures.append(picture)
    look().choose(chosen)
    blank = QImage(600, 800, QImage.Format.Format_RGB32)
    blank.fill("white")
    assert pictures[0] == pictures[1] != blank
