"""The compliance matrix on paper: both headings on every page, nothing is cut, whatever the names."""

import datetime as dt
import io
import re

import pytest
from pypdf import PdfReader
from PySide6.QtGui import QPageLayout

from trainer_desk.models.enums import ComplianceStatus
from trainer_desk.services.rows.matrix import Mark, MatrixCell, MatrixCourse, MatrixRow
from trainer_desk.views.matrix.paper import FOOT, HEAD, NAMES, PAD, TOP, MatrixPaper, MatrixPrint
from trainer_desk.views.printing.document import area_of
from trainer_desk.views.printing.options import layout_of
from trainer_desk.views.printing.press import pdf_bytes

DAY = dt.date(2026, 11, 24)
LONG = "Wolfeschlegelsteinhausenbergerdorff " * 5 + "von und zu Lichtenberg"
ARABIC, CJK = "محمد عبد الرحمن", "李小龍 と 山田太郎"


def paper(names: list[str], titles: list[str], size: str = "a4") -> MatrixPaper:
    courses = tuple(MatrixCourse(number, f"C{number}", title, "", "", 60) for number, title in enumerate(titles))
    held = MatrixCell(Mark.HELD, ComplianceStatus.COMPLIANT)
    rows = tuple(
        MatrixRow(number, f"P{number:05}", name, "Logistics", "North", "Fitter", {number % len(titles): held})
        for number, name in enumerate(names)
    )
    facts = MatrixPrint(DAY, courses, rows, "Department: Lab", "Printed Tue 24 Nov 2026 12:20 (Europe/London)")
    return MatrixPaper(facts, layout_of({"paper": size}, "across"))


def pages_of(document: MatrixPaper) -> list[str]:
    """Return the words of each page as a reader of the PDF finds them, without blanks."""
    return [re.sub(r"\s", "", page.extract_text()) for page in PdfReader(io.BytesIO(pdf_bytes(document))).pages]


@pytest.mark.parametrize("size", ["a4", "a3"])
def test_every_page_has_its_people_its_courses_and_its_number(size: str) -> None:
    names, titles = [f"Person {n:03}" for n in range(70)], [f"Course {n:02}" for n in range(60)]
    document = paper(names, titles, size)
    pages = pages_of(document)
    assert len(pages) == document.pages > 1
    for number, text in enumerate(pages, start=1):
        assert f"Page{number}of{len(pages)}" in text
        assert text.startswith("ComplianceasofTue24Nov2026")
        assert "PrintedTue24Nov2026" in text
        assert "Department:Lab" in text
    for name in names:
        seen = [text for text in pages if name.replace(" ", "") in text]
        told = {title for title in titles for text in seen if title.replace(" ", "") in text}
        assert told == set(titles), name


def test_long_names_and_titles_break_and_stay_on_the_page() -> None:
    document = paper([LONG, ARABIC, CJK, "x" * 200], [LONG, "Fire", CJK, "y" * 200])
    pages = "".join(pages_of(document))
    for text in (LONG, "x" * 200, "y" * 200, "Fire"):
        assert text.replace(" ", "") in pages
    assert {LONG, ARABIC, CJK} <= set(document.texts())
    area = area_of(document.layout)
    for lines in document.down:
        assert sum(line.height for line in lines) <= area.height() - TOP - HEAD - 2 * PAD - FOOT
    for heads in document.across:
        assert sum(head.width for head in heads) <= area.width() - NAMES


def test_marks_are_said_and_nobody_is_a_page_too() -> None:
    document = paper(["Ann"], ["Fire", "Gas"])
    assert document.texts()[-2:] == ["Compliant", "Not asked for"]
    empty = MatrixPaper(MatrixPrint(DAY, (), (), "", "Printed"), layout_of({}, "across"))
    assert (empty.pages, len(pages_of(empty))) == (1, 1)
    assert empty.layout.orientation() is QPageLayout.Orientation.Landscape
