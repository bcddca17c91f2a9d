"""A certificate on paper: every word of the record, whatever its length, and a code that says the same (A5)."""

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
import segno
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from tests.services.rules.test_certifying import certificate
from trainer_desk.models.enums import CertificateEnd, Result
from trainer_desk.services.rows.certificates import CertificateRow, DayHeld
from trainer_desk.services.rules.certificates import checksum_of
from trainer_desk.texts.certificates import code_text
from trainer_desk.views.certificates.document import Certificates, title_of
from trainer_desk.views.certificates.picture import CODE, FOOT, FRAME, SHEET, Picture
from trainer_desk.views.printing.code import modules_of
from trainer_desk.views.printing.press import pdf_bytes
from trainer_desk.views.theme import look

ZONE = ZoneInfo("Europe/Berlin")
LONG = "Maximiliane Alexandra von Hohenstein-Württemberg-Fürstenberg zu Sachsen und Gotha " * 2


def issued(**changes: object) -> CertificateRow:
    row = certificate(1, 123, course_title="Fire safety", organisation="Northgate Works", minutes=150)
    row = replace(row, issued_at=datetime(2026, 7, 6, 22, 30, tzinfo=UTC))
    row = replace(row, **changes)  # type: ignore[arg-type]
    return replace(row, checksum=checksum_of(row))


@pytest.fixture(autouse=True)
def _fonts() -> None:
    look()


def test_it_says_what_the_record_says() -> None:
    row = issued(expires_on=date(2027, 7, 6), result=Result.PASSED, score=87)
    words = Picture(row, ZONE).texts()
    for each in ("Ada", "P1", "Fire safety", "FIRE", "Northgate Works", "6 Jul 2026", "2.5 hours", "6 Jul 2027",
                 "passed, 87 points", "2026-000123", "Smith", "Trainer"):  # fmt: skip
        assert each in words
    assert "Issued on 7 Jul 2026" in words, "the organisation's day, not that of UTC"
    assert any(row.checksum[:4] in word for word in words)
    assert not any("Withdrawn" in word for word in words)


def test_it_says_that_it_never_expires_and_no_result_where_none_was_asked() -> None:
    words = Picture(issued(), ZONE).texts()
    assert "without end" in words
    assert "Result" not in words


def test_a_revision_that_counts_no_more_says_so() -> None:
    row = issued(revision=2, withdrawn_at=datetime(2026, 8, 1, tzinfo=UTC), withdrawn_why=CertificateEnd.REPLACED)
    words = Picture(row, ZONE).texts()
    assert "2026-000123, revision 2" in words
    assert any("Withdrawn" in word for word in words)


@pytest.mark.parametrize("count", [1, 2, 7, 60])
@pytest.mark.parametrize("title", ["Fire", LONG])
@pytest.mark.parametrize("trainer", ["Smith", LONG])
def test_whatever_stands_there_keeps_clear_of_the_foot(count: int, title: str, trainer: str) -> None:
    days = tuple(DayHeld(date(2026, 7, 1), 450, f"S{number}", trainer, number) for number in range(count))
    row = issued(days=days, minutes=450 * count, course_title=title, person_name=title, held_from=date(2026, 6, 30))
    picture = Picture(row, ZONE)
    assert picture.bottom() <= FOOT
    words = picture.texts()
    assert sum(" · 7.5h · " in word for word in words) <= count
    if count == 2:
        assert f"1 Jul 2026 · 7.5h · {trainer}" in words


def test_the_code_on_the_sheet_is_the_one_of_number_and_checksum() -> None:
    row = issued()
    assert code_text(row) == f"2026-000123/1 {row.checksum.upper()}"
    dots = 4
    image = QImage(round(SHEET.width() / 10) * dots, round(SHEET.height() / 10) * dots, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    Picture(row, ZONE).paint(painter, QRectF(image.rect()))
    painter.end()
    expected = [[bool(one) for one in line] for line in segno.make(code_text(row), error="m", micro=False).matrix]
    assert modules_of(code_text(row)) == expected
    side = CODE / 10 * dots
    left, top = image.width() - FRAME / 10 * dots - side, image.height() - FRAME / 10 * dots - side
    step = side / len(expected)
    seen = [
        [image.pixelColor(round(left + (x + 0.5) * step), round(top + (y + 0.5) * step)).value() < 128
         for x in range(len(expected))] for y in range(len(expected))
    ]  # fmt: skip
    assert seen == expected


def test_several_are_one_document_named_after_their_session() -> None:
    first, second = issued(), replace(issued(), id=2, number="2026-000124", person_name="Bo")
    assert title_of([first]) == "Certificate 2026-000123 Ada"
    assert title_of([first, second]) == "Certificates FIRE 2026-07-06"
    assert title_of([first, replace(second, session_id=9)]) == "2 certificates"
    assert len(pdf_bytes(Certificates([first, second], ZONE))) > len(pdf_bytes(Certificates([first], ZONE)))
    with pytest.raises(ValueError, match="page"):
        Certificates([], ZONE)
