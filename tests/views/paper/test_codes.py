"""Codes on paper: painted module by module, with the white around them that scanners need, whatever stands beside."""

import pytest
import segno
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from tests.views.paper.test_sheets import blocks, found, person, session
from trainer_desk.views.paper.badges import Badges
from trainer_desk.views.paper.door import DoorSheets
from trainer_desk.views.paper.sign_in import SignInSheets
from trainer_desk.views.printing.document import picture_of
from trainer_desk.views.printing.rows import CODE, MM, Code, RowBlock
from trainer_desk.views.theme import look

DOTS = 1.0
"""Pixels per tenth of a point."""


@pytest.fixture(autouse=True)
def _fonts() -> None:
    look()


@pytest.mark.parametrize("number", ["N0001", "P-00012345", "employee-77"])
def test_a_code_in_a_row_has_its_modules_and_its_white(number: str) -> None:
    expected = [[bool(module) for module in row] for row in segno.make(number, error="m", micro=False).matrix]
    step = CODE / len(expected)
    picture = QImage(600, 600, QImage.Format.Format_RGB32)
    picture.fill(QColor("white"))
    painter = QPainter(picture)
    for place in range(2):
        RowBlock([Code(number)], [(100.0, 300.0)], 9 * MM).paint(painter, place * 9 * MM)
    painter.end()
    top = (9 * MM - CODE) / 2
    for y, row in enumerate(expected):
        for x, dark in enumerate(row):
            shade = picture.pixelColor(round(100 + (x + 0.5) * step), round(top + (y + 0.5) * step)).lightness()
            assert (shade < 128) is dark
    if len(expected) == 21:
        quiet = QRectF(100, top, CODE, CODE).adjusted(0, -3.5 * step, 0, 3.5 * step)
        for x in range(101, int(quiet.right())):
            assert picture.pixelColor(x, int(quiet.bottom()) - 1).lightness() == 255


def test_the_sessions_code_reads_as_its_ref() -> None:
    dots = 300
    picture = picture_of(SignInSheets(found(session(person(1, "Ann"))), {"paper": "a4"}), 0, dots)
    expected = [[bool(module) for module in row] for row in segno.make("S-00012", error="m", micro=False).matrix]
    scale, margin, width = dots / 72, 42, 595 - 2 * 42
    step = 56 / len(expected)
    for y, row in enumerate(expected):
        for x, dark in enumerate(row):
            left = (margin + width - 56 + (x + 0.5) * step) * scale
            shade = picture.pixelColor(round(left), round((margin + (y + 0.5) * step) * scale)).lightness()
            assert (shade < 128) is dark, (x, y)


def test_every_row_and_badge_carries_the_code_of_its_own_number() -> None:
    people = [person(number, f"Person {9 - number}") for number in range(9)]
    numbers = [one.employee_no for one in people]
    given = found(session(*people))
    for sheets in (SignInSheets(given, {}), DoorSheets(given, {"codes": "yes"})):
        cells = [cell for row in blocks(sheets) for cell in row._cells if isinstance(cell, Code)]
        assert [cell._text for cell in cells] == numbers
    assert [badge._number for badge in Badges(given, {}).badges] == numbers
    assert not any(
        isinstance(cell, Code) for row in blocks(SignInSheets(given, {"codes": "no"})) for cell in row._cells
    )
    assert {badge._number for badge in Badges(given, {"codes": "no"}).badges} == {""}
