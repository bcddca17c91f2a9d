"""The sheet of one certificate: how it looks on paper, whether it counts, and what became of earlier revisions."""

from zoneinfo import ZoneInfo

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from trainer_desk.services.orchestration.reissuing import reissue
from trainer_desk.services.rows.certificates import CertificateRow
from trainer_desk.texts.certificates import issued_text, number_text, state_text
from trainer_desk.texts.translate import _
from trainer_desk.views.certificates.facts import Shown
from trainer_desk.views.certificates.picture import SHEET, Picture
from trainer_desk.views.desk import Desk
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.pill import Pill
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.parts.sheet import Sheet
from trainer_desk.views.theme import look

WIDTH = 600
"""Pixels of the picture at 100 % text size."""


class Preview(QWidget):
    """The sheet of paper, always light, as large as there is room."""

    def __init__(self, row: CertificateRow, zone: ZoneInfo) -> None:
        super().__init__()
        self.picture = Picture(row, zone)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(", ".join(self.picture.texts()))

    def sizeHint(self) -> QSize:
        """Ask for the shape of the paper."""
        width = look().px(WIDTH)
        return QSize(width, round(width * SHEET.height() / SHEET.width()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint white paper with a thin edge, and the certificate on it."""
        scale = min(self.width() / SHEET.width(), self.height() / SHEET.height())
        size = SHEET * scale
        area = QRectF((self.width() - size.width()) / 2, 0, size.width(), size.height())
        painter = QPainter(self)
        painter.fillRect(area, QColor("white"))
        self.picture.paint(painter, area)
        painter.setPen(QPen(look().colour("line"), 1))
        painter.drawRect(area.adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()


class CertificateSheet(Sheet):
    """`save_wanted`, `again_wanted` and `history_wanted` carry the certificate."""

    save_wanted = Signal(object)
    again_wanted = Signal(object)
    history_wanted = Signal(object)

    def __init__(self, over: QWidget, desk: Desk, shown: Shown) -> None:
        title = _("Certificate {number}").format(number=number_text(shown.row))
        super().__init__(over, title, width=660, subtitle=f"{shown.row.person_name} · {shown.row.course_title}")
        self.shown = shown
        self.preview = Preview(shown.row, shown.zone)
        self.state = Pill()
        self.issued = PlainLabel(_issued(shown.row, shown.zone), "muted", wrap=True)
        self.others = [PlainLabel(_told(one, shown.zone), "small", wrap=True) for one in shown.revisions
                       if one.id != shown.row.id]  # fmt: skip
        self.again = Button(_("Issue again…"))
        self.history = Button(_("History"), "history", "small")
        self.close_button = Button(_("Close"))
        self.save = Button(_("Save as PDF…"), "file-down", kind="primary")
        self._lay_out_sheet()
        self.again.setVisible(shown.row.is_live and desk.may(reissue))
        self.again.clicked.connect(lambda: self.again_wanted.emit(shown.row))
        self.save.clicked.connect(lambda: self.save_wanted.emit(shown.row))
        self.history.clicked.connect(lambda: self.history_wanted.emit(shown.row))
        self.close_button.clicked.connect(self.dismiss)

    def _lay_out_sheet(self) -> None:
        row = self.shown.row
        icon, tone = ("shield-check", "ok") if row.is_live else ("ban", "muted")
        self.state.show_pill(state_text(row), tone, icon)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.state)
        line.addWidget(self.issued, 1)
        self.body.addWidget(self.preview)
        self.body.addLayout(line)
        for label in self.others:
            self.body.addWidget(label)
        self.foot.addWidget(self.again)
        self.foot.addWidget(self.history)
        self.foot.addStretch(1)
        self.foot.addWidget(self.close_button)
        self.foot.addWidget(self.save)


def _issued(row: CertificateRow, zone: ZoneInfo) -> str:
    """Return when and by whom it was issued, and why again."""
    words = _("{issued} by {who}").format(issued=issued_text(row, zone), who=row.issued_by)
    return words if row.reason is None else _("{issued}: {reason}").format(issued=words, reason=row.reason)


def _told(row: CertificateRow, zone: ZoneInfo) -> str:
    """Return what is to be known of another revision in a line."""
    words = _("Revision {n}: {issued}").format(n=row.revision, issued=_issued(row, zone))
    return f"{words}. {state_text(row)}."
