"""Certificates as one PDF, a sheet for each, in the order given."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF
from PySide6.QtGui import QPageLayout, QPainter, QPdfWriter

from trainer_desk.services.rows.certificates import CertificateRow
from trainer_desk.texts.translate import _, plural
from trainer_desk.views.certificates.picture import Picture
from trainer_desk.views.printing.devices import sheet


def pdf_of_certificates(rows: Sequence[CertificateRow], zone: ZoneInfo) -> bytes:
    """Return the certificates as a PDF; days are those of `zone`. Raises ValueError without any.

    It needs a QGuiApplication and its fonts.
    """
    if not rows:
        raise ValueError("a PDF needs a page")
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageLayout(_across())
    writer.setTitle(title_of(rows))
    writer.setCreator("Trainer Desk")
    painter = QPainter(writer)
    area = QRectF(0, 0, writer.width(), writer.height())
    for number, row in enumerate(rows):
        if number:
            writer.newPage()
        Picture(row, zone).paint(painter, area)
    painter.end()
    return bytes(buffer.data().data())


def title_of(rows: Sequence[CertificateRow]) -> str:
    """Return the name of a file or document that holds these certificates."""
    [first, *others] = rows
    if not others:
        return _("Certificate {number} {name}").format(number=first.number, name=first.person_name)
    if len({row.session_id for row in rows}) == 1:
        return _("Certificates {course} {day}").format(course=first.course_code, day=first.held_on.isoformat())
    return plural("{n} certificate", "{n} certificates", len(rows))


def _across() -> QPageLayout:
    """Return the usual sheet of the place, lying, with the whole of it to paint on."""
    layout = sheet()
    layout.setMode(QPageLayout.Mode.FullPageMode)
    layout.setOrientation(QPageLayout.Orientation.Landscape)
    layout.setMargins(QMarginsF(0, 0, 0, 0))
    return layout
