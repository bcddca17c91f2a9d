"""The cards of the page Exports: one for each that is kept, and one line for each gap in the data."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from trainer_desk.services.dashboard.data_health import Gap
from trainer_desk.texts.exports import gap_text
from trainer_desk.texts.translate import _
from trainer_desk.views.exports.saved import SavedExport
from trainer_desk.views.parts.buttons import Button, IconButton
from trainer_desk.views.parts.plain_label import IconLabel, PlainLabel


class ExportCard(QFrame):
    """Name, what it holds in words, when it ran last, and **Run**."""

    run_wanted = Signal()
    edit_wanted = Signal()
    delete_wanted = Signal()

    def __init__(self, saved: SavedExport, holds: str, ran: str) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setAccessibleName(saved.name)
        self.run = Button(_("Run"), kind="primary")
        self.run.setAccessibleName(_("Run {name}").format(name=saved.name))
        self.edit = IconButton("pencil-line", _("Edit {name}").format(name=saved.name))
        self.delete = IconButton("trash-2", _("Delete {name}").format(name=saved.name))
        self.holds, self.ran = PlainLabel(holds, "muted", wrap=True), PlainLabel(ran, "small", wrap=True)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(PlainLabel(saved.name, "h3", wrap=True))
        words.addWidget(self.holds)
        words.addWidget(self.ran)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 12, 12)
        row.setSpacing(8)
        row.addLayout(words, 1)
        for button in (self.edit, self.delete, self.run):
            row.addWidget(button)
        self.run.clicked.connect(lambda: self.run_wanted.emit())
        self.edit.clicked.connect(lambda: self.edit_wanted.emit())
        self.delete.clicked.connect(lambda: self.delete_wanted.emit())


class GapLine(QWidget):
    """A sentence about what is missing, and the first things that lack it, each a way to its page."""

    def __init__(self, gap: Gap, go: Callable[[str, int], object]) -> None:
        super().__init__()
        self.links: list[Button] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(8)
        row.addWidget(IconLabel("info", "text2"))
        row.addWidget(PlainLabel(gap_text(gap.code, gap.count)))
        for key, name in gap.first:
            link = Button(name if len(name) <= LONGEST else name[:LONGEST] + "…", kind="link")
            link.setToolTip("")
            link.setAccessibleName(name)
            link.clicked.connect(lambda _on=False, key=key: go(gap.kind, key))
            self.links.append(link)
            row.addWidget(link)
        if gap.count > len(gap.first):
            row.addWidget(PlainLabel("…", "muted"))
        row.addStretch(1)


LONGEST = 28
"""Characters of a name in a link."""
