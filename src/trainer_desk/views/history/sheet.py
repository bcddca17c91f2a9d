"""The sheet with the history of one thing: who changed what when, before and after, and taking it back (U4)."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from trainer_desk.services.errors import DeskError
from trainer_desk.services.orchestration.undoing import revert
from trainer_desk.services.rights import PLANNERS
from trainer_desk.services.rows.history import ToldChange, ToldHistory
from trainer_desk.texts import error_text
from trainer_desk.texts.history import change_text, row_texts, when_by_text
from trainer_desk.texts.translate import _
from trainer_desk.views.desk import Desk
from trainer_desk.views.parts.alert import Alert
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.confirm import confirmed
from trainer_desk.views.parts.emptying import empty
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.parts.sheet import Sheet

FEW_ROWS = 40
"""A change of more rows than these is asked about before it is taken back from the history of one thing."""
MOST_LINES = 12
"""How many lines of one change are shown; an import has thousands."""

Load = Callable[..., ToldHistory]


class HistorySheet(Sheet):
    """`reverted` carries the label of what was taken back; the list is read again by itself."""

    reverted = Signal(str)
    loaded = Signal()

    def __init__(self, over: QWidget, desk: Desk, title: str, load: Load, *of: object) -> None:
        super().__init__(over, title, width=680, height=620)
        self._desk, self._load, self._of = desk, load, of
        self.history: ToldHistory | None = None
        self.buttons: dict[int, Button] = {}
        self.lines: list[str] = []
        """Every line on show, for tests and screen readers."""
        self.trouble = Alert("danger")
        self.empty = PlainLabel(_("Nothing was changed yet."), "muted", wrap=True)
        self._column = QVBoxLayout()
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(10)
        inside = QWidget()
        inside.setObjectName("Scrolled")
        inside.setLayout(self._column)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(inside)
        self.area.setAccessibleName(title)
        self.close_button = Button(_("Close"))
        self.close_button.clicked.connect(self.dismiss)
        for part in (self.trouble, self.empty):
            part.hide()
            self.body.addWidget(part)
        self.body.addWidget(self.area, 1)
        self.foot.addStretch(1)
        self.foot.addWidget(self.close_button)
        desk.changed.connect(self._follow)

    def ask(self) -> None:
        """Open the sheet and read."""
        self.open()
        self._read()

    def _read(self) -> None:
        self._desk.read(self, self._load, *self._of, then=self._take, failed=self._refuse, lane="history")

    def _follow(self, _changes: object) -> None:
        if self.isVisible():
            self._read()

    def _take(self, history: ToldHistory) -> None:
        self.history = history
        self._clear()
        self.empty.setVisible(not history.changes)
        for change in history.changes:
            self._column.addWidget(self._block(change))
        if history.more:
            self._column.addWidget(PlainLabel(_("Older changes are in the list of all changes."), "muted", wrap=True))
        self._column.addStretch(1)
        self.loaded.emit()

    def _clear(self) -> None:
        self.buttons, self.lines = {}, []
        empty(self._column)

    def _block(self, change: ToldChange) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(PlainLabel(change_text(change), "strong", wrap=True), 1)
        if self._may_revert(change):
            button = self.buttons[change.id] = Button(_("Revert this…"), "undo-2", "small")
            button.setAccessibleName(_("Revert {label}").format(label=change.label))
            button.clicked.connect(lambda _on=False: self._revert(change))
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        zone = self.history.zone if self.history else None
        assert zone is not None
        when = when_by_text(change, zone)
        column.addWidget(PlainLabel(when + (" · " + _("taken back") if change.is_undone else ""), "caption"))
        lines = [line for row in change.rows for line in row_texts(row, zone)]
        if len(lines) > MOST_LINES:
            more = _("and {n} more lines").format(n=len(lines) - MOST_LINES)
            lines = [*lines[:MOST_LINES], more]
        self.lines += [change_text(change), *lines]
        column.addWidget(PlainLabel("\n".join(lines), "small", wrap=True))
        return box

    def _may_revert(self, change: ToldChange) -> bool:
        is_own = change.by == self._desk.actor
        return not change.is_undone and (is_own or self._desk.role in PLANNERS) and self._desk.may_undo(*change.tables)

    def _revert(self, change: ToldChange) -> None:
        self.trouble.say("")
        if change.touched > max(FEW_ROWS, len(change.rows)) and not self._is_meant(change):
            return
        self._desk.apply(
            self, revert, change.id, then=lambda label: self.reverted.emit(label or ""), refused=self._refuse
        )

    def _is_meant(self, change: ToldChange) -> bool:
        """Ask before a change goes that did much more than what is on show here, for instance an import."""
        title = _("Take back {label}?").format(label=change.label)
        said = _("It wrote {n} rows, also of other things. All of it is taken back.").format(n=f"{change.touched:,}")
        return confirmed(self, title, said, _("Take all of it back"), _("Keep it"))

    def _refuse(self, error: DeskError) -> None:
        zone = self.history.zone if self.history else None
        self.trouble.say(error_text(error, zone), tone="danger")
