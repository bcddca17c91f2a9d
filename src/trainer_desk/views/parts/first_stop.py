"""Where the focus belongs when it comes to a part of the window."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget


def first_stop(part: QWidget) -> QWidget | None:
    """Return where the focus belongs in a part: where it was last, at the page chosen, or at the first stop of Tab."""
    reached = Qt.FocusPolicy.TabFocus
    stops = [
        child
        for child in part.findChildren(QWidget)
        if child.isVisibleTo(part.window()) and child.isEnabled() and child.focusPolicy() & reached
    ]
    last = part.focusWidget()
    if last in stops:
        return last
    chosen = [stop for stop in stops if isinstance(stop, QAbstractButton) and stop.isChecked()]
    return next(iter(chosen or stops), None)
