"""The lines of a pasted list: what is doubtful first, then what nobody is known for, then who is surely meant (K11)."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from trainer_desk.services.rules.pasting import Listed
from trainer_desk.services.seats.pasted import Line, Meant
from trainer_desk.texts.translate import _, plural
from trainer_desk.views.parts.buttons import literal
from trainer_desk.views.parts.plain_label import ElidedLabel, IconLabel, PlainLabel

ORDER = (Meant.DOUBTFUL, Meant.UNKNOWN, Meant.INACTIVE, Meant.HERE, Meant.SURE)
"""What needs a look comes first."""

SHAPES = {
    Meant.DOUBTFUL: ("triangle-alert", "warn"),
    Meant.UNKNOWN: ("octagon-alert", "danger"),
    Meant.INACTIVE: ("user-x", "text2"),
    Meant.HERE: ("check", "text2"),
}
NOBODY = -1


class WhoCombo(QComboBox):
    """Whom a doubtful line means; nobody until somebody says so. The wheel belongs to the list around."""

    def __init__(self, line: Line) -> None:
        super().__init__()
        self.setAccessibleName(_("Who is “{text}”?").format(text=line.text))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.addItem(_("Choose who is meant"), NOBODY)
        for person in line.people:
            self.addItem(told(person), person.person_id)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the list."""
        event.ignore()


class PasteLines(QScrollArea):
    """`changed` follows every tick and choice; `summary` says how the whole list stands."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(_("People of the list"))
        self.summary = PlainLabel("", "muted", wrap=True)
        self.boxes: dict[int, QCheckBox] = {}
        self.combos: list[WhoCombo] = []
        self.told: list[str] = []

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show other lines; who is sure is ticked."""
        self.boxes, self.combos, self.told = {}, [], []
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 4, 8, 4)
        column.setSpacing(6)
        for meant in ORDER:
            own = [line for line in lines if line.meant is meant]
            if own and column.count():
                column.addSpacing(6)
            if own:
                column.addWidget(PlainLabel(_heading(meant, len(own)), "field"))
            for line in own:
                column.addWidget(self._row(line))
        column.addStretch()
        self.setWidget(inside)
        for part in (self.viewport(), inside):  # the sheet shows through
            part.setAutoFillBackground(False)
        self.summary.setText(summary_of(lines))
        self.changed.emit()

    def chosen(self) -> list[int]:
        """Return whom the ticks and choices name, each once."""
        ticked = [person for person, box in self.boxes.items() if box.isChecked()]
        meant = [combo.currentData() for combo in self.combos]
        return list(dict.fromkeys([*ticked, *(person for person in meant if person != NOBODY)]))

    def _row(self, line: Line) -> QWidget:
        if line.meant is Meant.SURE:
            return self._tick(line.people[0])
        row = QWidget()
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(8)
        across.addWidget(IconLabel(*SHAPES[line.meant]))
        words = told(line.people[0]) if line.meant in (Meant.HERE, Meant.INACTIVE) else line.text
        across.addWidget(ElidedLabel(words), 2)
        self.told.append(words)
        if line.meant is Meant.DOUBTFUL:
            combo = WhoCombo(line)
            combo.currentIndexChanged.connect(self.changed)
            self.combos.append(combo)
            across.addWidget(combo, 3)
        return row

    def _tick(self, person: Listed) -> QCheckBox:
        box = QCheckBox(literal(told(person)))
        box.setAccessibleName(told(person))
        box.setChecked(True)
        box.toggled.connect(self.changed)
        self.boxes[person.person_id] = box
        return box


def told(person: Listed) -> str:
    """Return `Ann Lee · P7 · Lab`; who has a place already or has left is told so."""
    note = _("is in this session already") if person.is_here else "" if person.active else _("has left")
    return " · ".join(part for part in (person.name, person.employee_no, person.department, note) if part)


def summary_of(lines: Sequence[Line]) -> str:
    """Return `3 found, 1 to choose, 2 not found`; empty without lines."""
    words = {
        Meant.SURE: _("{n} found"),
        Meant.DOUBTFUL: _("{n} to choose"),
        Meant.UNKNOWN: _("{n} not found"),
        Meant.HERE: _("{n} already there"),
        Meant.INACTIVE: _("{n} left"),
    }
    counts = {meant: sum(line.meant is meant for line in lines) for meant in words}
    return ", ".join(words[meant].format(n=n) for meant, n in counts.items() if n)


def _heading(meant: Meant, number: int) -> str:
    return {
        Meant.DOUBTFUL: plural("Who is meant?", "Who is meant?", number),
        Meant.UNKNOWN: _("Nobody found: check the spelling, or look for the number"),
        Meant.INACTIVE: _("No longer here"),
        Meant.HERE: _("In this session already"),
        Meant.SURE: _("Found"),
    }[meant]
