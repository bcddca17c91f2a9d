"""Certificates as one document, a sheet for each, in the order given."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from PySide6.QtCore import QMarginsF, QRectF
from PySide6.QtGui import QPageLayout, QPainter

from trainer_desk.services.rows.certificates import CertificateRow
from trainer_desk.texts.translate import _, plural
from trainer_desk.views.certificates.picture import Picture
from trainer_desk.views.printing.devices import sheet


class Certificates:
    """Each is laid out as it is painted, so that hundreds keep nobody waiting. Raises ValueError without any."""

    def __init__(self, rows: Sequence[CertificateRow], zone: ZoneInfo, layout: QPageLayout | None = None) -> None:
        if not rows:
            raise ValueError("a document needs a page")
        self._rows, self._zone = rows, zone
        self.title, self.layout = title_of(rows), _across(layout or sheet())

    @property
    def pages(self) -> int:
        """How many there are."""
        return len(self._rows)

    def paint(self, painter: QPainter, page: int, area: QRectF) -> None:
        """Paint one certificate, as large as the sheet."""
        Picture(self._rows[page], self._zone).paint(painter, area)

    def texts(self) -> list[str]:
        """Return all words on all sheets."""
        return [words for row in self._rows for words in Picture(row, self._zone).texts()]


def title_of(rows: Sequence[CertificateRow]) -> str:
    """Return the name of a file or document that holds these certificates."""
    [first, *others] = rows
    if not others:
        return _("Certificate {number} {name}").format(number=first.number, name=first.person_name)
    if len({row.session_id for row in rows}) == 1:
        return _("Certificates {course} {day}").format(course=first.course_code, day=first.held_on.isoformat())
    return plural("{n} certificate", "{n} certificates", len(rows))


def _across(layout: QPageLayout) -> QPageLayout:
    """Return a sheet, lying, with the whole of it to paint on."""
    layout.setMode(QPageLayout.Mode.FullPageMode)
    layout.setOrientation(QPageLayout.Orientation.Landscape)
    layout.setMargins(QMarginsF(0, 0, 0, 0))
    return layout
