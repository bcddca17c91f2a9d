"""Lets Ctrl+Z and its reverse reach the window from a text field that has no typing of its own to take back."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from trainer_desk.views.parts.sheet import Sheet

UNDO, REDO = QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo


class BeyondTyping(QObject):
    """Watches the field that has the focus, which would else keep both keys for itself even with nothing to do.

    Fields of a sheet keep them: there nothing under the sheet is to change unseen.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave the key to the window when the field could do nothing with it."""
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        wanted = next((key for key in (UNDO, REDO) if event.matches(key)), None)
        if wanted is None or _has_typing(watched, wanted):
            return False
        event.ignore()
        return True

    def _follow(self, before: QWidget | None, now: QWidget | None) -> None:
        if before is not None:
            before.removeEventFilter(self)
        if now is not None and now.window() is self._window and not _in_sheet(now):
            now.installEventFilter(self)


def _has_typing(field: QObject, key: QKeySequence.StandardKey) -> bool:
    line = field.lineEdit() if isinstance(field, QComboBox) else field
    if isinstance(line, QLineEdit):
        return line.isUndoAvailable() if key == UNDO else line.isRedoAvailable()
    if isinstance(line, QPlainTextEdit):
        return line.document().isUndoAvailable() if key == UNDO else line.document().isRedoAvailable()
    return True


def _in_sheet(widget: QWidget | None) -> bool:
    while widget is not None:
        if isinstance(widget, Sheet):
            return True
        widget = widget.parentWidget()
    return False
