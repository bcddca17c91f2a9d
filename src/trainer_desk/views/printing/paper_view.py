"""One page of a document as it will look on paper, as large as there is room or magnified."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from trainer_desk.texts.translate import _
from trainer_desk.views.printing.document import POINTS, Document, picture_of, sheet_size
from trainer_desk.views.theme import look

EDGE = 16
"""Pixels around the sheet."""
ZOOMS = (0.5, 0.75, 1.0, 1.5, 2.0, 3.0)
PIXELS_PER_INCH = 96


class _Sheet(QWidget):
    """The paper itself; its picture is made once for a page and a size."""

    def __init__(self) -> None:
        super().__init__()
        self.document: Document | None = None
        self.page, self.dots = 0, 1.0
        self._picture: QImage | None = None

    def forget(self) -> None:
        """Paint it anew."""
        self._picture = None
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for the size of the sheet and an edge around it."""
        if self.document is None:
            return QSize(1, 1)
        size = sheet_size(self.document.layout) * (self.dots / POINTS)
        return size.toSize() + QSize(2 * EDGE, 2 * EDGE)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint white paper with a thin edge in the middle."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), look().colour("sunken"))
        if self.document is None:
            painter.end()
            return
        ratio = self.devicePixelRatioF()
        if self._picture is None:
            self._picture = picture_of(self.document, self.page, self.dots * ratio)
            self._picture.setDevicePixelRatio(ratio)
        size = self._picture.deviceIndependentSize()
        area = QRectF((self.width() - size.width()) // 2, (self.height() - size.height()) // 2, *size.toTuple())
        painter.drawImage(area.topLeft(), self._picture)
        painter.setPen(QPen(look().colour("line_strong"), 1))
        painter.drawRect(area.adjusted(-0.5, -0.5, 0.5, 0.5))
        painter.end()


class PaperView(QScrollArea):
    """`zoom` None fits the whole page into the view."""

    def __init__(self) -> None:
        super().__init__()
        self._sheet = _Sheet()
        self.zoom: float | None = None
        self.setWidget(self._sheet)
        self.setWidgetResizable(True)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Page"))

    @property
    def page(self) -> int:
        """The page that shows, counted from 0."""
        return self._sheet.page

    def show_page(self, document: Document, page: int) -> None:
        """Show a page of a document."""
        self._sheet.document, self._sheet.page = document, page
        self._size()

    def magnify(self, steps: int) -> None:
        """Make the page larger or smaller by a step."""
        now = self._sheet.dots / self._full()
        larger = [zoom for zoom in ZOOMS if zoom > now + 0.01]
        smaller = [zoom for zoom in ZOOMS if zoom < now - 0.01]
        self.zoom = (larger or [ZOOMS[-1]])[0] if steps > 0 else (smaller or [ZOOMS[0]])[-1]
        self._size()

    def fit(self) -> None:
        """Show the whole page again."""
        self.zoom = None
        self._size()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the page into the new room."""
        super().resizeEvent(event)
        if self.zoom is None:
            self._size()

    def _size(self) -> None:
        document = self._sheet.document
        if document is None:
            return
        size = sheet_size(document.layout)
        room = self.maximumViewportSize() - QSize(2 * EDGE + 2, 2 * EDGE + 2)
        fitting = min(room.width() / size.width(), room.height() / size.height()) * POINTS
        self._sheet.dots = max(10.0, fitting) if self.zoom is None else self.zoom * self._full()
        self._sheet.setMinimumSize(self._sheet.sizeHint())
        self._sheet.forget()

    def _full(self) -> float:
        return PIXELS_PER_INCH * look().px(100) / 100
