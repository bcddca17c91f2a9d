"""A text field that wraps, grows with its text and saves when one leaves it."""

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QSizePolicy

from trainer_desk.views.parts.plain_label import restyle
from trainer_desk.views.theme import look

SLACK = 4
"""Pixels more than the lines need, so that nothing ever scrolls out of a field that shows all of its text."""


class GrowingEdit(QPlainTextEdit):
    """`finished` fires when the user leaves after typing; with `one_line` Enter finishes, else Ctrl+Enter does.

    Esc puts back what was shown last.
    """

    finished = Signal()
    begun = Signal()

    def __init__(self, name: str, *, one_line: bool = False, kind: str = "", lines: int = 1, hint: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setProperty("kind", kind)
        self._one_line, self._lines, self._stored = one_line, lines, ""
        self.setTabChangesFocus(True)
        if one_line:
            self.document().setDocumentMargin(0)
            self.document().setModified(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._changed)
        look().changed.connect(self._fit)

    @property
    def is_typed_in(self) -> bool:
        """Whether there is text that nobody has taken yet."""
        return self.document().isModified()

    def show_text(self, text: str) -> None:
        """Show a text without telling anybody."""
        self._stored = text
        if text != self.toPlainText():
            self.blockSignals(True)
            self.setPlainText(text)
            self.blockSignals(False)
        self.document().setModified(False)
        self._fit()

    def set_invalid(self, invalid: bool) -> None:
        """Frame it in red, or not."""
        if bool(self.property("invalid")) != invalid:
            self.setProperty("invalid", invalid)
            restyle(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Finish with Enter, put back with Esc."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if self._one_line or control:
                self._finish()
                return
        if event.key() == Qt.Key.Key_Escape and self.is_typed_in:
            self.show_text(self._stored)
            return
        super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take plain text only; in a single line its breaks become blanks."""
        text = source.text()
        self.insertPlainText(" ".join(text.split("\n")) if self._one_line else text)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Finish when the focus goes to another field; a menu or another window does not count."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._finish()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the height to the lines at the new width."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Fit the height to the new font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the panel."""
        event.ignore()

    def _finish(self) -> None:
        if self.is_typed_in:
            self.document().setModified(False)
            self.finished.emit()

    def _changed(self) -> None:
        self._fit()
        if self.is_typed_in:
            self.begun.emit()

    def _fit(self) -> None:
        lines = max(self._lines, int(self.document().size().height()))
        margins = self.contentsMargins()
        around = round(2 * self.document().documentMargin()) + SLACK + margins.top() + margins.bottom()
        frame = self.height() - self.viewport().height() - margins.top() - margins.bottom()
        height = lines * self.fontMetrics().lineSpacing() + around + max(0, frame)
        if height != self.height():
            self.setFixedHeight(height)
