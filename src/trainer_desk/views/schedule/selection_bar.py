"""The bar at the foot of the schedule while several sessions are chosen: what can be done to all of them at once."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from trainer_desk.texts.translate import _, plural
from trainer_desk.views.parts.announce import announce
from trainer_desk.views.parts.buttons import Button, IconButton
from trainer_desk.views.parts.plain_label import PlainLabel


class SelectionBar(QFrame):
    """Hidden with fewer than two sessions; `wanted` carries the id of the action."""

    wanted = Signal(str)
    cleared = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("Notice")
        self.setAccessibleName(_("Selected sessions"))
        self.count = PlainLabel("", "strong")
        self.buttons = {
            "schedule": Button(_("Schedule"), "calendar-check", "primary"),
            "move_by": Button(_("Move by…")),
            "set_trainer": Button(_("Trainer…")),
            "set_venue": Button(_("Venue…")),
            "set_capacity": Button(_("Capacity…")),
            "copy_week": Button(_("Copy to week…")),
            "export_roster": Button(_("Export…")),
            "remove": Button(_("Cancel…"), "ban"),
        }
        cross = IconButton("x", _("Clear the selection"))
        cross.clicked.connect(lambda: self.cleared.emit())
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 8, 12, 8)
        row.setSpacing(8)
        row.addWidget(self.count)
        row.addSpacing(8)
        for name, button in self.buttons.items():
            button.clicked.connect(lambda _on=False, name=name: self.wanted.emit(name))
            row.addWidget(button)
        row.addStretch()
        row.addWidget(cross)
        self.hide()

    def show_count(self, count: int) -> None:
        """Show how many sessions are chosen, and say it."""
        said = plural("{n} selected", "{n} selected", count)
        if count > 1 and said != self.count.text():
            announce(self, said)
        self.count.setText(said)
        self.setVisible(count > 1)


class RestoreBar(QFrame):
    """The bar of the trash: one button that brings the selected sessions back."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("Notice")
        self.setAccessibleName(_("Selected sessions"))
        self.button = Button(_("Restore as a draft"), "undo-2", "primary")
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 8, 12, 8)
        row.addWidget(self.button)
        row.addStretch()
        self.hide()
