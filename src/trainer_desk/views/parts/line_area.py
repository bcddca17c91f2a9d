"""Lines one under the other that scroll, for sheets in which each line is decided on its own."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.theme import look


class LineArea(QScrollArea):
    """`name` is what a screen reader calls the list; `gap` stands between two lines, in pixels."""

    def __init__(self, name: str, *, gap: int = 0) -> None:
        super().__init__()
        self._gap = gap
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(name)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)

    def put(self, lines: Iterable[QWidget], rest: str = "") -> None:
        """Show these lines instead; `rest` says below them what is not listed."""
        box = QWidget()
        box.setObjectName("Page")
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(self._gap)
        for line in lines:
            column.addWidget(line)
        if rest:
            column.addWidget(PlainLabel(rest, "muted", wrap=True))
        column.addStretch(1)
        self.setWidget(box)

    def see_at_least(self, lines: int, height: int) -> None:
        """Be as high as so many lines of a height in pixels at 100 % text size."""
        self.setMinimumHeight(look().px(height * lines + 2))
