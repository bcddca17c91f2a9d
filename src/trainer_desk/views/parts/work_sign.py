"""A small turning arc with a word, for work that takes longer than one notices, steady once it shows (ux 12, V6)."""

from PySide6.QtCore import QElapsedTimer, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from trainer_desk.texts.translate import _
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.theme import look

SAVING_MS, WORKING_MS = 100, 1000
"""Writes shorter than the first and other work shorter than the second show nothing."""
LEAST_MS = 500
"""Whatever shows stays so long at least, so that it never flickers."""
TURN_MS, STEP = 60, 30
"""Every so many milliseconds the arc turns by so many degrees."""
ARC = 270
SIZE = 13


class Spinner(QWidget):
    """An arc that turns while it is visible."""

    def __init__(self) -> None:
        super().__init__()
        self.angle = 0
        self._turning = QTimer(self)
        self._turning.setInterval(TURN_MS)
        self._turning.timeout.connect(self._turn)
        look().changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Return a square that grows with the text."""
        return QSize(look().px(SIZE), look().px(SIZE))

    def minimumSizeHint(self) -> QSize:
        """Return the same square."""
        return self.sizeHint()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to turn."""
        super().showEvent(event)
        self._turning.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest."""
        super().hideEvent(event)
        self._turning.stop()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the arc."""
        side = look().px(SIZE) - 3
        box = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look().colour("accent"), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawArc(box, -self.angle * 16, ARC * 16)
        painter.end()

    def _turn(self) -> None:
        self.angle = (self.angle + STEP) % 360
        self.update()


class WorkSign(QWidget):
    """Says “Saving…” while something is written, else “Working…”; hidden for whatever is over at once."""

    def __init__(self) -> None:
        super().__init__()
        self.label = PlainLabel("", "small")
        self.spinner = Spinner()
        self._saving = self._working = False
        self._shown_for = QElapsedTimer()
        self._wait, self._stay = QTimer(self), QTimer(self)
        for timer in (self._wait, self._stay):
            timer.setSingleShot(True)
            timer.timeout.connect(self._follow)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.spinner, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.label)
        self.hide()

    def set_saving(self, saving: bool) -> None:
        """Hear that a change is on its way, or that the last one has arrived."""
        self._saving = saving
        if not self.isHidden():
            self._follow()
        elif saving:
            self._wait.start(SAVING_MS)
        elif self._working:
            self._wait.start(WORKING_MS)
        else:
            self._wait.stop()

    def set_working(self, working: bool) -> None:
        """Hear that anything at all is awaited, or nothing any more."""
        self._working = working
        if not self.isHidden():
            self._follow()
        elif working and not self._wait.isActive():
            self._wait.start(WORKING_MS)
        elif not working and not self._saving:
            self._wait.stop()

    def _follow(self) -> None:
        """Show what is so now; what shows keeps its word until all is done, and stays for a moment."""
        if self._saving or self._working:
            self._stay.stop()
            if self._saving or self.isHidden():
                self.label.setText(_("Saving…") if self._saving else _("Working…"))
            if self.isHidden():
                self._shown_for.start()
                self.show()
            return
        left = LEAST_MS - self._shown_for.elapsed()
        if left > 0:
            self._stay.start(int(left))
        else:
            self.hide()
