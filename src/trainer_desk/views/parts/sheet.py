"""A sheet over the window for one task: add people, export, the list of shortcuts; Esc closes it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from trainer_desk.views.parts.announce import announce
from trainer_desk.views.parts.buttons import IconButton
from trainer_desk.views.parts.plain_label import ElidedLabel, PlainLabel
from trainer_desk.views.theme import look

NARROWEST, WIDEST, MARGIN = 560, 720, 24


class Sheet(QWidget):
    """Covers its window with a veil and stands in the middle of it; Tab stays inside while it is open.

    Put the content into `body` and buttons into `foot`. `may_close`, if set, is asked before Esc, cross or veil close
    it. The sheet is deleted once closed. `widest` is for columns that must stand side by side.
    """

    closed = Signal()

    def __init__(
        self,
        over: QWidget,
        title: str,
        *,
        width: int = 640,
        height: int = 0,
        subtitle: str = "",
        widest: int = WIDEST,
    ) -> None:
        super().__init__(over.window())
        self.may_close: Callable[[], bool] | None = None
        self._wanted = (max(NARROWEST, min(widest, width)), height)
        self._before: QWidget | None = None
        self.setAccessibleName(title)
        self.frame = QFrame(self)
        self.frame.setObjectName("Sheet")
        self.title = PlainLabel(title, "h2")
        self.subtitle = ElidedLabel(subtitle, "muted")
        self._body_box = QWidget()
        self.body = QVBoxLayout(self._body_box)
        self._foot_box = QWidget()
        self.foot = QHBoxLayout(self._foot_box)
        self._lay_out(bool(subtitle))
        self.frame.installEventFilter(self)
        self.hide()

    def set_height(self, height: int) -> None:
        """Ask for another height in pixels at 100 % text size; 0 takes what the content needs."""
        self._wanted = (self._wanted[0], height)
        if self.isVisible():
            self._place()

    def open(self) -> None:
        """Show the sheet, take the focus and say its title."""
        self._before = QApplication.focusWidget()
        self._foot_box.setVisible(self.foot.count() > 0)
        self.window().installEventFilter(self)
        self._place()
        self.show()
        self.raise_()
        inside = self._chain()
        if inside:
            inside[min(1, len(inside) - 1)].setFocus(Qt.FocusReason.TabFocusReason)
        announce(self, self.accessibleName())

    def dismiss(self) -> bool:
        """Close the sheet if it may; returns whether it did."""
        if self.may_close is not None and not self.may_close():
            return False
        self.finish()
        return True

    def finish(self) -> None:
        """Close the sheet without asking, and give the focus back."""
        if not self.isVisible():
            return
        self.window().removeEventFilter(self)
        self.hide()
        if self._before is not None and isValid(self._before) and self._before.isVisible():
            self._before.setFocus()
        self.closed.emit()
        self.deleteLater()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Esc; let no other key through to the window behind."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Close on a click on the veil."""
        if not self.frame.geometry().contains(event.position().toPoint()):
            self.dismiss()
        event.accept()

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 - Qt's own name
        """Keep Tab inside the sheet."""
        chain = self._chain()
        if not chain:
            return True
        current = QApplication.focusWidget()
        place = chain.index(current) if current in chain else (-1 if next else 0)
        reason = Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason
        chain[(place + (1 if next else -1)) % len(chain)].setFocus(reason)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's size and, where no height was asked for, that of what is inside."""
        has_new_room = event.type() == QEvent.Type.Resize and watched is self.window()
        has_new_content = event.type() == QEvent.Type.LayoutRequest and watched is self.frame and not self._wanted[1]
        if has_new_room or has_new_content:
            self._place()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the veil."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(10, 12, 20, 150 if look().dark else 90))
        painter.end()

    def _lay_out(self, has_subtitle: bool) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title, 1)
        cross = IconButton("x", "Close")
        cross.clicked.connect(self.dismiss)
        head.addWidget(cross)
        top = QVBoxLayout()
        top.setContentsMargins(20, 14, 12, 10)
        top.setSpacing(2)
        top.addLayout(head)
        top.addWidget(self.subtitle)
        if not has_subtitle:
            self.subtitle.hide()
        self.body.setContentsMargins(20, 0, 20, 16)
        self.body.setSpacing(8)
        self._foot_box.setObjectName("SheetFoot")
        self.foot.setContentsMargins(20, 12, 20, 12)
        self.foot.setSpacing(8)
        column = QVBoxLayout(self.frame)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self._body_box, 1)
        column.addWidget(self._foot_box)

    def _place(self) -> None:
        room = self.window().rect()
        self.setGeometry(room)
        width = min(look().px(self._wanted[0]), room.width() - 2 * MARGIN)
        tall = look().px(self._wanted[1]) or self._natural_height(width)
        height = min(tall, room.height() - 2 * MARGIN)
        self.frame.setGeometry((room.width() - width) // 2, (room.height() - height) // 2, width, height)

    def _natural_height(self, width: int) -> int:
        """Return the height at which nothing inside is squeezed, wrapped lines included."""
        layout = self.frame.layout()
        wrapped = layout.totalHeightForWidth(width) if layout is not None and layout.hasHeightForWidth() else 0
        return max(self.frame.sizeHint().height(), wrapped)

    def _chain(self) -> list[QWidget]:
        """Return what Tab reaches inside, in the order of the content.

        Not by nextInFocusChain: PySide makes what it returns a child of the widget asked, and the collector then
        frees living widgets.
        """
        return [widget for widget in self.findChildren(QWidget) if self._is_stop(widget)]

    def _is_stop(self, widget: QWidget) -> bool:
        reached = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        return reached and widget.focusProxy() is None and widget.isEnabled() and widget.isVisibleTo(self)
