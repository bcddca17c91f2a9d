"""The chart in the window: painted, with a hint at each mark, and told in words to whoever does not see it."""

from PySide6.QtCore import QEvent, QRectF, QSize
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from trainer_desk.views.charts.brush import Painted
from trainer_desk.views.charts.figure import Figure, spoken
from trainer_desk.views.charts.painting import height_of, paint_figure
from trainer_desk.views.parts.plain_label import plain_tip
from trainer_desk.views.theme import look


class Chart(QWidget):
    """Shows a figure as high as it needs to be; empty until it has one."""

    def __init__(self) -> None:
        super().__init__()
        self.figure: Figure | None = None
        self.painted = Painted()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        look().changed.connect(self._grow)

    def show_figure(self, figure: Figure, title: str) -> None:
        """Show another chart; its words are what a screen reader says."""
        self.figure, self.painted = figure, Painted()  # until it is painted, nothing lies under the pointer
        self.setAccessibleName(title)
        self.setAccessibleDescription(spoken(figure))
        self._grow()
        self.update()

    def sizeHint(self) -> QSize:
        """Return a size for a wide screen."""
        return QSize(look().px(640), look().px(420))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the figure."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), look().colour("surface"))
        if self.figure is not None and not self.figure.is_empty:
            self.painted = paint_figure(painter, QRectF(self.rect()).adjusted(0, 0, -2, -2), self.figure, look().theme)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make room for names that wrap in a narrow window."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._grow()

    def event(self, event: QEvent) -> bool:
        """Tell the number of the mark under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            said = self.told_at(event.pos().x(), event.pos().y())
            QToolTip.showText(event.globalPos(), plain_tip(said), self)
            return True
        return super().event(event)

    def told_at(self, x: float, y: float) -> str:
        """Return what the mark at a place says, or nothing."""
        return next((said for box, said in reversed(self.painted.spots) if box.contains(x, y)), "")

    def _grow(self) -> None:
        if self.figure is not None:
            self.setMinimumHeight(round(height_of(self.figure, max(self.width(), 200))) + 4)
