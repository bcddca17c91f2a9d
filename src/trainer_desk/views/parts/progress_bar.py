"""A slim bar of how far a long work is: by its whole where that is known, else a stretch that wanders (ux 12)."""

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QProgressBar, QSizePolicy

from trainer_desk.texts.translate import _
from trainer_desk.views.theme import look

PATIENCE_MS = 1000
"""What is over sooner shows no bar."""
HEIGHT = 4
TURN_MS, STRIDE, SHARE = 40, 0.02, 0.3
"""Every so many milliseconds the stretch, this share of the bar, goes on by a stride."""


class ProgressBar(QProgressBar):
    """Hidden until the work has lasted `patience_ms`; its place is kept, so that nothing moves when it shows.

    A work that goes over its rows twice, to look and to write, counts from the beginning again: `passes` says how
    often, and each has an equal part of the bar.
    """

    def __init__(self) -> None:
        super().__init__()
        self.patience_ms = PATIENCE_MS
        self._passes, self._pass, self._last, self._total = 1, 0, 0, 0
        self._at = 0.0
        self._soon, self._turning = QTimer(self), QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.show)
        self._turning.setInterval(TURN_MS)
        self._turning.timeout.connect(self._wander)
        kept = self.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        kept.setVerticalPolicy(QSizePolicy.Policy.Fixed)
        self.setSizePolicy(kept)
        self.setTextVisible(False)
        self.setAccessibleName(_("Progress"))
        look().changed.connect(self.updateGeometry)
        self.hide()

    @property
    def is_determinate(self) -> bool:
        """Whether the whole is known."""
        return self.maximum() > 0

    def begin(self, total: int | None, passes: int = 1) -> None:
        """Begin with nothing done of `total` (None: not known)."""
        self._passes, self._pass, self._last, self._total = passes, 0, 0, total or 0
        self.setRange(0, self._total * passes)
        self.setValue(0)
        self._at = 0.0
        self._soon.start(self.patience_ms)

    def reach(self, done: int, words: str = "") -> None:
        """Hear how much is done of this pass, and the words that tell it to whoever does not see the bar."""
        if 0 < self._last >= done and self._pass + 1 < self._passes:
            self._pass += 1
        self._last = done
        if self.is_determinate:
            self.setValue(self._total * self._pass + min(done, self._total))
        self.setAccessibleDescription(words)

    def end(self) -> None:
        """Hide: the work is over, one way or the other."""
        self._soon.stop()
        self.hide()

    def sizeHint(self) -> QSize:
        """Return its height, which grows with the text."""
        return QSize(look().px(120), look().px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Return the same height."""
        return QSize(look().px(40), look().px(HEIGHT))

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to wander where the whole is not known."""
        super().showEvent(event)
        if not self.is_determinate:
            self._turning.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest."""
        super().hideEvent(event)
        self._turning.stop()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the track and what is done."""
        painter, high = QPainter(self), float(self.height())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for colour, left, wide in (("line", 0.0, 1.0), ("accent", *self._stretch())):
            if wide > 0:
                painter.setBrush(look().colour(colour))
                box = QRectF(left * self.width(), 0, wide * self.width(), high)
                painter.drawRoundedRect(box, high / 2, high / 2)
        painter.end()

    def _stretch(self) -> tuple[float, float]:
        """Return where the filled stretch begins and how wide it is, as parts of the bar."""
        if self.is_determinate:
            return 0.0, self.value() / self.maximum()
        left = self._at * (1 + SHARE) - SHARE
        return max(0.0, left), min(1.0, left + SHARE) - max(0.0, left)

    def _wander(self) -> None:
        self._at = (self._at + STRIDE) % 1
        self.update()
