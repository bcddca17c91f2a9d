"""A bar across the top of the window for what stays true until it is dealt with."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy

from trainer_desk.views.parts.announce import announce
from trainer_desk.views.parts.buttons import Button, IconButton
from trainer_desk.views.parts.plain_label import IconLabel, PlainLabel, restyle

TONES = {"danger": "octagon-alert", "warn": "triangle-alert", "ok": "circle-check", "muted": "info"}


class NoticeBar(QFrame):
    """One sentence with an icon, any number of actions and a cross; hidden until `say`."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("Notice")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._icon = IconLabel("info", "text2")
        self.label = PlainLabel("", wrap=True)
        self.buttons: list[Button] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 6, 8, 6)
        self._row.setSpacing(8)
        self._row.addWidget(self._icon)
        self._row.addWidget(self.label, 1)
        self.cross = IconButton("x", "Dismiss", "tiny", size=14)
        self.cross.clicked.connect(self.hide)
        self._row.addWidget(self.cross)
        self.hide()

    def say(self, sentence: str, tone: str = "muted", *actions: tuple[str, Callable[[], object]]) -> None:
        """Show and speak a sentence; `tone` is danger, warn, ok or muted, each action is its verb and what it does."""
        self.setProperty("tone", tone)
        self._icon.show_icon(TONES[tone], "text2" if tone == "muted" else tone)
        self.label.setText(sentence)
        for old in self.buttons:
            old.hide()
            old.deleteLater()
        self.buttons = [self._add(place, verb, do) for place, (verb, do) in enumerate(actions)]
        restyle(self)
        restyle(self.label)
        self.show()
        announce(self, sentence, urgent=tone == "danger")

    def _add(self, place: int, verb: str, do: Callable[[], object]) -> Button:
        button = Button(verb)
        button.clicked.connect(lambda: do())
        self._row.insertWidget(2 + place, button)
        return button
