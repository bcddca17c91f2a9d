"""Whether the focus is in a part of the window that is about to go."""

from PySide6.QtWidgets import QApplication, QWidget


def holds_focus(*parts: QWidget) -> bool:
    """Whether one of the parts, or what is in it, has the focus."""
    focus = QApplication.focusWidget()
    return focus is not None and any(part is focus or part.isAncestorOf(focus) for part in parts)
