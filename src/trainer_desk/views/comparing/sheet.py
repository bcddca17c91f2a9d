"""The side-by-side: what I typed beside what somebody else saved meanwhile, and which of both stands (U5)."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from trainer_desk.services.rows.comparing import Comparison, Difference, Side
from trainer_desk.texts.translate import _
from trainer_desk.views.comparing import words
from trainer_desk.views.comparing.side import SideButton
from trainer_desk.views.comparing.words import Told
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.plain_label import IconLabel, PlainLabel
from trainer_desk.views.parts.sheet import Sheet

TALL = 600
MANY = 3
"""From so many contested fields on the sheet scrolls."""


class Contested(QWidget):
    """One field that both changed: nothing is chosen until somebody does."""

    chosen = Signal()

    def __init__(self, found: Comparison, one: Difference, told: Told) -> None:
        super().__init__()
        self.difference = one
        title = told.title(one.group)
        self.buttons = {
            side: SideButton(title, words.whose(found, one, side, told), told.value(one.group, values))
            for side, values in ((Side.MINE, one.mine), (Side.THEIRS, one.theirs))
        }
        self._group = QButtonGroup(self)
        row = QHBoxLayout()
        row.setSpacing(10)
        for button in self.buttons.values():
            self._group.addButton(button)
            button.toggled.connect(lambda on: self.chosen.emit() if on else None)
            row.addWidget(button, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 8)
        column.setSpacing(4)
        column.addWidget(PlainLabel(title, "strong"))
        column.addWidget(PlainLabel(words.before(one, told), "small", tone="muted", wrap=True))
        column.addLayout(row)

    @property
    def side(self) -> Side | None:
        """Whose value was chosen, None while nobody chose."""
        return next((side for side, button in self.buttons.items() if button.isChecked()), None)


class CompareSheet(Sheet):
    """`settled` carries whose value stands by group; closed otherwise, all stays as it is: mine typed and not saved."""

    settled = Signal(object)
    given_up = Signal()
    """What I typed is to be dropped."""

    def __init__(self, over: QWidget, found: Comparison, told: Told) -> None:
        super().__init__(over, words.heading(told), width=640)
        self.found = found
        self.lead = PlainLabel(words.lead(found, told), "muted", wrap=True)
        self.contested = [Contested(found, one, told) for one in found.contested]
        self.beside = [words.beside(found, one, told) for one in found.differences if not one.is_contested]
        self.keep, self.drop = Button(_("Keep editing")), Button(_("Drop yours"), kind="ghost")
        self.save = Button(words.save(found), kind="primary")
        self._fill()
        self._connect()
        self._look()

    def choices(self) -> Mapping[str, Side]:
        """Return whose value stands in each contested group that was decided."""
        return {line.difference.group: line.side for line in self.contested if line.side is not None}

    def open(self) -> None:
        """Show the sheet; the focus stands on the first question, or on Save where there is none."""
        super().open()
        first = self.contested[0].buttons[Side.MINE] if self.contested else self.save
        first.setFocus(Qt.FocusReason.TabFocusReason)

    def _look(self) -> None:
        self.save.setEnabled(len(self.choices()) == len(self.contested))

    def _go(self) -> None:
        chosen = self.choices()
        self.finish()
        self.settled.emit(chosen)

    def _give_up(self) -> None:
        self.finish()
        self.given_up.emit()

    def _connect(self) -> None:
        for line in self.contested:
            line.chosen.connect(self._look)
        self.keep.clicked.connect(self.dismiss)
        self.drop.clicked.connect(self._give_up)
        self.save.clicked.connect(self._go)

    def _fill(self) -> None:
        inside = QWidget()
        inside.setObjectName("Page")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 4, 0)
        column.setSpacing(6)
        for line in self.contested:
            column.addWidget(line)
        if self.beside and self.contested:
            column.addWidget(PlainLabel(_("In nobody’s way, so both stand"), "field"))
        for said in self.beside:
            column.addLayout(_line(said))
        self.body.addWidget(self.lead)
        if len(self.contested) < MANY:
            self.body.addWidget(inside)
            self.body.addStretch(1)
        else:
            column.addStretch(1)
            scroll = QScrollArea()
            scroll.setWidgetResizable(True)
            scroll.setFrameShape(QFrame.Shape.NoFrame)
            scroll.setAccessibleName(_("What differs"))
            scroll.setWidget(inside)
            self.body.addWidget(scroll, 1)
            self.set_height(TALL)
        self.foot.addWidget(self.drop)
        self.foot.addStretch(1)
        self.foot.addWidget(self.keep)
        self.foot.addWidget(self.save)


def _line(said: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(IconLabel("circle-check", "ok", 14), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(PlainLabel(said, wrap=True), 1)
    return row
