"""A line of what belongs to a thing: what it is, what is to be known of it, and buttons to change and to remove it."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trainer_desk.views.parts.buttons import IconButton
from trainer_desk.views.parts.pill import Pill
from trainer_desk.views.parts.plain_label import PlainLabel


class OwnedRow(QWidget):
    """`edit` and `remove` are its buttons, `history` where it has one; `pill` is hidden until it is given words."""

    def __init__(self, title: str, words: str, *, edit: str, remove: str, history: str = "") -> None:
        super().__init__()
        self.title = PlainLabel(title, "medium", wrap=True)
        self.words = PlainLabel(words, "small", wrap=True)
        if not words:
            self.words.hide()
        self.pill = Pill()
        self.pill.hide()
        self.edit, self.remove = IconButton("pencil-line", edit), IconButton("x", remove)
        self.history = IconButton("history", history) if history else None
        side = QVBoxLayout()
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(0)
        side.addWidget(self.title)
        side.addWidget(self.words)
        self.line = QHBoxLayout(self)
        self.line.setContentsMargins(0, 2, 0, 2)
        self.line.setSpacing(2)
        self.line.addLayout(side, 1)
        self.line.addWidget(self.pill)
        if self.history is not None:
            self.line.addWidget(self.history)
        self.line.addWidget(self.edit)
        self.line.addWidget(self.remove)

    def mark(self, words: str, tone: str, icon: str) -> None:
        """Show a pill with icon and words."""
        self.pill.show_pill(words, tone, icon)
        self.pill.show()
