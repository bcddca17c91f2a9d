"""The bar under the go / no-go list: what can be done with a session that may not fill (S10)."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from trainer_desk.texts.translate import _, plural
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.plain_label import PlainLabel


class DecisionBar(QFrame):
    """Hidden while nothing is selected; `wanted` carries the id of the action: open, add_people or cancel."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("Notice")
        self.setAccessibleName(_("Selected sessions"))
        self.count = PlainLabel("", "strong")
        self.buttons = {
            "add_people": Button(_("Add people"), "user-plus", "primary"),
            "open": Button(_("Open"), "panel-right"),
            "cancel": Button(_("Cancel session"), "ban"),
        }
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 8, 12, 8)
        row.setSpacing(8)
        row.addWidget(self.count)
        row.addSpacing(8)
        for name, button in self.buttons.items():
            button.clicked.connect(lambda _on=False, name=name: self.wanted.emit(name))
            row.addWidget(button)
        row.addStretch()
        self.hide()

    def show_count(self, count: int) -> None:
        """Show what can be done with so many sessions: several can only be cancelled together."""
        self.count.setText(plural("{n} selected", "{n} selected", count))
        for name in ("add_people", "open"):
            self.buttons[name].setEnabled(count == 1)
        self.buttons["cancel"].set_words(_("Cancel session") if count == 1 else _("Cancel sessions"))
        self.setVisible(count > 0)
