"""What a page says when it has nothing to show: one sentence and the button that helps (ux 5)."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.emptying import empty
from trainer_desk.views.parts.plain_label import PlainLabel

Choice = tuple[str, Callable[[], object]]


class EmptyState(QWidget):
    """A sentence in the middle and up to two buttons, the first of them the main one."""

    def __init__(self, sentence: str = "", *choices: Choice) -> None:
        super().__init__()
        self._label = PlainLabel("", "muted", wrap=True)
        self._label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        column = QVBoxLayout(self)
        column.addStretch(2)
        column.addWidget(self._label)
        column.addSpacing(8)
        column.addLayout(self._row)
        column.addStretch(3)
        self.buttons: list[Button] = []
        self.say(sentence, *choices)

    def sentence(self) -> str:
        """Return what it says."""
        return self._label.text()

    def say(self, sentence: str, *choices: Choice) -> None:
        """Say something else; each choice is the button's verb and what it does."""
        self._label.setText(sentence)
        empty(self._row)
        self._row.addStretch()
        self.buttons = []
        for place, (verb, do) in enumerate(choices):
            button = Button(verb, kind="primary" if place == 0 else "")
            button.clicked.connect(lambda _checked=False, do=do: do())
            self._row.addWidget(button)
            self.buttons.append(button)
        self._row.addStretch()
