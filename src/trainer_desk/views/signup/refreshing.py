"""When the pages of whoever signs up are read again: what they hang on changed, or a minute has passed."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

TABLES = ("sessions", "enrollments", "seat_holds", "courses", "resources", "venues", "accounts", "people", "settings")
MINUTE = 60_000


def each_minute(parent: QObject, look: Callable[[], object]) -> QTimer:
    """Look once a minute: sessions begin and offers end without anybody changing them."""
    timer = QTimer(parent)
    timer.timeout.connect(look)
    timer.start(MINUTE)
    return timer
