"""The page Exports: what is kept to be run again, then what is missing in the data (ux 3)."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from trainer_desk.services.dashboard.data_health import Gap, load_gaps
from trainer_desk.texts.translate import _
from trainer_desk.views.desk import Desk
from trainer_desk.views.exports.cards import ExportCard, GapLine
from trainer_desk.views.exports.saved import SavedExport
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.plain_label import PlainLabel

TABLES = ("people", "courses", "resources", "trainers", "venues", "qualifications")
Words = Callable[[SavedExport], tuple[str, str]]
"""Says what an export holds, and when it ran last."""


class ExportsPage(QWidget):
    """`bar` stands over it; signals carry the place of an export in the list."""

    new_wanted = Signal()
    run_wanted = Signal(int)
    edit_wanted = Signal(int)
    delete_wanted = Signal(int)
    thing_wanted = Signal(str, int)

    def __init__(self, desk: Desk, words: Words) -> None:
        super().__init__()
        self.setObjectName("Page")
        self.setAccessibleName(_("Exports"))
        self._desk, self._words = desk, words
        self.cards: list[ExportCard] = []
        self.gaps: tuple[Gap, ...] | None = None
        self.lines: list[GapLine] = []
        self.new = Button(_("New export"), "plus", "primary")
        self.empty = PlainLabel(
            _("Nothing is kept yet. Keep an export that you need again, such as the rosters of every coming week."),
            "muted",
            wrap=True,
        )
        self.sound = PlainLabel(_("Nothing is missing in people, courses, trainers and venues."), "muted", wrap=True)
        self.bar = self._make_bar()
        self._kept, self._missing = QVBoxLayout(), QVBoxLayout()
        self._lay_out()
        self.new.clicked.connect(lambda: self.new_wanted.emit())
        desk.changed.connect(lambda changes: self.reload() if changes.touch(*TABLES) else None)

    def show_saved(self, saved: Sequence[SavedExport]) -> None:
        """Show a card for each."""
        _clear(self._kept, self.cards)
        self.cards = [ExportCard(one, *self._words(one)) for one in saved]
        for place, card in enumerate(self.cards):
            card.run_wanted.connect(lambda place=place: self.run_wanted.emit(place))
            card.edit_wanted.connect(lambda place=place: self.edit_wanted.emit(place))
            card.delete_wanted.connect(lambda place=place: self.delete_wanted.emit(place))
            self._kept.addWidget(card)
        self.empty.setVisible(not self.cards)

    def reload(self) -> None:
        """Look again for what is missing, if the page is on show."""
        if self.isVisible():
            self._desk.read(self, load_gaps, then=self._take, lane="gaps")

    def showEvent(self, event: QShowEvent) -> None:
        """Look for what is missing."""
        super().showEvent(event)
        self.reload()

    def _take(self, gaps: tuple[Gap, ...]) -> None:
        if gaps == self.gaps:
            return
        self.gaps = gaps
        _clear(self._missing, self.lines)
        self.lines = [GapLine(gap, self.thing_wanted.emit) for gap in gaps]
        for line in self.lines:
            self._missing.addWidget(line)
        self.sound.setVisible(not gaps)

    def _make_bar(self) -> QWidget:
        bar = QWidget()
        bar.setAccessibleName(_("Exports"))
        row = QHBoxLayout(bar)
        row.setContentsMargins(16, 10, 12, 10)
        row.addWidget(PlainLabel(_("Exports"), "h2"))
        row.addStretch(1)
        row.addWidget(self.new)
        return bar

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setObjectName("Scrolled")
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 16, 24, 24)
        column.setSpacing(8)
        self._kept.setSpacing(8)
        column.addWidget(self.empty)
        column.addLayout(self._kept)
        column.addSpacing(16)
        column.addWidget(PlainLabel(_("Data health"), "h3"))
        column.addWidget(self.sound)
        self.sound.hide()
        column.addLayout(self._missing)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setAccessibleName(_("Exports"))
        area.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)


def _clear(column: QVBoxLayout, widgets: Sequence[QWidget]) -> None:
    for widget in widgets:
        column.removeWidget(widget)
        widget.hide()
        widget.deleteLater()
