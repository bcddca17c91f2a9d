"""A menu with round corners: the window behind them must be transparent."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget


class Menu(QMenu):
    """Use this instead of QMenu; action texts go through `buttons.literal` if they hold names."""

    def __init__(self, parent: QWidget | None = None, name: str = "Menu") -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        self.setWindowFlag(Qt.WindowType.NoDropShadowWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
